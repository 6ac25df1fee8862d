package csdl_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FuzzParse checks that reading and linking any input ends, and that every
// problem has a position in the input.
func FuzzParse(f *testing.F) {
	for _, file := range fixtureFiles(f) {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems []source.Diagnostic
		if m, err := parse("f", data); err == nil {
			problems = m.AllProblems()
		} else if err, ok := errors.AsType[*source.InputError](err); ok {
			problems = err.Diagnostics
		} else {
			t.Fatal(err)
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, problem := range problems {
			at := problem.Position
			if at == (source.Position{File: "f"}) {
				continue // the file as a whole
			}
			if at.File != "f" || at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column > len(lines[at.Line-1])+1 {
				t.Errorf("no place in the input: %v", problem)
			}
		}
	})
}
