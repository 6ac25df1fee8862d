package csdl_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// document returns a document with the given text in its schema.
func document(inSchema string) string {
	return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
		`<Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + "\n" + inSchema + "\n</Schema></edmx:DataServices></edmx:Edmx>"
}

// nested returns an annotation with a value of the given depth.
func nested(depth int) string {
	return `<Annotation Term="a.t">` + strings.Repeat("<Not>", depth-1) + "<Null/>" + strings.Repeat("</Not>", depth-1) + "</Annotation>"
}

// TestEdges reads inputs that are too large for a fixture, or that have invisible
// bytes.
func TestEdges(t *testing.T) {
	long := strings.Repeat("n", 129)
	for name, test := range map[string]struct{ input, want string }{
		"100 deep":             {document(nested(96)), ""},
		"101 deep":             {document(nested(97)), "f:2:504: elements are nested more than 100 deep"},
		"far too deep":         {document(nested(200_000)), "f:2:504: elements are nested more than 100 deep"},
		"deep and unknown":     {document(strings.Repeat("<X>", 200_000)), "f:2:292: elements are nested more than 100 deep"},
		"long name":            {document(`<ComplexType Name="` + long + `"/>`), `f:2:1: Name "` + long + `" of ComplexType is not an identifier: use letters, digits and _, at most 128, and no digit at the start`},
		"name too long":        {document(`<ComplexType Name="` + strings.Repeat("n", 1_000_000) + `"/>`), `f:2:1: Name "` + strings.Repeat("n", 150) + `…" of ComplexType is not an identifier: use letters, digits and _, at most 128, and no digit at the start`},
		"long namespace":       {strings.Replace(document(""), `"a"`, `"`+strings.Repeat("a.", 256)+`a"`, 1), `f:1:99: Namespace "` + strings.Repeat("a.", 75) + `…" of Schema is longer than 511 characters`},
		"byte order mark":      {"\uFEFF" + document(""), ""},
		"CRLF":                 {strings.ReplaceAll(document("<X/>\n<ComplexType/>"), "\n", "\r\n"), "f:3:1: ComplexType lacks the attribute Name"},
		"NUL":                  {document("\x00"), "f:3:1: not well-formed XML: illegal character code U+0000"},
		"entity at a line end": {document("a &b\nc"), "f:2:5: not well-formed XML: invalid character entity &b (no semicolon)"},
		"NUL in a name":        {document("<ComplexType Name=\"a\x00b\"/>"), "f:2:1: not well-formed XML: illegal character code U+0000"},
		"UTF-16LE without BOM": {"<\x00e\x00", "f: the file is in UTF-16: convert it to UTF-8"},
		"UTF-16BE without BOM": {"\x00<\x00e", "f: the file is in UTF-16: convert it to UTF-8"},
		"UTF-16BE":             {"\xFE\xFF\x00<", "f: the file is in UTF-16: convert it to UTF-8"},
		"only a mark":          {"\uFEFF", "f: the file is empty"},
		"invalid UTF-8":        {document("<!-- \xE4 -->"), "f:2:6: the file is not valid UTF-8 here: convert it to UTF-8"},
		"XML 1.1":              {`<?xml version="1.1"?><a/>`, `f:1:1: unsupported version "1.1"; only version 1.0 is supported`},
		"ASCII":                {`<?xml version="1.0" encoding="us-ascii"?><a/>`, `f:1:1: the document declares the encoding "us-ascii": convert it to UTF-8, and declare UTF-8`},
		"UTF-8 in capitals":    {`<?xml version="1.0" encoding="UTF-8"?>` + document(""), ""},
		"a prefix that is not usual": {
			`<x:Edmx Version="4.0" xmlns:x="http://docs.oasis-open.org/odata/ns/edmx"><x:DataServices><y:Schema Namespace="a" ` +
				`xmlns:y="http://docs.oasis-open.org/odata/ns/edm"><y:ComplexType/></y:Schema><y:Schema/></x:DataServices></x:Edmx>`,
			"f:1:164: ComplexType lacks the attribute Name",
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := parse("f", []byte(test.input))
			got := ""
			if err != nil {
				got = err.Error()
			} else if problems := m.AllProblems(); len(problems) > 0 {
				got = problems[max(0, slices.IndexFunc(problems, isDefect))].String()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A document that ends too early gives one error, and no model.
func TestTruncated(t *testing.T) {
	data := readFile(t, "testdata/valid/targets.xml")
	for n := range data[:len(data)-len("</edmx:Edmx>\n")] {
		m, err := parse("f", data[:n])
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Fatalf("%d bytes: not one error, but %v", n, err)
		}
		if m != nil {
			t.Fatalf("%d bytes: there is a model", n)
		}
	}
}
