package templates

import (
	htmltemplate "html/template"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

type Base struct{ Kind string }

type item struct {
	Base
	Name  string
	Size  int
	Tags  []string
	Inner *item
	text  string
}

// TestExecute compares what templates become with what text/template says.
func TestExecute(t *testing.T) {
	data := item{Name: "cow", Size: 7, Tags: []string{"a", "b"}, Inner: &item{Base: Base{"calf"}}}
	for _, text := range []string{
		"",
		"text {{/* a comment */}}",
		"{{.Name}} {{- /* trimmed */ -}} {{.Size}} {{len .Tags}} {{.}}",
		"{{.Inner.Kind}}{{.Inner.Size}}{{.Kind}}",
		"{{if .Name}}yes{{else}}no{{end}}{{if .Kind}}yes{{else}}no{{end}}{{if .Kind}}yes{{end}}",
		"{{if .Kind}}1{{else if .Size}}2{{else}}3{{end}}",
		"{{range .Tags}}<{{.}}>{{end}}{{range .Inner.Tags}}<{{.}}>{{else}}none{{end}}",
		"{{with .Inner}}{{.Kind}}{{with .Inner}}more{{else}}no more{{end}}{{end}}",
		"{{if .Size}}{{if .Inner.Size}}yes{{end}}{{end}}",
		"{{print .Name \" is \" .Size .Size}}{{print}}{{\"text\"}}{{len (.Tags)}}",
		"{{template \"other\"}}{{template \"other\" .Name}}{{template \"other\" (print .Name \"s\")}}",
	} {
		want := new(strings.Builder)
		const more = "other{{if .}} {{.}}{{end}}"
		other := template.Must(template.New("other").Parse(more))
		if err := template.Must(other.New("t").Parse(text)).Execute(want, data); err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{"d/t": {Data: []byte(text)}, "d/other": {Data: []byte(more)}}
		if got, err := execute(files, "d/t", data); err != nil || string(got) != want.String() {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestExecuteUnknown(t *testing.T) {
	for _, text := range []string{
		"{{", "{{.Nose}}", "{{.text}}", "{{.Name.Size}}", "{{.Inner.Inner.Name}}", "{{.Size.String}}", "{{.Name | len}}", "{{len .Size}}", "{{$x := .Name}}",
		"{{printf .Name}}", "{{range .Size}}{{end}}", "{{if .Nose}}{{end}}", "{{if .Name}}{{.Nose}}{{end}}", "{{range .Tags}}{{.Nose}}{{end}}",
		"{{template \"nothing\"}}", "{{template \"t\" .Nose}}", "{{print .Nose}}", "{{.Name .Size}}", "{{range .Tags}}{{break}}{{end}}", "{{1}}",
	} {
		files := fstest.MapFS{"d/t": {Data: []byte(text)}}
		got, err := execute(files, "d/t", item{Name: "cow", Size: 1, Tags: []string{"a"}, Inner: &item{}, text: "hidden"})
		if err == nil || got != nil || !strings.HasPrefix(err.Error(), "d/t: ") {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

// What is in a part of a page is escaped for what that part is.
func TestExecuteEscapes(t *testing.T) {
	files := fstest.MapFS{
		"d/page.html.tmpl": {Data: []byte(`<p title="{{.Name}}">{{template "part.js.tmpl" .Name}}{{.Name}}`)},
		"d/part.js.tmpl":   {Data: []byte(`<script>f("{{.}}")</script>`)},
	}
	const want = `<p title="&lt;b&gt;&#34;\"><script>f("\u003Cb\u003E\"\\")</script>&lt;b&gt;&#34;\`
	if got, err := execute(files, "d/page.html.tmpl", item{Name: `<b>"\`}); err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

// TestReportEscapes has html/template say how the values in the reports are to be
// escaped: in HTML all as text, or as an attribute in quotes, which is the same.
// An address with its scheme in the template may hold a value, which a browser
// normalizes as well. What is filtered for the scheme, or of a style, may not.
func TestReportEscapes(t *testing.T) {
	all := htmltemplate.Must(htmltemplate.ParseFS(report, "report/*.tmpl"))
	allowed := map[string][]string{
		".html": {"_html_template_htmlescaper", "_html_template_attrescaper", "_html_template_rcdataescaper", "_html_template_urlnormalizer"},
		".js":   {"_html_template_jsstrescaper"},
	}
	seen := 0
	for _, part := range all.Templates() {
		_ = part.Execute(io.Discard, nil) // escapes first, and only then misses the data
		kind := filepath.Ext(strings.TrimSuffix(part.Name(), ".tmpl"))
		for _, escaper := range regexp.MustCompile(`_html_template_\w+`).FindAllString(part.Tree.Root.String(), -1) {
			if seen++; !slices.Contains(allowed[kind], escaper) {
				t.Errorf("%s: there is a value that execute cannot escape: %s is for it", part.Name(), escaper)
			}
		}
	}
	if seen == 0 {
		t.Error("nothing is escaped")
	}
}

// TestNoMethodByName builds the command: see execute.
func TestNoMethodByName(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("skipped: it links the command")
	}
	program := filepath.Join(t.TempDir(), "msgraphgen")
	build := exec.Command("go", "build", "-o", program, "./cmd/msgraphgen")
	build.Dir = gotest.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	symbols, err := exec.Command("go", "tool", "nm", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(symbols), " main.run\n") {
		t.Error("the symbols of the command are not there")
	}
	if strings.Contains(string(symbols), " reflect.Value.MethodByName\n") {
		t.Error("the command finds methods by their names, so all are linked: go build -ldflags=-dumpdep tells what does (ReflectMethod)")
	}
}
