package source_test

import (
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

func TestDiagnostics(t *testing.T) {
	at := func(line, column int) source.Position {
		return source.Position{File: "a.xml", Line: line, Column: column}
	}
	var ds source.Diagnostics
	if ds.Err() != nil {
		t.Error("an error without any")
	}
	ds.Errorf(at(10, 1), "ten")
	ds.Errorf(at(9, 20), "nine, twenty")
	ds.Warnf(at(1, 1), "only a warning")
	ds.Errorf(at(9, 3), "nine, three")
	ds.Errorf(at(9, 3), "nine, three")
	ds.Errorf(source.Position{File: "a.xml"}, "the file")
	want := "a.xml: the file\na.xml:9:3: nine, three\na.xml:9:20: nine, twenty\na.xml:10:1: ten"
	if err := ds.Err(); err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if w := ds.Warnings(); len(w) != 1 || w[0].String() != "a.xml:1:1: warning: only a warning" {
		t.Errorf("warnings: %v", w)
	}
}

// A message is one line that can be seen, whatever it quotes.
func TestDiagnosticIsPlain(t *testing.T) {
	d := source.Diagnostic{Position: source.Position{File: "a\x1b.xml", Line: 1, Column: 2}, Message: "type b\u202e\nc.xml:1:1: all is well"}
	if got, want := d.String(), `a\x1b.xml:1:2: type b\u202e c.xml:1:1: all is well`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
