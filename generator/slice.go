package generator

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// SliceResult is the part of a source that is enough to generate from.
type SliceResult struct {
	Document   []byte // CSDL
	Types      int    // that are generated from it
	Methods    int    // that are generated from it
	SourceSize int    // of the whole, in bytes
	Notes

	version string // of the service, if the source says it
}

// Slice returns the part of the source of c that gives the same code as the
// whole, for the selection of c; where c selects nothing, for everything. It is
// CSDL, also where the source is not. It includes the facts of the reference pages.
//
// Errors are those of [Generate].
func Slice(ctx context.Context, c config.Config) (*SliceResult, error) {
	in, err := c.Input.Complete()
	if err != nil {
		return nil, err
	}
	c.Input = in
	meta, err := read(ctx, c.Input, c.Include...)
	if err != nil {
		return nil, err
	}
	selected, err := meta.chooseAll(c)
	if err != nil {
		return nil, err
	}
	document, warnings, err := meta.slice(c, selected)
	if err != nil {
		return nil, err
	}
	r := &SliceResult{
		Document: document, Types: len(selected.Types), Methods: methods(selected),
		SourceSize: len(meta.document.Data), Notes: meta.notes(selected),
	}
	r.Advice = append(r.Advice, warnings...)
	if !meta.guessed && c.APIVersion == "" {
		r.version = meta.apiVersion
	}
	r.Advice = slices.DeleteFunc(r.Advice, func(d source.Diagnostic) bool {
		return meta.guessed && d.Position.File == meta.document.Name && d.Position.Line == 0
	})
	return r, nil
}

// Replaces reports whether a slice in a file would replace the metadata that it is made
// from, which is not a slice.
func Replaces(c config.Config, file string) bool {
	from, err := os.Stat(c.Source)
	if err != nil {
		return false
	}
	to, err := os.Stat(file)
	if err != nil || !os.SameFile(from, to) {
		return false
	}
	document, err := os.ReadFile(file)
	return err == nil && !slice.Is(document)
}

// chooseAll returns the selection of c; where c selects nothing, everything apart from
// what it excludes. Then a source without methods is not an error.
func (meta *metadata) chooseAll(c config.Config) (*api.Selection, error) {
	if !c.Options.IsZero() {
		selected, err := meta.choose(c)
		return meta.unlessUnneeded(c, selected, err)
	}
	c.Options = c.Options.Or(api.Everything())
	selected, err := api.OfEverything(meta.choose(c))
	return meta.unlessUnneeded(c, selected, err)
}

// selectAll is like chooseAll, but takes the selection alone, for the patterns o.
func (meta *metadata) selectAll(c config.Config, o api.Options) (*api.Selection, error) {
	if !o.IsZero() {
		selected, err := api.Select(meta.model, o)
		return meta.unlessUnneeded(c, selected, err)
	}
	selected, err := api.OfEverything(api.Select(meta.model, o.Or(api.Everything())))
	return meta.unlessUnneeded(c, selected, err)
}

// slice returns the slice of a model for a selection. Elements that would get
// another Go name from the slice than from the whole have this name as an annotation.
func (meta *metadata) slice(c config.Config, selected *api.Selection) ([]byte, []source.Diagnostic, error) {
	small, warnings := slice.Of(slice.Request{
		Whole: meta.model, Selection: selected, Options: c.Options, Evidence: slices.Concat(c.ReadOnly, c.Settable),
	})
	want, err := golang.Names(meta.model, ident.Default(), vocab.GoNames(meta.model))
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{}
	for changed := true; changed; {
		changed = false
		have, err := golang.Names(small, ident.Default(), names)
		if err != nil {
			return nil, nil, err
		}
		for key, name := range have {
			if want[key] != name && want[key] != "" && names[key] == "" {
				names[key], changed = want[key], true
			}
		}
	}
	if a := vocab.NewGoNames(names, source.Position{}); a != nil {
		small.Schemas[0].Annotated = append(small.Schemas[0].Annotated, a)
	}
	document, err := slice.Write(small, c.Options, c.Docs != "" || slice.HasPages(meta.document.Data))
	return document, warnings, err
}

// Hint says how to generate from the slice under a name that does not say the
// version of the service, as its source did; else it is "".
func (r *SliceResult) Hint(name string) string {
	if version, _ := (config.Input{Source: name}).Version(""); r.version == "" || version == r.version {
		return ""
	}
	return fmt.Sprintf("the name does not say the API version: generate with --api-version %[1]s, or put %[1]s into the name", r.version)
}

// relocate gives the elements of a model, and of the selected part of it, the
// positions that they have in a slice of it.
func relocate(whole, part *model.Model, file string, slice []byte) error {
	m, err := csdl.Parse(file, slice, csdl.Options{})
	if err != nil {
		return err
	}
	at := map[string]source.Position{}
	note := func(m *model.Model, visit func(key string, e *model.Element)) {
		for _, s := range m.Schemas {
			for _, t := range s.Structured {
				name := s.Namespace + "." + t.Name
				visit(name, &t.Element)
				for _, p := range t.Properties {
					visit(name+"/"+p.Name, &p.Element)
				}
				for _, n := range t.Navigation {
					visit(name+"/"+n.Name, &n.Element)
				}
			}
			for _, t := range s.Enums {
				name := s.Namespace + "." + t.Name
				visit(name, &t.Element)
				for _, m := range t.Members {
					visit(name+"/"+m.Name, &m.Element)
				}
			}
			for _, t := range s.Definitions {
				visit(s.Namespace+"."+t.Name, &t.Element)
			}
			for _, o := range s.Operations {
				name := s.Namespace + "." + strings.TrimPrefix(o.Target(), o.Namespace+".")
				visit(name, &o.Element)
				for _, p := range o.Parameters {
					visit(name+"/"+p.Name, &p.Element)
				}
				if o.Return != nil {
					visit(name+"/$ReturnType", &o.Return.Element)
				}
			}
		}
		if m.Container != nil {
			for _, s := range m.Container.Sources {
				visit("/"+s.Name, &s.Element)
			}
			for _, i := range m.Container.Imports {
				visit("/"+i.Name, &i.Element)
			}
		}
	}
	note(m, func(key string, e *model.Element) { at[key] = e.Position })
	move := func(key string, e *model.Element) {
		if position, ok := at[key]; ok {
			e.Position = position
		}
	}
	note(whole, move)
	note(part, move)
	return nil
}
