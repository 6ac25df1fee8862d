package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

func same(name string) string { return name }

func TestDraw(t *testing.T) {
	got := report.Draw(map[string]string{"zoo.owl": "zoo.bird", "zoo.bird": "zoo.animal", "zoo.animal": "zoo.thing", "zoo.ant": "zoo.animal", "farm.hen": "zoo.bird"}, strings.ToUpper)
	want := report.Picture{
		Width: 103, Height: 160,
		Boxes: []report.Box{ // a base type that is not given does not count
			{Name: "zoo.animal", Short: "ANIMAL", X: 1, Y: 4, Width: 68, Height: 24, TextX: 11, TextY: 21},
			{Name: "zoo.ant", Base: "zoo.animal", Short: "ANT", X: 29, Y: 36, Width: 44, Height: 24, TextX: 39, TextY: 53},
			{Name: "zoo.bird", Base: "zoo.animal", Short: "BIRD", X: 29, Y: 68, Width: 52, Height: 24, TextX: 39, TextY: 85},
			{Name: "farm.hen", Base: "zoo.bird", Short: "HEN", X: 57, Y: 100, Width: 44, Height: 24, TextX: 67, TextY: 117},
			{Name: "zoo.owl", Base: "zoo.bird", Short: "OWL", X: 57, Y: 132, Width: 44, Height: 24, TextX: 67, TextY: 149},
		},
		Lines: []string{"M15 28V48H29", "M15 28V80H29", "M43 92V112H57", "M43 92V144H57"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Trees of whatever depth stay as wide as a screen or two.
func TestDeepTree(t *testing.T) {
	bases := map[string]string{}
	for i := range 1000 {
		bases[fmt.Sprintf("zoo.t%04d", i+1)] = fmt.Sprintf("zoo.t%04d", i)
	}
	got := report.Draw(bases, same)
	if len(got.Boxes) != 1000 || got.Height != 32000 || got.Width > 1500 {
		t.Errorf("%d boxes, %d by %d", len(got.Boxes), got.Width, got.Height)
	}
}
