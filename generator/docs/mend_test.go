package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMend(t *testing.T) {
	for _, test := range []struct {
		src, want string
		mended    string // the offsets and what was done, one a line
	}{
		{`{}`, `{}`, ""},
		{` [1, -2.5e3, true, null, "a"] `, ` [1, -2.5e3, true, null, "a"] `, ""},
		{`[1,]`, `[1]`, "2 a comma with nothing behind it is left out"},
		{`{"a":1,}`, `{"a":1}`, "6 a comma with nothing behind it is left out"},
		{`[,1]`, `[1]`, "1 a comma too many is left out"},
		{`[1,,2]`, `[1,2]`, "3 a comma too many is left out"},
		{`[],`, `[]`, "2 a comma too many is left out"},
		{`{}}]`, `{}`, "2 a closing bracket too many is left out\n3 a closing bracket too many is left out"},
		{"[1\n2]", "[1,\n2]", "2 a comma is missing at the end of the line, and is added"},
		{"[1 \n ]", "[1 \n ]", ""},
		{"{\"a\":1\n\"b\":2\n}", "{\"a\":1,\n\"b\":2\n}", "6 a comma is missing at the end of the line, and is added"},
		{"{\"a\":{}\nb:[]}", "{\"a\":{},\n\"b\":[]}", "7 a comma is missing at the end of the line, and is added\n8 quotes are missing around b, and are added"},
		{"[1, // one\n2]", "[1, \n2]", "4 a comment in JSON is left out"},
		{"[1 // one\n]", "[1 \n]", "3 a comment in JSON is left out"},
		{"[/* , */ 1] // end", "[ 1] ", "1 a comment in JSON is left out\n12 a comment in JSON is left out"},
		{`["//", "/**/"]`, `["//", "/**/"]`, ""},
		{`[1, ...]`, `[1 ]`, "4 ..., which stands for more, is left out"},
		{`[1, ..., 2]`, `[1,  2]`, "4 ..., which stands for more, is left out"},
		{`[...]`, `[]`, "1 ..., which stands for more, is left out"},
		{`{…}`, `{}`, "1 …, which stands for more, is left out"},
		{"{\"a\":1\n......\n\"b\":2}", "{\"a\":1,\n\n\"b\":2}", "7 ..., which stands for more, is left out"},
		{`{"a": 1, "..."}`, `{"a": 1 }`, "9 ..., which stands for more, is left out"},
		{`{"...": 1, "b": "..."}`, `{"...": 1, "b": "..."}`, ""},
		{`["..."]`, `["..."]`, ""},
		{`[1`, `[1]`, "2 closing brackets are missing at the end, and are added"},
		{`{"a":[{`, `{"a":[{}]}`, "7 closing brackets are missing at the end, and are added"},
		{`{"a":1,`, `{"a":1}`, "6 a comma with nothing behind it is left out\n7 closing brackets are missing at the end, and are added"},
		{`“a”`, `"a"`, `0 quotes other than " are read as such`},
		{`„a“`, `"a"`, `0 quotes other than " are read as such`},
		{`‘it's’`, `"it's"`, `0 quotes other than " are read as such`},
		{`'a "b" c'`, `"a \"b\" c"`, `0 quotes other than " are read as such`},
		{`“say "hi" to”`, `"say \"hi\" to"`, `0 quotes other than " are read as such`},
		{"{\"a”: 1,\n“b\": 2}", "{\"a\": 1,\n\"b\": 2}", "1 quotes other than \" are read as such\n11 quotes other than \" are read as such"},
		{`["a “b” c"]`, `["a “b” c"]`, ""},
		{`["a\d\"\\\u00e4"]`, `["a\\d\"\\\u00e4"]`, `3 a single \ is read as \\`},
		{"[\"a\tb\"]", `["a\tb"]`, ""},
		{`[TRUE, Null]`, `[true, null]`, "1 TRUE is read as true\n7 Null is read as null"},
	} {
		m := mender{src: []byte(test.src)}
		if failure := m.mend(); failure != nil {
			t.Errorf("%s: %v", test.src, failure)
			continue
		}
		var mended []string
		for _, p := range m.mended {
			mended = append(mended, noteOf(p))
		}
		if diff := cmp.Diff(test.want, string(m.out)); diff != "" {
			t.Errorf("%s:\n%s", test.src, diff)
		}
		if diff := cmp.Diff(test.mended, strings.Join(mended, "\n")); diff != "" {
			t.Errorf("%s:\n%s", test.src, diff)
		}
		if err := validate(m.out); err != nil {
			t.Errorf("%s: %v", test.src, err)
		}
		if len(m.index) != len(m.out) {
			t.Errorf("%s: %d bytes have %d places", test.src, len(m.out), len(m.index))
		}
	}
}

func TestMendNot(t *testing.T) {
	for src, want := range map[string]string{
		``:                 "0 it ends too early",
		`{"a"`:             "4 it ends too early",
		`{"a":`:            "5 it ends too early",
		`{"a":}`:           "5 a value is missing",
		`{"a",}`:           "4 a value is missing",
		`[1 2]`:            "3 a comma is missing",
		`["a" "b"]`:        "5 a comma is missing",
		`{"a":1 "b":2}`:    "7 a comma is missing",
		`{"a" 1}`:          "5 a colon is missing",
		`{"a" "b"}`:        "5 a colon is missing",
		`{"a" {}}`:         "5 a colon is missing",
		`[:]`:              "1 a colon is out of place",
		`[1}`:              "2 } is not what closes [",
		`{"a":1]`:          "6 ] is not what closes {",
		`}`:                "0 a value is missing",
		`{} {}`:            "3 there is text after its end",
		`1 "a"`:            "2 there is text after its end",
		`"a`:               "0 a string has no end",
		"[\"a\nb\"]":       "1 a string has no end",
		`[01]`:             "1 01 is no value",
		`[String]`:         "1 String is no value",
		`{"a": <value>}`:   "6 <value> is no value",
		`{a b: 1}`:         "1 a is no name in quotes",
		`{1: 1}`:           "1 1 is no name in quotes",
		"{\"a\": 1\n<b>:1": "8 <b> is no name in quotes",
		`/* open`:          "0 / is no value",
		`[ä`:               "1 ä is no value",
	} {
		m := mender{src: []byte(src)}
		failure := m.mend()
		if failure == nil {
			t.Errorf("%s is mended: %s", src, m.out)
		} else if got := noteOf(*failure); got != want {
			t.Errorf("%s: %s, not %s", src, got, want)
		}
	}
}

func noteOf(m mistake) string { return fmt.Sprint(m.at, " ", m.message) }
