package csdl_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// TestRealMetadata reads all real files and counts their elements. There is no
// warning, every annotation has its element, and the only defects are two
// navigation properties whose type is in another document.
func TestRealMetadata(t *testing.T) {
	type facts struct {
		Schemas, Entities, Complexes, Enums int
		DefaultEntities                     int // in microsoft.graph
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

// metadata is the folder with the real metadata of Graph, which may be absent.
const metadata = "../../../shared/metadata/csdl"

// readMetadata returns one of the real files. If it is absent, the test is skipped.
func readMetadata(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(metadata, name))
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("skipped: no metadata of Graph: %v", err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

const benchmarkFile = "beta-2021-07-13.xml"

// BenchmarkRawTokens measures encoding/xml alone, for comparison with the others.
func BenchmarkRawTokens(b *testing.B) {
	benchmarkTokens(b, (*xml.Decoder).RawToken)
}

func BenchmarkTokens(b *testing.B) {
	benchmarkTokens(b, (*xml.Decoder).Token)
}

func benchmarkTokens(b *testing.B, next func(*xml.Decoder) (xml.Token, error)) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		decoder := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := next(decoder); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := csdl.Parse(benchmarkFile, data, csdl.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseAndLink(b *testing.B) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(benchmarkFile, data); err != nil {
			b.Fatal(err)
		}
	}
}
