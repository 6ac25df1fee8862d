package generator_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// All types of the real schemas give the same files in any order, even if an
// element is annotated twice or names collide.
func TestShuffledRealSchemasGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, file := range gotest.Part([]string{"beta-2020-08-25-described.xml", "v1.0-2026-08.xml"}, 2, 0) {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(gotest.Metadata(t, "csdl/"+file))
			if err != nil {
				t.Fatal(err)
			}
			want := render(t, data, nil)
			got := render(t, data, rand.New(rand.NewPCG(1, 2)))
			for _, name := range slices.Sorted(maps.Keys(want)) {
				if !bytes.Equal(got[name], want[name]) {
					t.Fatalf("%s depends on the order of the schema:\n%s\nand\n%s", name, want[name], got[name])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files, and %d in another order", len(want), len(got))
			}
		})
	}
}

func render(t *testing.T, data []byte, random *rand.Rand) map[string][]byte {
	t.Helper()
	m, err := csdl.Parse("metadata.xml", data, csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if random != nil {
		shuffleModel(m, random)
	}
	model.Link(m)
	s, err := api.Select(m, api.Options{Types: []string{"**"}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := golang.NewPlan(m, s, golang.Options{
		Package: "all", ImportPath: "example.com/all", ODataPath: "example.com/all/odata", APIVersion: "beta", Rules: ident.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := golang.Render(plan)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// shuffleModel shuffles all lists of a model whose order has no meaning.
func shuffleModel(m *model.Model, random *rand.Rand) {
	shuffleSlice(random, m.Schemas)
	for _, s := range m.Schemas {
		shuffleSlice(random, s.Structured)
		shuffleSlice(random, s.Enums)
		shuffleSlice(random, s.Operations)
		shuffleSlice(random, s.Targets)
		for _, t := range s.Structured {
			shuffleSlice(random, t.Properties)
			shuffleSlice(random, t.Navigation)
			shuffleSlice(random, t.Annotated)
			for _, p := range t.Properties {
				shuffleSlice(random, p.Annotated)
			}
		}
		for _, e := range s.Enums {
			shuffleSlice(random, e.Members)
		}
	}
	shuffleSlice(random, m.Container.Sources)
}

func shuffleSlice[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}
