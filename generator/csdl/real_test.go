package csdl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// What the real files are said to have, and all that they are warned about:
// nothing in them is unknown, and no annotation is without its element.
func TestRealMetadata(t *testing.T) {
	type facts struct {
		Schemas, Entities, Complexes, Enums int
		DefaultEntities                     int // those of microsoft.graph, and so on
		DefaultComplexes, DefaultEnums      int
		Ambiguous, LeadNowhere, Others      int // warnings
	}
	for file, want := range map[string]facts{
		"beta-2020-08-25-described.xml": {1, 1107, 978, 690, 1107, 978, 690, 2, 2, 0},
		"beta-2020-10-27.xml":           {3, 1162, 1037, 742, 1154, 1019, 729, 7, 0, 0},
		"beta-2021-07-13.xml":           {7, 1322, 1279, 874, 1252, 1219, 822, 6, 0, 0},
		"beta-ussec-2026-08.xml":        {6, 732, 1091, 495, 651, 930, 398, 5, 0, 0},
		"v1.0-2026-08.xml":              {11, 1182, 1779, 861, 1031, 1179, 711, 5, 0, 0},
	} {
		t.Run(file, func(t *testing.T) {
			m, ds := parse(file, readMetadata(t, file))
			if err := ds.Err(); err != nil {
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
			for _, w := range ds.Warnings() {
				switch {
				case strings.Contains(w.Message, "which one holds is open"):
					got.Ambiguous++
				case strings.Contains(w.Message, "nothing is made of"): // a list of terms, each with a number
					got.Ambiguous += strings.Count(w.Message, " (")
				case strings.Contains(w.Message, "leads nowhere"):
					got.LeadNowhere++
				default:
					got.Others++
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
