package docs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/growth"
)

const start = "---\ntitle: a\ndoc_type: resourcePageType\n---\n# a\nNamespace: contoso.zoo\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|a|b|c|\n"

// TestEdges reads pages that are too large for fixtures, or that have bytes that
// do not show.
func TestEdges(t *testing.T) {
	for name, test := range map[string]struct{ input, want string }{
		"as it should be":    {start, ""},
		"byte order mark":    {"\uFEFF" + start, ""},
		"CRLF":               {strings.ReplaceAll(start, "\n", "\r\n"), ""},
		"CRLF and a mistake": {"\uFEFF" + strings.ReplaceAll(start+"|a|b|c|\n", "\n", "\r\n"), "f:11:2: warning: this row is left out: a has a row at line 10\n"},
		"invalid UTF-8":      {start + "|x\xFFy|\xE4|c|\n", "f:11:3: warning: the file is not valid UTF-8 here; such bytes are read as ?\n"},
		"UTF-16":             {"\xFF\xFE#\x00", "f: warning: the page has no namespace; add a line such as Namespace: microsoft.graph\nf: warning: the page has no title; add a line such as # Create thing\nf:1:1: warning: the file is not valid UTF-8 here; such bytes are read as ?\nf:1:1: warning: the page has no doc_type and is left out: neither HTTP requests nor properties show its kind\nf:1:1: warning: the page has no front matter: --- lines around its title and doc_type\nf:1:4: warning: control characters, from here on, are read as spaces\n"},
		"NUL":                {start + "|x\x00y|z\x1b[0m|c|\n", "f:11:3: warning: control characters, from here on, are read as spaces\n"},
		"text runs backwards": {
			start + "|ab\u202Ecd|z|c|\n", "f:11:4: warning: control characters, from here on, are read as spaces\n",
		},
		"4 MB":                 {start + strings.Repeat(" ", 4<<20-len(start)), "f:11:1: warning: the page is left out: the line is indented too far\n"},
		"more than 4 MB":       {strings.Repeat("a\n", 2<<20) + "a", "f: warning: the page is left out: it is larger than 4 MB\n"},
		"a line of 4 MB":       {start + "\n" + strings.Repeat("word ", 4<<20/5-100), ""},
		"deep quotes":          {start + strings.Repeat(">", 101), "f:11:1: warning: the page is left out: lists and quotes are nested too deeply\n"},
		"quotes":               {start + strings.Repeat(">", 100), ""},
		"deep lists":           {start + strings.Repeat("- 1. ", 51) + "a", "f:11:1: warning: the page is left out: lists and quotes are nested too deeply\n"},
		"brackets":             {start + strings.Repeat("[", 20_001), "f:11:1: warning: the page is left out: the page has too many [ and {\n"},
		"braces":               {start + strings.Repeat("{\"a\":", 20_001), "f:11:1: warning: the page is left out: the page has too many [ and {\n"},
		"escaped bars":         {start + strings.Repeat(`\|`, 5_001), `f:11:1: warning: the page is left out: the page has too many \|` + "\n"},
		"emphasis":             {start + "\n" + strings.Repeat("*a ", 6000) + "\n" + strings.Repeat("a_ ", 6000) + "\n", "f:13:1: warning: the page is left out: the paragraphs have too many * and _\n"},
		"much emphasis":        {start + strings.Repeat("\n"+strings.Repeat("*a* ", 2500)+"\n", 5) + strings.Repeat("\na_b\n", 10_000), "f:20:1: warning: the page is left out: the paragraphs have too many * and _\n"},
		"some emphasis":        {start + strings.Repeat("\n"+strings.Repeat("*a* ", 1000)+"\n", 5) + strings.Repeat("a_b ", 10_000), ""},
		"backticks":            {start + "\n" + strings.Repeat("`", 101) + "\n", "f:12:1: warning: the page is left out: the line has too many backticks in a row\n"},
		"a table like a sheet": {start + strings.Repeat("|", 1_000) + "\n" + strings.Repeat("a\n", 2_000), "f:2001:1: warning: the page is left out: the page has too many lines for such a wide table\n"},
		"large front matter":   {"---\n" + strings.Repeat("a: b\n", 4000) + start[4:], "f:2:1: warning: the front matter is read line by line, as it is larger than 16 KB or has more than 100 [ and {\n"},
		"deep front matter":    {"---\na: " + strings.Repeat("[", 5_000) + "\n" + start[4:], "f:2:1: warning: the front matter is read line by line, as it is larger than 16 KB or has more than 100 [ and {\n"},
		"a long name":          {start + "|" + strings.Repeat("ä", 1000) + "|b|c|\n|" + strings.Repeat("ä", 1000) + "|b|c|\n", "f:12:2: warning: this row is left out: " + strings.Repeat("ä", 50) + "… has a row at line 11\n"},
		"many warnings":        {start + strings.Repeat("|a|b|c|\n", 1000), ""},
		"requests": {
			"---\ndoc_type: x\n---\n# a\nNamespace: a\n## HTTP request\n```\n" + strings.Repeat("GET /\n", 202) + "```\n",
			"f:2:1: warning: doc_type \"x\" is neither apiPageType nor resourcePageType\nf:208:1: warning: the requests from here on are left out: a page may have 200\n",
		},
		"examples": {
			start + strings.Repeat("<!-- {\"blockType\":\"resource\"} -->\n```\n```\n", 202),
			"f:612:1: warning: the examples from here on are left out: a page may have 200\n",
		},
		"deep JSON": {
			start + "<!-- {\"blockType\":\"resource\"} -->\n```\n" + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + "\n```\n",
			"f:13:10001: warning: the body is left out, as it is not JSON: exceeded max depth\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, warnings := parse(t, "f", []byte(test.input))
			if name == "many warnings" {
				if n := strings.Count(warnings, "\n"); n != 101 || !strings.HasPrefix(warnings, "f: warning: the page has more than 100 mistakes; the others are not reported\n") {
					t.Errorf("%d warnings, not 101:\n%s", n, warnings)
				}
				return
			}
			if diff := cmp.Diff(test.want, warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// texts returns texts of a size, which could take the square of it to read.
func texts(size int) map[string]string {
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	half := func(s string) string { return strings.Repeat(s, size/2/len(s)) }
	growing := func() string {
		var b strings.Builder
		for i := 1; b.Len() < size; i++ {
			b.WriteString(strings.Repeat("`", i) + "a")
		}
		return b.String()
	}
	body := "\n## Request body\n|Property|Type|Description|\n|-|-|-|\n"
	request := "\n## Examples\n<!-- {\"blockType\":\"request\"} -->\n```\nPOST /\n"
	return map[string]string{
		"emphasis that opens and closes": "\n" + half("*a ") + half("a_ "),
		"emphasis in other lengths":      "\n" + half("a*a ") + half("a**a "),
		"emphasis in many paragraphs":    repeat("\n*a **a\n\na_ a__\n"),
		"code spans":                     "\n" + growing(),
		"comments without an end":        "\n" + repeat("a <!-- "),
		"tags without an end":            "\n" + repeat("<a b='"),
		"links without an end":           "\n" + repeat("[a]( "),
		"link definitions":               repeat("\n[a]: b\n"),
		"lists":                          "\n" + repeat("- a\n"),
		"rows":                           body + repeat("|a|b|c|\n"),
		"a wide row":                     body + repeat("|a"),
		"values":                         body + "|a|b|" + repeat("Possible values are: `a`, `b`. ") + "|\n",
		"responses":                      "\n## Response\n" + repeat("200 OK a new a object "),
		"links in a response":            "\n## Response\n" + repeat("`200` [a](a.md) "),
		"permissions":                    "\n## Permissions\n|Resource|Application|\n|-|-|\n" + repeat("|a|A.B|\n"),
		"subjects of permissions":        "\n## Permissions\n|Permission type|Permissions|\n|-|-|\n|Application|" + repeat("For a: A.B ") + "|\n",
		"query options":                  "\n## Query parameters\n" + repeat("Supports `$a`. "),
		"empty lines before a body":      request + repeat("\n \n"),
		"headers":                        request + repeat("a: b\n"),
		"an array":                       request + "\n[" + repeat("1,\n") + "]",
		"comments in JSON":               request + "\n[" + repeat("/**/") + "]",
		"requests":                       "\n## HTTP request\n```\n" + repeat("GET /a\n"),
		"requests and examples": "\n## HTTP request\n```\n" + strings.Repeat("GET "+strings.Repeat("/a", 900)+"\n", size/5000) + "```\n## Examples\n" +
			strings.Repeat("```\nGET "+strings.Repeat("/a", 899)+"/b\n```\n", size/5000),
	}
}

func TestReadingInProportion(t *testing.T) {
	for name := range texts(1 << 10) {
		t.Run(name, func(t *testing.T) {
			growth.Check(t, 1<<16, func(size int) func() {
				text := texts(size)[name]
				return func() { parse(t, "f", []byte(start+text)) }
			})
		})
	}
}

// TestLineEnds reads the fixtures with the line ends of Windows and a byte order
// mark: all positions stay the same.
func TestLineEnds(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		data := string(readFile(t, file))
		want, wantWarnings := parse(t, "f", []byte(data))
		got, warnings := parse(t, "f", []byte("\uFEFF"+strings.ReplaceAll(data, "\n", "\r\n")))
		if diff := cmp.Diff(dump(want), dump(got)); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
		if diff := cmp.Diff(wantWarnings, warnings); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
}

func TestMessageAt(t *testing.T) {
	m := docs.Message{Position: source.Position{File: "f", Line: 5}}
	if at := m.At(7); at != m.Position {
		t.Errorf("without a body: %v", at)
	}
	page, _ := parse(t, "f", []byte(start+"> <!-- {\"blockType\":\"resource\"} -->\n> ```\n>  { \"a\":\n> tru }\n> ```\n> ~~~\n"+
		"\n<!-- {\"blockType\":\"resource\"} -->\n```\n{ \"a\": 1, }\n```\n"))
	if len(page.Representations) != 2 || page.Representations[0].JSON != nil {
		t.Fatalf("%+v", page.Representations)
	}
	lenient := page.Representations[1]
	if string(lenient.JSON) != `{ "a": 1  }` {
		t.Fatalf("%q", lenient.JSON)
	}
	for offset, want := range map[int64]string{-5: "f:20:1", 0: "f:20:1", 7: "f:20:8", 9: "f:20:10", 10: "f:20:11", 99: "f:20:11"} {
		if got := lenient.At(offset).String(); got != want {
			t.Errorf("%d is at %s, not %s", offset, got, want)
		}
	}
}
