package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json/v2"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// unsafe are texts that a source can hold and that would have an effect on a
// terminal, in a page, in a table or in a diagram.
var unsafe = map[string]string{
	"terminal":         "a\x1b[2J\x1b]0;title\x07b\x7f",
	"C1 control":       "a\u009b31mb\u0085c",
	"direction":        "a\u202egnp.exe\u2066b\u200f",
	"invisible":        "a\u200bb\ufeffc\u00add\u3164e\U000e0041f\u2800",
	"piled accents":    "e" + strings.Repeat("\u0301", 50),
	"no UTF-8":         "a\xff\xfeb\xc3",
	"NUL":              "a\x00b",
	"lines":            "a\r\nFORGED:1:1: source: all is well\n# FORGED\n- FORGED\n\n    FORGED\n---\nb",
	"line separators":  "a\u2028FORGED\u2029FORGED\vFORGED\fb",
	"long":             strings.Repeat("long", 600),
	"long and hidden":  strings.Repeat("\u202e", 700),
	"script":           "</script><script>alert(1)</script></title></style>",
	"image":            "<img src=x onerror=alert(1)>",
	"attribute":        "\"'`><svg onload=alert(1) x=\"' onmouseover='alert(1)",
	"comment":          "<!-- --> --> <![CDATA[ <?php",
	"template":         "{{.}}${x}{% x %}",
	"entities":         "&lt;b&gt; &#60;b&#62; &amp;",
	"table":            "a|b\\|c\\\\|d||e",
	"code":             "a`b``c```d\\`e",
	"link":             "[x](javascript:alert(1)) ![x](//evil.example) <javascript:alert(1)> [x]: http://evil.example",
	"autolinks":        "https://evil.example http://evil.example ftp://evil.example www.evil.example WWW.evil.example a@evil.example",
	"mentions":         "@everyone @org/team #1 GH-1 a/b#1",
	"emphasis":         "*a* **b** _c_ __d__ ~~e~~ ~f~ $g$ $$h$$ ==i==",
	"footnote":         "a[^1] [^1]: b",
	"numbered":         "1. a",
	"number in braces": "12) a",
	"plus":             "+ a",
	"minus":            "- a",
	"equals":           "=== a",
	"quote":            "> a",
	"fence":            "``` a",
	"tildes":           "~~~ a",
	"Mermaid":          "\"] t0 --> t1 %%{init: {}}%% } end; click t0 href \"javascript:alert(1)\" #quot; \\n",
	"member":           "+a() : *$ ~T~ <<interface>> }",
	"slash":            "/a//b/ /",
	"empty segment":    "//",
	"dots":             ".a..b.",
}

// end is at the end of all texts.
const end = "END"

// harmless returns a text that has the parts of another one, which reports take
// apart at dots, slashes and spaces, and is as long.
func harmless(text string) string {
	text = strings.TrimSuffix(text, end)
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if strings.ContainsRune("./ ", r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Repeat("x", size))
		}
		text = text[size:]
	}
	return b.String() + end
}

// Whatever is in the fields of the findings of diff, audit and describe, nothing
// of it is raw in any form of their reports, and the reports have the same
// structure as with harmless texts.
func TestUnsafeTexts(t *testing.T) {
	attack(t, "diff", diff.Forms, comparisons)
	attack(t, "audit", audit.Forms, findings)
	attack(t, "describe", describe.Forms, descriptions)
}

func attack[T any](t *testing.T, command string, forms report.Forms[T], findings func(text string) []T) {
	for kind, text := range unsafe {
		text += end
		bad, good := findings(text), findings(harmless(text))
		for i := range bad {
			for _, form := range forms.Names() {
				t.Run(fmt.Sprintf("%s/%s/%s/%d", command, form, kind, i), func(t *testing.T) {
					want, got := write(t, forms, form, good[i], false), write(t, forms, form, bad[i], false)
					nothingRaw(t, got)
					checks[form](t, text, want, got)
					if form == "text" {
						colored := string(write(t, forms, form, bad[i], true))
						nothingRaw(t, []byte(regexp.MustCompile("\x1b\\[(1;31|31|33|32|2|0)m").ReplaceAllString(colored, "")))
					}
				})
			}
		}
	}
}

func write[T any](t *testing.T, forms report.Forms[T], form string, findings T, color bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := forms.Write(&b, form, findings, report.TextOptions{Color: color}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// comparisons returns a comparison with changes of each severity and action.
func comparisons(text string) []*diff.Comparison {
	c := filled[diff.Comparison](text)
	change := c.Changes[0]
	c.Changes = nil
	for _, severity := range report.Severities {
		for _, action := range []diff.Action{diff.Added, diff.Removed, diff.Changed, diff.Renamed} {
			for _, kind := range []diff.Kind{diff.KindProperty, diff.KindType, diff.KindMember, diff.KindBase, diff.Kind(text)} {
				change.Severity, change.Action, change.Kind = severity, action, kind
				c.Changes = append(c.Changes, change)
			}
		}
	}
	name, _, _ := strings.Cut(text, "/")
	c.Bases[name], c.Bases["derived "+text] = "", name
	c.Changes = append(c.Changes, diff.Change{Severity: report.Wire, Kind: diff.KindType, Action: diff.Added, Subject: "derived " + text})
	return []*diff.Comparison{&c}
}

func findings(text string) [][]audit.Finding {
	f := filled[audit.Finding](text)
	f.Severity = report.Wire
	page := f
	page.Sides = []audit.Side{f.Sides[0]}
	page.Sides[0].Source = audit.Page
	return [][]audit.Finding{{f, page}, audit.FromWarnings([]source.Diagnostic{filled[source.Diagnostic](text)})}
}

// descriptions returns a description with each of its parts.
func descriptions(text string) []*describe.Description {
	var list []*describe.Description
	whole := reflect.ValueOf(filled[describe.Description](text))
	for i := range whole.NumField() {
		var part describe.Description
		reflect.ValueOf(&part).Elem().Field(i).Set(whole.Field(i))
		part.Asked = text
		list = append(list, &part)
	}
	script := describe.Description{Type: new(*list[0].Type)}
	script.Type.Page = "javascript:alert(1)//" + text
	return append(list, &script)
}

// filled returns a value with a text in each string that can be reached, also in
// those that somebody adds to its type later.
func filled[T any](text string) T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), text, 0)
	return v
}

func fill(v reflect.Value, text string, depth int) {
	const many = 2
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text, depth)
	case reflect.Slice:
		if depth > 6 { // of types that hold themselves
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), many, many))
		for i := range many {
			fill(v.Index(i), text, depth+3)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, text, depth)
		fill(value, text, depth)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text, depth)
		}
	default:
		panic(fmt.Sprintf("there is no text to fill a %v with", v.Type()))
	}
}

// nothingRaw requires that all of a report can be seen.
func nothingRaw(t *testing.T, got []byte) {
	t.Helper()
	if !utf8.Valid(got) {
		t.Error("the report is not UTF-8")
	}
	for _, r := range string(got) {
		if source.Hidden(r) && r != '\n' && r != '\t' {
			t.Errorf("the report holds %U", r)
			return
		}
	}
}

// checks compare a report about an unsafe text with one about a harmless text.
var checks = map[string]func(t *testing.T, text string, want, got []byte){
	"text": func(t *testing.T, text string, want, got []byte) {
		shows(t, text, string(want), string(got))
		if a, b := bytes.Count(want, []byte("\n")), bytes.Count(got, []byte("\n")); a != b {
			t.Errorf("%d lines, want %d:\n%s", b, a, got)
		}
		if regexp.MustCompile(`(?m)^\s*FORGED`).Match(got) {
			t.Errorf("there is a line that nobody wrote:\n%s", got)
		}
	},
	"markdown": func(t *testing.T, text string, want, got []byte) {
		structure, words := rendered(t, got)
		harmless, wantWords := rendered(t, want)
		same(t, harmless, structure)
		shows(t, text, wantWords, words)
		diagram := func(report []byte) []byte {
			_, rest, _ := bytes.Cut(report, []byte("```mermaid\n"))
			diagram, _, _ := bytes.Cut(rest, []byte("```\n"))
			return diagram
		}
		mermaid(t, text, diagram(want), diagram(got))
	},
	"html": func(t *testing.T, text string, want, got []byte) {
		structure, words := parsed(t, got)
		harmless, wantWords := parsed(t, want)
		same(t, harmless, structure)
		shows(t, text, wantWords, strings.ReplaceAll(words, "\ufffd", `\x00`)) // html/template has no NUL
	},
	"json": func(t *testing.T, text string, want, got []byte) {
		holds(t, got, text)
	},
	"mermaid": mermaid,
}

func same(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the structure differs from that of a harmless report (-want +got):\n%s", diff)
	}
}

// shows requires that a reader sees a text as often as a harmless one, if it is
// not too long.
func shows(t *testing.T, text, want, got string) {
	t.Helper()
	count := func(words, text string) int {
		return strings.Count(strings.Join(strings.Fields(words), " "), strings.Join(strings.Fields(source.Plain(text)), " "))
	}
	if a, b := count(want, harmless(text)), count(got, text); a != b && utf8.RuneCountInString(source.Plain(text)) < 100 {
		t.Errorf("the report shows the text %d times, want %d:\n%s", b, a, got)
	}
}

// rendered returns the structure and the words of Markdown, rendered as GitHub
// does, but with all its HTML. Code does nothing, so it does not count.
func rendered(t *testing.T, markdown []byte) ([]string, string) {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(renderer.WithUnsafe())).Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	list, words := parsed(t, b.Bytes())
	list = slices.DeleteFunc(list, func(s string) bool { return s == "code" || s == "/code" })
	for _, element := range list {
		if strings.HasPrefix(element, "a ") || strings.HasPrefix(element, "img") {
			t.Errorf("there is a link or an image: %s", element)
		}
	}
	return list, words
}

// parsed returns the elements and comments of HTML with their attributes, though
// without values other than addresses, and its words. Places where a line can break
// do not count.
func parsed(t *testing.T, page []byte) ([]string, string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	var words strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script" && n.Parent.Parent.Data != "pre":
			words.WriteString(n.Data)
		case n.Type == html.CommentNode:
			list = append(list, "<!--")
		case n.Type == html.ElementNode && n.Data != "wbr":
			element := n.Data
			for _, a := range n.Attr {
				element += " " + a.Key
				if address := slices.Contains([]string{"href", "src", "xlink:href", "action"}, a.Key); address {
					scheme, _, ok := strings.Cut(a.Val, ":")
					if strings.HasPrefix(a.Val, "#") {
						scheme, ok = a.Val, true
					}
					element += "=" + scheme
					if !ok || !slices.Contains([]string{"https", "data"}, scheme) && scheme[0] != '#' {
						t.Errorf("there is a link to %s", a.Val)
					}
				}
			}
			list = append(list, element)
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
		if n.Type == html.ElementNode && n.Data != "wbr" {
			list = append(list, "/"+n.Data)
		}
	}
	walk(root)
	return list, words.String()
}

// mermaid requires that a diagram has only what we draw.
func mermaid(t *testing.T, text string, want, got []byte) {
	t.Helper()
	const label = `(?:[\pL\pN ._/]|#\d+;)*`
	line := regexp.MustCompile(`^(?:classDiagram|flowchart (?:LR|TD)` +
		`|  class t\d+\["` + label + `"\](?: \{)?|    [+-]?(?:<<` + label + `>>|` + label + `)|  \}|  <<` + label + `>> t\d+|  t\d+ <\|-- t\d+` +
		`|  root\["/"\]|  t\d+\["` + label + `"\]|  (?:root|s\d+) (?:-->|---|-\.->) (?:type|[sn]\d+)\["` + label + `"\]` +
		`|  t\d+ -->(?:\|"` + label + `"\|)? t\d+)\n$`)
	for l := range strings.Lines(string(got)) {
		if !line.MatchString(l) {
			t.Errorf("not a line of a diagram: %q", l)
		}
	}
	if utf8.RuneCountInString(source.Plain(text)) < 80 { // as long as what fits into a box
		decoded := regexp.MustCompile(`#(\d+;)`).ReplaceAllString(string(got), "&#$1")
		shows(t, text, string(want), html.UnescapeString(decoded))
	}
}

// A browser applies the style and runs the script of a page, and nothing else.
func TestPolicy(t *testing.T) {
	for _, page := range [][]byte{
		write(t, diff.Forms, "html", comparisons("a")[0], false),
		write(t, audit.Forms, "html", findings("a")[0], false),
		write(t, describe.Forms, "html", descriptions("a")[0], false),
	} {
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		policy, hashes := "", map[string]string{}
		for n := range root.Descendants() {
			if n.Data == "style" || n.Data == "script" {
				sum := sha256.Sum256([]byte(n.FirstChild.Data))
				hashes[n.Data] += "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s has an attribute %s, which the policy forbids", n.Data, a.Key)
				}
				if n.Data == "meta" && a.Key == "content" && n.Attr[0].Val == "Content-Security-Policy" {
					policy = a.Val
				}
			}
		}
		want := "default-src 'none'; style-src " + hashes["style"] + "; script-src " + hashes["script"] + "; img-src data:; base-uri 'none'; form-action 'none'"
		if policy != want {
			t.Errorf("the policy is %s, want %s", policy, want)
		}
	}
}

// holds requires that a text of the findings is in their JSON as it was.
func holds(t *testing.T, document []byte, text string) {
	t.Helper()
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(text, "\ufffd")
	var found func(any) bool
	found = func(v any) bool {
		switch v := v.(type) {
		case string:
			return strings.Contains(v, want) || !utf8.ValidString(text) && strings.Contains(v, "\ufffd")
		case []any:
			return slices.ContainsFunc(v, found)
		case map[string]any:
			for _, inner := range v {
				if found(inner) {
					return true
				}
			}
		}
		return false
	}
	if !found(value) {
		t.Errorf("the text is not in the document")
	}
}
