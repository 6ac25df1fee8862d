package downstream

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The Go code of the README and of the guide compiles: blocks, and the spans of text
// that are calls and the like. The README needs only what its quick start selects.
func TestSnippets(t *testing.T) {
	t.Run("README", func(t *testing.T) {
		_, pattern, _ := strings.Cut(string(gotest.Read(t, filepath.Join(gotest.Root(t), "README.md"))), "$ go tool msgraphgen init ")
		pattern, _, _ = strings.Cut(pattern, "\n")
		d := newDocuments(t, "profile", config.Config{Include: []string{strings.Trim(pattern, "'")}})
		d.prelude = "func use(...any) {}\n"
		d.names = "ctx context.Context, credential azcore.TokenCredential"
		d.load(t, "README.md")
		d.check(t)
	})
	t.Run("guide", func(t *testing.T) {
		d := newDocuments(t, "graph", config.Config{
			Input: config.Input{Source: gotest.Metadata(t, "csdl/v1.0-2026-08.xml"), APIVersion: "v1.0"},
			Include: []string{
				"/me", "/me/calendarView", "/me/events/**", "/me/messages/**", "POST /me/sendMail",
				"/users", "/users/{id}", "/users/{id}/manager", "/users/{id}/manager/$ref", "GET /users/{id}/memberOf", "GET /users/delta", "GET /teams/{id}/operations/{id}",
				"GET /me/drive", "/drives/{id}/items/{id}", "/drives/{id}/items/{id}/content", "POST /drives/{id}/items/{id}/createUploadSession",
			},
			Types:  []string{"changeNotificationCollection"},
			Expand: []string{"message/attachments"}, Derived: []string{"attachment", "microsoft.graph.identity"},
		})
		d.generate(t, "beta", config.Config{
			Input:   config.Input{Source: gotest.Metadata(t, "csdl/beta-2021-07-13.xml"), APIVersion: "beta"},
			Include: []string{"GET /me/profile"}, OData: "example.com/downstream/graph/odata",
		})
		d.prelude = `func use(...any) {}

type T = *graph.Attachment

type PersonDataSources struct{}

var mailfake, calendarfake = struct{}{}, struct{}{}
`
		d.names = `ctx context.Context, credential azcore.TokenCredential, client *graph.Client, service *fake.Service,
	message *graph.UserMessagesItemBuilder, event *graph.UserEventsItemBuilder, attachment *graph.Attachment, item *graph.User,
	since time.Time, t time.Time, id, name, text, address, link, plan string, request *http.Request, sku odata.Guid, size int64, file io.ReaderAt,
	x odata.Opt[T], v, a, b T, sent []*graph.UserSendMail, response *odata.Response, err error`
		files, err := filepath.Glob(filepath.Join(gotest.Root(t), "docs", "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			d.load(t, "docs/"+filepath.Base(file))
		}
		if len(d.files) < 15 {
			t.Errorf("there are only %d pieces of code", len(d.files))
		}
		d.check(t)
	})
}

// documents are Markdown documents, with the packages that their code is about.
type documents struct {
	dir      string
	packages []string          // import paths
	named    map[string]string // exported names of packages in spans of text, like "odata.Of", with their places
	files    map[string]string // of Go code, by their places: "docs/recipes.md:12"
	prelude  string            // declarations that the code can use
	names    string            // variables that the code can use, as parameters
}

// newDocuments returns documents about a package that it generates.
func newDocuments(t *testing.T, name string, c config.Config) *documents {
	t.Helper()
	d := &documents{dir: gotest.Module(t), files: map[string]string{}, named: map[string]string{}}
	d.generate(t, name, c)
	d.packages = append(d.packages, "example.com/downstream/"+name+"/odata", "example.com/downstream/"+name+"/fake",
		"context", "encoding/json/jsontext", "encoding/json/v2", "errors", "fmt", "io", "log", "net/http", "net/url", "testing", "time",
		"github.com/Azure/azure-sdk-for-go/sdk/azcore", "github.com/Azure/azure-sdk-for-go/sdk/azcore/policy", azidentity)
	// The project does without azidentity: the code needs only its functions.
	gotest.Write(t, d.dir, "azidentity/go.mod", []byte("module "+azidentity+"\n"))
	gotest.Write(t, d.dir, "azidentity/azidentity.go", []byte(`package azidentity

import "github.com/Azure/azure-sdk-for-go/sdk/azcore"

type Options struct{}

func NewInteractiveBrowserCredential(*Options) (azcore.TokenCredential, error) { return nil, nil }
func NewDefaultAzureCredential(*Options) (azcore.TokenCredential, error)       { return nil, nil }
`))
	file := filepath.Join(d.dir, "go.mod")
	mod, err := modfile.Parse(file, gotest.Read(t, file), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := mod.AddRequire(azidentity, "v1.0.0"); err != nil {
		t.Fatal(err)
	}
	if err := mod.AddReplace(azidentity, "", "./azidentity", ""); err != nil {
		t.Fatal(err)
	}
	data, err := mod.Format()
	if err != nil {
		t.Fatal(err)
	}
	gotest.Write(t, d.dir, "go.mod", data)
	return d
}

const azidentity = "github.com/Azure/azure-sdk-for-go/sdk/azidentity"

func (d *documents) generate(t *testing.T, name string, c config.Config) {
	t.Helper()
	c.Output = filepath.Join(d.dir, name)
	if _, err := generator.Write(t.Context(), c, generator.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	d.packages = append(d.packages, "example.com/downstream/"+name)
}

var (
	fenced   = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	span     = regexp.MustCompile("`[^`\n]+`")
	exported = regexp.MustCompile(`\b(odata|graph|fake|profile)\.([A-Z]\w*)`)
)

// load adds the Go code of a document.
func (d *documents) load(t *testing.T, name string) {
	t.Helper()
	text := string(gotest.Read(t, filepath.Join(gotest.Root(t), filepath.FromSlash(name))))
	place := func(offset int) string { return fmt.Sprintf("%s:%d", name, 1+strings.Count(text[:offset], "\n")) }
	for _, at := range fenced.FindAllStringSubmatchIndex(text, -1) {
		if code := text[at[4]:at[5]]; text[at[2]:at[3]] == "go" {
			d.files[place(at[4])] = d.block(place(at[4]), strings.ReplaceAll(code, "{ … }", "{}"))
		}
	}
	prose := fenced.ReplaceAllStringFunc(text, func(block string) string { return strings.Repeat("\n", strings.Count(block, "\n")) })
	for i, line := range strings.Split(prose, "\n") {
		at := fmt.Sprintf("%s:%d", name, i+1)
		for j, code := range span.FindAllString(line, -1) {
			code = strings.ReplaceAll(strings.Trim(code, "`"), `\|`, "|")
			if isExpression(code) {
				d.files[fmt.Sprintf("%s span %d", at, j+1)] = d.block(at, "use("+code+")")
			}
			for _, name := range exported.FindAllString(code, -1) {
				d.named[name] = at
			}
		}
		if strings.HasPrefix(line, "    ") && exported.MatchString(line) && !strings.Contains(line, "fake") {
			t.Errorf("%s: Go code stands in a block with ```go", at)
		}
	}
}

// isExpression reports whether a span of code is a call or a value, with the packages
// or the client, and not a name or a type.
func isExpression(code string) bool {
	e, err := parser.ParseExpr(code)
	if err != nil || !exported.MatchString(code) && !strings.HasPrefix(code, "client.") {
		return false
	}
	switch e.(type) {
	case *ast.CallExpr, *ast.CompositeLit, *ast.UnaryExpr:
		return true
	}
	return false
}

// block returns a file with code: a file, declarations or statements.
func (d *documents) block(place, code string) string {
	line := "\n//line " + place + "\n"
	if strings.HasPrefix(code, "package ") {
		return strings.ReplaceAll(line+code, "example.com/orders/", "example.com/downstream/")
	}
	header := "package snippet\n\nimport (\n"
	for _, path := range d.packages {
		header += fmt.Sprintf("\t%q\n", path)
	}
	header += ")\n\n" + d.prelude
	if _, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+code, parser.SkipObjectResolution); err == nil {
		return header + line + code
	}
	return header + "\nfunc _(" + d.names + ") error {\n{" + line + code + "\n}\nreturn nil\n}\n"
}

// check compiles the code. Variables and imports can be unused.
func (d *documents) check(t *testing.T) {
	t.Helper()
	list := run(t, d.dir, append([]string{"list", "-mod=mod", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, d.packages...)...)
	exports := map[string]string{}
	for line := range strings.Lines(list) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for place, code := range d.files {
		file, err := parser.ParseFile(fset, "", code, parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%s: %v", place, err)
			continue
		}
		info := types.Config{Importer: from, Error: func(err error) {
			problem := err.(types.Error)
			if !problem.Soft {
				t.Errorf("%s: %s", fset.Position(problem.Pos), problem.Msg)
			}
		}}
		_, _ = info.Check("snippet", fset, []*ast.File{file}, nil) // Error reports what is wrong
	}
	for name, place := range d.named {
		pkg, name, _ := strings.Cut(name, ".")
		found := false
		for _, path := range d.packages {
			if filepath.Base(path) != pkg {
				continue
			}
			p, err := from.Import(path)
			if err != nil {
				t.Fatal(err)
			}
			found = found || p.Scope().Lookup(name) != nil
		}
		if !found {
			t.Errorf("%s: there is no %s.%s", place, pkg, name)
		}
	}
}
