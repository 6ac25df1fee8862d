package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

func TestDraw(t *testing.T) {
	got := report.Draw("Zoo", map[string]string{"zoo.owl": "zoo.bird", "zoo.bird": "zoo.animal", "zoo.animal": "zoo.thing", "zoo.ant": "zoo.animal", "farm.hen": "zoo.bird"})
	want := &report.Picture{
		Title: "Zoo", Width: 103, Height: 160,
		Boxes: []report.Box{ // zoo.thing is not given, and so not drawn
			{Name: "zoo.animal", Short: "animal", X: 1, Y: 4, Width: 68, Height: 24, TextX: 11, TextY: 21},
			{Name: "zoo.ant", Base: "zoo.animal", Short: "ant", X: 29, Y: 36, Width: 44, Height: 24, TextX: 39, TextY: 53},
			{Name: "zoo.bird", Base: "zoo.animal", Short: "bird", X: 29, Y: 68, Width: 52, Height: 24, TextX: 39, TextY: 85},
			{Name: "farm.hen", Base: "zoo.bird", Short: "hen", X: 57, Y: 100, Width: 44, Height: 24, TextX: 67, TextY: 117},
			{Name: "zoo.owl", Base: "zoo.bird", Short: "owl", X: 57, Y: 132, Width: 44, Height: 24, TextX: 67, TextY: 149},
		},
		Lines: []string{"M15 28V48H29", "M15 28V80H29", "M43 92V112H57", "M43 92V144H57"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// However deep a tree and however long a name, a picture stays as wide as a
// screen or two.
func TestDrawLimits(t *testing.T) {
	bases := map[string]string{}
	for i := range 1000 {
		bases[fmt.Sprintf("zoo.t%04d", i+1)] = fmt.Sprintf("zoo.t%04d", i)
	}
	bases["zoo."+strings.Repeat("long", 1000)] = ""
	got := report.Draw("", bases)
	if len(got.Boxes) != 1001 || got.Height != 32032 || got.Width > 1500 {
		t.Errorf("%d boxes, %d by %d", len(got.Boxes), got.Width, got.Height)
	}
}
