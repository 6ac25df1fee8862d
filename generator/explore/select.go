package explore

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// question is a selection, with the requests that the page shows.
type question struct {
	Options  api.Options `json:"options"`
	Requests []string    `json:"requests"`
}

// figures are the answer: what the selection costs, and the configuration for it.
type figures struct {
	Problem  string   `json:"problem,omitzero"` // why it cannot be generated
	Figures  string   `json:"figures,omitzero"` // in one line, "" if nothing is selected
	Costs    []cost   `json:"costs,omitzero"`
	Selected []string `json:"selected"`
	YAML     string   `json:"yaml,omitzero"`
	Digest   string   `json:"digest,omitzero"` // of the configuration file now
}

type cost struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// selection answers what a selection costs.
func (s *server) selection(w http.ResponseWriter, r *http.Request) {
	var q question
	if !receive(w, r, &q) {
		return
	}
	f, err := s.figures(r.Context(), q)
	if err != nil {
		f.Problem = source.PlainLines(err.Error())
	}
	answer(w, f)
}

func (s *server) figures(ctx context.Context, q question) (figures, error) {
	f := figures{Selected: []string{}}
	text, digest, err := s.explorer.Configuration(q.Options)
	if err != nil {
		return f, err
	}
	f.YAML, f.Digest = source.PlainLines(string(text)), digest
	sizes, err := s.explorer.Figures(ctx, q.Options, q.Requests)
	if err != nil || sizes.Methods+sizes.Types == 0 {
		return f, err
	}
	f.Selected = append(f.Selected, sizes.Selected...)
	f.Figures = strings.Join([]string{
		report.Plural(sizes.Types, "type"), report.Plural(sizes.Methods, "method"), report.Plural(sizes.Files, "file"), grouped(sizes.Lines.Package) + " lines of Go",
	}, ", ")
	f.Costs = costs(sizes)
	return f, nil
}

// costs lists the rest of the figures.
func costs(f *generator.Figures) []cost {
	list := []cost{
		{"tests", grouped(f.Lines.Tests) + " lines"},
		{"support", grouped(f.Lines.Support) + " lines, the same for all packages"},
	}
	for _, least := range f.Permissions.LeastOfAll() {
		list = append(list, cost{least.Caller, least.Text})
	}
	for _, advice := range f.Advice {
		list = append(list, cost{"note", source.PlainLines(advice)})
	}
	return list
}

// grouped returns a number with a comma before each three digits.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// order is the request to write the configuration.
type order struct {
	Options api.Options `json:"options"`
	Digest  string      `json:"digest"` // of the file when the page read its selection
}

// write writes the configuration.
func (s *server) write(w http.ResponseWriter, r *http.Request) {
	var o order
	if !receive(w, r, &o) {
		return
	}
	var done struct {
		Problem string `json:"problem,omitzero"`
		Written string `json:"written,omitzero"`
		Digest  string `json:"digest,omitzero"` // of the file that was written
	}
	digest, err := s.explorer.Write(r.Context(), o.Options, o.Digest)
	if err != nil {
		done.Problem = source.PlainLines(err.Error())
	} else {
		done.Digest = digest
		done.Written = source.PlainLines(s.explorer.File()) + " is written. Now run " + s.explorer.Next() + "."
	}
	answer(w, done)
}
