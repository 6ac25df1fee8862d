// Package slice copies the part of a model that is enough to generate the same
// code, so that it can be committed beside that code.
package slice

import (
	"bytes"
	"encoding/json/v2"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Request is the input of [Of].
type Request struct {
	Whole     *model.Model // linked
	Selection *api.Selection
	Options   api.Options // of the selection
	Evidence  []string    // the properties that the configuration names, for api.Property
}

// Of returns the part of a model that generates the same code as the whole, linked.
// It holds the selection, and the other elements that the patterns and names of
// the request match.
//
// It always has the container and the default schema of the whole, because they
// decide which Go types have a prefix. The diagnostics report characters that CSDL
// cannot hold.
func Of(r Request) (*model.Model, []source.Diagnostic) {
	var ds source.Diagnostics
	p := newPart(r.Whole, r.Selection.Model, &ds)
	for _, name := range r.Options.Derived {
		p.addNamed(name)
	}
	for _, name := range r.Evidence {
		if owner, property, err := api.Property(r.Whole, name); err == nil {
			p.addNamed(name)
			p.addProperty(owner, property.Name)
		}
	}
	for _, name := range r.Options.Expand {
		if owner, navigation, err := api.Navigation(r.Whole, name); err == nil {
			p.addNamed(name)
			p.addNavigation(owner, navigation)
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(r.Selection.Witnesses)) {
		p.addMethod(r.Selection.Witnesses[pattern])
	}
	for _, s := range p.model.Schemas {
		if i := slices.IndexFunc(r.Whole.Schemas, func(w *model.Schema) bool { return w.Namespace == s.Namespace }); i >= 0 {
			s.Annotated = vocab.Conventions(r.Whole.Schemas[i].Annotated)
		}
	}
	model.Link(p.model)
	return p.model, ds.Warnings()
}

// Write returns a model from [Of] as CSDL, with a comment at the top that lists the
// patterns, and says whether the model has the facts of reference pages. It reads the
// result again, and returns an error if the model differs.
func Write(m *model.Model, options api.Options, pages bool) ([]byte, error) {
	document := csdl.Write(m, comment(options, pages))
	read, err := csdl.Parse("slice", document, csdl.Options{})
	if err != nil {
		return nil, fmt.Errorf("the selection cannot be written as CSDL; if an example of a reference page is the reason, leave out --docs: %w", err)
	}
	want, err := json.Marshal(m, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encoding the selected model: %w", err)
	}
	got, err := json.Marshal(read, json.Deterministic(true))
	if err != nil || !bytes.Equal(got, want) {
		return nil, fmt.Errorf("the slice differs from the selection (%v): this is a defect of msgraphgen", err)
	}
	return document, nil
}

// madeBy begins the comment at the top of a slice. After its line, withPages says that
// the slice has the facts of reference pages.
const (
	madeBy    = "Made by msgraphgen slice"
	withPages = "It includes what reference pages say."
)

// Is reports whether a document is a slice that [Write] wrote.
func Is(document []byte) bool {
	return bytes.Contains(document[:min(len(document), 200)], []byte(madeBy))
}

// HasPages reports whether a document is a slice with the facts of reference pages. The
// pages themselves would add less to it than to the whole metadata: they also describe
// resources that the slice leaves out.
func HasPages(document []byte) bool {
	return Is(document) && bytes.Contains(document[:min(len(document), 300)], []byte(withPages))
}

// comment returns the lines at the top of a slice.
func comment(o api.Options, pages bool) []string {
	lines := []string{madeBy + ", to generate from in place of the whole metadata."}
	if pages {
		lines = append(lines, withPages)
	}
	if o.IsZero() && len(o.Exclude) == 0 {
		lines = append(lines, "It holds everything that can be generated.")
	} else {
		lines = append(lines, madeFor)
		o = o.Or(api.Everything())
	}
	for _, list := range lists(&o) {
		for _, pattern := range *list.patterns {
			lines = append(lines, "  "+list.key+": "+pattern)
		}
	}
	return lines
}

const madeFor = "It holds what this selection needs:"

// list is a list of the options, with its key in the configuration.
type list struct {
	key      string
	patterns *[]string
}

func lists(o *api.Options) []list {
	return []list{{"include", &o.Include}, {"exclude", &o.Exclude}, {"types", &o.Types}, {"expand", &o.Expand}, {"derived", &o.Derived}}
}

// Lacks returns what the options ask for and the slice in a document was made without, such
// as "derived: microsoft.graph.identity". It returns nothing for other documents, and for a
// slice of everything. Methods without wildcards do not count: a slice without them has no
// match.
func Lacks(document []byte, o api.Options) []string {
	if !Is(document) {
		return nil
	}
	top, _, _ := bytes.Cut(document, []byte("-->"))
	_, selection, ok := strings.Cut(string(top), madeFor)
	if !ok {
		return nil
	}
	var had api.Options
	for line := range strings.Lines(selection) {
		key, pattern, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, l := range lists(&had) {
			if l.key == key {
				*l.patterns = append(*l.patterns, pattern)
			}
		}
	}
	if slices.Contains(had.Types, "**") {
		had.Derived = []string{"all"}
	}
	var missing []string
	before := lists(&had)
	for i, l := range lists(&o) {
		for _, pattern := range *l.patterns {
			named := l.key == "include" && !strings.Contains(pattern, "*")
			if l.key != "exclude" && !named && pattern != "none" && !slices.ContainsFunc(*before[i].patterns, func(wide string) bool { return covers(wide, pattern) }) {
				missing = append(missing, l.key+": "+pattern)
			}
		}
	}
	for _, pattern := range had.Exclude {
		if !slices.Contains(o.Exclude, pattern) {
			missing = append(missing, "what it excludes: "+pattern)
		}
	}
	return missing
}

// covers reports whether a pattern is another one, or ends with ** where the other one goes
// on. "all" covers all derived types.
func covers(wide, pattern string) bool {
	start, open := strings.CutSuffix(wide, "**")
	_, path, _ := strings.Cut(pattern, " ")
	return wide == pattern || wide == "all" || open && (strings.HasPrefix(pattern, start) || strings.HasPrefix(path, start))
}
