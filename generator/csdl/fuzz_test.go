package csdl_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// FuzzParse checks that whatever the input is, reading and linking it
// ends, and that what is wrong with it is at a place in it.
func FuzzParse(f *testing.F) {
	for _, file := range fixtureFiles(f) {
		f.Add(readFile(f, file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, ds := parse("f", data)
		problems := ds.Warnings()
		if err, ok := errors.AsType[*source.InputError](ds.Err()); ok {
			problems = append(problems, err.Diagnostics...)
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
