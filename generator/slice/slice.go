// Package slice makes the part of a model that is enough to generate from: small
// enough to lie beside the code that is generated from it.
package slice

import (
	"bytes"
	"encoding/json/v2"
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Request is what the part of a model is made for.
type Request struct {
	Whole     *model.Model // linked
	Selection *api.Selection
	Options   api.Options // that the selection was made with
	Evidence  []string    // properties that the configuration names, as api.Property takes them
}

// Of returns the part of a model that gives the same code as the whole, linked.
// It holds of the selection everything that the generator reads, and of other
// elements as much as makes each pattern and each name of the request mean
// something.
//
// It has the container and the default schema of the whole, even if the
// selection needs nothing of them: they decide which types have a prefix in Go.
// The diagnostics report characters that CSDL cannot hold.
func Of(r Request) (*model.Model, []source.Diagnostic) {
	var ds source.Diagnostics
	p := newPart(r.Whole, r.Selection.Model, &ds)
	for _, name := range r.Options.Derived {
		if t, err := api.Type(r.Whole, name); err == nil {
			p.addType(t)
			p.keepAlias(name, t)
		}
	}
	for _, name := range r.Evidence {
		if owner, property, err := api.Property(r.Whole, name); err == nil {
			p.addProperty(owner, property.Name)
			named, _, _ := strings.Cut(name, "/")
			if t, err := api.Type(r.Whole, named); err == nil {
				p.addType(t)
				p.keepAlias(named, t)
			}
		}
	}
	for _, path := range r.Selection.Witnesses {
		for _, resource := range path {
			p.addResource(resource)
		}
	}
	model.Link(p.model)
	return p.model, ds.Warnings()
}

// Write returns a model made by [Of] as CSDL, with a comment at the top that
// says what was asked for. It reads the result again, and fails if that is
// another model: metadata and pages may be hostile.
func Write(m *model.Model, options api.Options) ([]byte, error) {
	document := csdl.Write(m, comment(options))
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

// comment returns the lines at the top of a slice.
func comment(o api.Options) []string {
	lines := []string{"Made by msgraphgen slice, to generate from in place of the whole metadata."}
	if o.IsZero() {
		lines = append(lines, "It holds everything that can be generated.")
	} else {
		lines = append(lines, "It holds what this selection needs:")
	}
	for _, list := range []struct {
		name     string
		patterns []string
	}{{"include", o.Include}, {"exclude", o.Exclude}, {"types", o.Types}, {"derived", o.Derived}} {
		for _, pattern := range list.patterns {
			lines = append(lines, "  "+list.name+": "+pattern)
		}
	}
	return lines
}
