package csdl_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// The real files have the elements that are known of them. Nothing in them is
// unknown, every annotation has its element, and the only defects are two
// navigation properties of one file, to a type of another document.
func TestRealMetadata(t *testing.T) {
	type facts struct {
		Schemas, Entities, Complexes, Enums int
		DefaultEntities                     int // those of microsoft.graph, and so on
		DefaultComplexes, DefaultEnums      int
		Defects                             int
	}
	for file, want := range map[string]facts{
		"beta-2020-08-25-described.xml": {1, 1107, 978, 690, 1107, 978, 690, 2},
		"beta-2020-10-27.xml":           {3, 1162, 1037, 742, 1154, 1019, 729, 0},
		"beta-2021-07-13.xml":           {7, 1322, 1279, 874, 1252, 1219, 822, 0},
		"beta-ussec-2026-08.xml":        {6, 732, 1091, 495, 651, 930, 398, 0},
		"v1.0-2026-08.xml":              {11, 1182, 1779, 861, 1031, 1179, 711, 0},
	} {
		t.Run(file, func(t *testing.T) {
			m, err := parse(file, readMetadata(t, file))
			if err != nil {
				t.Fatal(err)
			}
			got := facts{Schemas: len(m.Schemas)}
			for _, s := range m.Schemas {
				entities := 0
				for _, typ := range s.Structured {
					if typ.Kind == model.Entity {
						entities++
					}
				}
				complexes := len(s.Structured) - entities
				got.Entities += entities
				got.Complexes += complexes
				got.Enums += len(s.Enums)
				if s.Namespace == "microsoft.graph" {
					got.DefaultEntities, got.DefaultComplexes, got.DefaultEnums = entities, complexes, len(s.Enums)
				}
				if len(s.Targets) > 0 {
					t.Errorf("%s has annotations without an element: %v", s.Namespace, s.Targets[0].Path)
				}
			}
			for _, d := range m.AllProblems() {
				if !isDefect(d) {
					t.Error(d)
				}
				got.Defects++
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
