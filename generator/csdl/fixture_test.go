package csdl_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// read parses and links a fixture.
func read(t testing.TB, file string) (*model.Model, *source.Diagnostics) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var ds source.Diagnostics
	m := csdl.Parse(filepath.Base(file), data, &ds)
	if ds.Err() == nil {
		model.Link(m, &ds)
	}
	return m, &ds
}

// golden compares text with the golden file beside a fixture. UPDATE_GOLDEN=1
// rewrites it.
func golden(t *testing.T, fixture, text string) {
	t.Helper()
	file := strings.TrimSuffix(fixture, ".xml") + ".golden"
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))), text); diff != "" {
		t.Error(diff)
	}
}

func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no fixtures %s: %v", pattern, err)
	}
	return files
}

// Bad input is an error that says what is wrong and where, all at once.
func TestBadInput(t *testing.T) {
	for _, file := range fixtures(t, "testdata/bad/*.xml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, ds := read(t, file)
			err := ds.Err()
			if err == nil {
				t.Fatal("no error")
			}
			golden(t, file, err.Error()+"\n")
		})
	}
}

// What the specification has ends up in the model; what it does not have is a
// warning.
func TestModel(t *testing.T) {
	for _, file := range fixtures(t, "testdata/good/*.xml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			m, ds := read(t, file)
			if err := ds.Err(); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, w := range ds.Warnings() {
				fmt.Fprintln(&b, w)
			}
			dump(&b, reflect.ValueOf(*m), 0)
			golden(t, file, b.String())
		})
	}
}

// dump writes the exported fields of a struct that are not zero, one a line,
// indented; not positions, nor what references refer to.
func dump(b *strings.Builder, v reflect.Value, depth int) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if !field.IsExported() || value.IsZero() || field.Name == "Position" || field.Type == reflect.TypeFor[model.Type]() {
			continue
		}
		line := func(format string, args ...any) {
			fmt.Fprintf(b, "%s%s"+format+"\n", append([]any{strings.Repeat("  ", depth), field.Name}, args...)...)
		}
		if ref, ok := value.Interface().(model.TypeRef); ok {
			line(" %s", ref)
			continue
		}
		if value.Kind() == reflect.Pointer {
			value = value.Elem()
		}
		switch {
		case value.Kind() == reflect.Struct:
			if ref, ok := value.Interface().(model.TypeRef); ok {
				line(" %s", ref)
				continue
			}
			line("")
			dump(b, value, depth+1)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() != reflect.String:
			for j := range value.Len() {
				line("")
				dump(b, reflect.Indirect(value.Index(j)), depth+1)
			}
		default:
			line(" %q", fmt.Sprint(value.Interface()))
		}
	}
}

// The figures of the real files, and that each can be read without error.
func TestRealFiles(t *testing.T) {
	for file, want := range map[string][3]int{ // entity, complex and enum types of all namespaces
		"beta-2020-08-25-described.xml": {1107, 978, 690},
		"beta-2020-10-27.xml":           {1162, 1037, 742},
		"beta-2021-07-13.xml":           {1322, 1279, 874},
		"beta-ussec-2026-08.xml":        {732, 1091, 495},
		"v1.0-2026-08.xml":              {1182, 1779, 861},
	} {
		t.Run(file, func(t *testing.T) {
			data := readMetadata(t, file)
			var ds source.Diagnostics
			m := csdl.Parse(file, data, &ds)
			model.Link(m, &ds)
			if err := ds.Err(); err != nil {
				t.Fatal(err)
			}
			var got [3]int
			for _, s := range m.Schemas {
				for _, st := range s.Structured {
					if st.Kind == model.Entity {
						got[0]++
					} else {
						got[1]++
					}
				}
				got[2] += len(s.Enums)
			}
			if got != want {
				t.Errorf("%v entity, complex and enum types, want %v", got, want)
			}
			for _, w := range ds.Warnings() {
				if w.Position.Line == 0 {
					t.Errorf("a warning has no position: %v", w)
				}
			}
			t.Logf("%d warnings", len(ds.Warnings()))
		})
	}
}

// Whatever the input is, reading it ends, without a panic, and says where.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/good/*.xml", "testdata/bad/*.xml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ds source.Diagnostics
		model.Link(csdl.Parse("fuzz.xml", data, &ds), &ds)
		lines := bytes.Count(data, []byte("\n")) + 1
		list := ds.Warnings()
		if err, ok := ds.Err().(*source.InputError); ok {
			list = append(list, err.Diagnostics...)
		}
		for _, d := range list {
			if d.Position.File != "fuzz.xml" || d.Position.Line > lines || d.Message == "" {
				t.Errorf("%+v is no place in a file of %d lines", d, lines)
			}
		}
	})
}
