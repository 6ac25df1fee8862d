package openapi_test

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FuzzParse checks that reading and linking any input ends, that every problem
// has a position in the input, and that cutting the paths out of the text of a
// document that can be read changes nothing. Cut documents can be read even if
// something is wrong in what was cut out.
func FuzzParse(f *testing.F) {
	for _, file := range fixtureFiles(f) {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all := checkPositions(t, data, nil)
		cut := openapi.Options{Path: func(string) bool { return true }}
		if diff := cmp.Diff(everything("f", data, openapi.Options{}), everything("f", data, cut)); all == nil && diff != "" {
			t.Errorf("(-all +cut):\n%s", diff)
		}
		for _, wanted := range []func(string) bool{
			func(string) bool { return false },
			func(path string) bool { return len(path)%2 == 0 },
		} {
			if part := checkPositions(t, data, wanted); all == nil && part != nil {
				t.Errorf("only without some paths: %v", part)
			}
		}
	})
}

// checkPositions reads and links data, and checks the positions of the
// problems.
func checkPositions(t *testing.T, data []byte, wanted func(string) bool) error {
	t.Helper()
	var problems []source.Diagnostic
	m, err := openapi.Parse("f", data, openapi.Options{Path: wanted})
	if err == nil {
		model.Link(m)
		problems = m.AllProblems()
	} else if e, ok := errors.AsType[*source.InputError](err); ok {
		problems = e.Diagnostics
	} else {
		t.Fatal(err)
	}
	lines := linesOf(data)
	for _, problem := range problems {
		at := problem.Position
		if at == (source.Position{File: "f"}) {
			continue // the file as a whole
		}
		if at.File != "f" || at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column > len(lines[at.Line-1])+1 {
			t.Errorf("no place in the input: %v", problem)
		}
	}
	return err
}

// linesOf returns the lines of data as YAML counts them, and an empty one after
// the last.
func linesOf(data []byte) []string {
	var lines []string
	start := 0
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	for at := 0; at < len(data); {
		c, size := utf8.DecodeRune(data[at:])
		at += size
		switch c {
		case '\r':
			if bytes.HasPrefix(data[at:], []byte("\n")) {
				at++
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		lines = append(lines, string(data[start:at]))
		start = at
	}
	return append(lines, string(data[start:]), "")
}
