package retain

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// alikeNames finds the pairs that a comparison of all names finds.
func TestAlikeNamesFindsAllPairs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	names := func() []string {
		var list []string
		for range 60 {
			text := []rune("ns.")
			for range 2 + random.IntN(6) {
				text = append(text, []rune("aAbsyeiß1")[random.IntN(9)])
			}
			list = append(list, string(text))
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	found := 0
	for range 400 {
		removed, added := names(), names()
		var want []namePair
		for _, o := range removed {
			for _, n := range added {
				if difference := newName(o).alike(newName(n)); difference != "" {
					want = append(want, namePair{o, n, difference})
				}
			}
		}
		if got := alikeNames(removed, added); !slices.Equal(got, want) {
			t.Fatalf("removed %q, added %q: got %v, want %v", removed, added, got, want)
		}
		found += len(want)
	}
	if found < 500 {
		t.Errorf("only %d pairs are alike", found)
	}
}
