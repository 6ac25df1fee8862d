package generator

import (
	"cmp"
	"encoding/json/v2"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Outside are the changes that a release of the metadata makes besides the selection:
// names of types ("microsoft.graph.user"), actions and functions
// ("microsoft.graph.delta(Collection(microsoft.graph.user))"), entity sets and
// singletons ("/users"), sorted.
type Outside struct {
	Added   []string        `json:"added"`
	Removed []string        `json:"removed"`
	Changed []OutsideChange `json:"changed"`
}

// OutsideChange is an element with the names of its properties or members that
// changed. Where there are none, something else of it did, such as the base type
// or the description.
type OutsideChange struct {
	Name    string   `json:"name"`
	Added   []string `json:"added,omitzero"`
	Removed []string `json:"removed,omitzero"`
	Changed []string `json:"changed,omitzero"`
}

// Empty reports whether nothing changed.
func (o *Outside) Empty() bool { return len(o.Added)+len(o.Removed)+len(o.Changed) == 0 }

// outsideOf returns the changes of a release apart from both selections; nil if they
// are unknown.
func outsideOf(r *release, meta *metadata, c config.Config, now *planned, before *api.Version) (*Outside, error) {
	result := &Outside{Added: []string{}, Removed: []string{}, Changed: []OutsideChange{}}
	switch {
	case r.NotModified:
		return result, nil
	case r.earlier == nil:
		return nil, nil
	}
	in := releaseInput(c)
	in.Docs = ""
	old, err := parse(&input.Document{Name: r.Name, Data: r.earlier}, in)
	if err != nil {
		return nil, nil // it was remembered, which does not say that it was good
	}
	if in.Docs != c.Docs || meta.format == config.FormatOpenAPI {
		// Neither annotations of pages nor a part of a document.
		if meta, err = parse(&r.Document, in); err != nil {
			return nil, err
		}
	}
	inside := elements{}
	if err := inside.add(now.Selection.Model); err != nil {
		return nil, err
	}
	if before != nil {
		if err := inside.add(before.Selection.Model); err != nil {
			return nil, err
		}
	}
	was, is := elements{}, elements{}
	if err := errors.Join(was.add(old.model), is.add(meta.model)); err != nil {
		return nil, err
	}
	result.compare(was, is, inside)
	return result, nil
}

// compare notes how two versions differ apart from the elements inside.
func (o *Outside) compare(before, after, inside elements) {
	for _, name := range keys(before, after) {
		a, b, in := before[name], after[name], inside[name]
		switch {
		case a != nil && b != nil:
			if change := changeOf(name, a, b, in); change != nil {
				o.Changed = append(o.Changed, *change)
			}
		case in != nil: // the comparison of the selection reports it
		case a == nil:
			o.Added = append(o.Added, name)
		default:
			o.Removed = append(o.Removed, name)
		}
	}
}

// changeOf returns how two versions of an element differ apart from its members
// inside, or nil.
func changeOf(name string, before, after, inside element) *OutsideChange {
	change, differs := &OutsideChange{Name: name}, false
	for _, member := range keys(before, after) {
		a, was := before[member]
		b, is := after[member]
		if _, selected := inside[member]; selected || a == b {
			continue
		}
		differs = true
		switch {
		case member == itself:
		case !was:
			change.Added = append(change.Added, member)
		case !is:
			change.Removed = append(change.Removed, member)
		default:
			change.Changed = append(change.Changed, member)
		}
	}
	if !differs {
		return nil
	}
	return change
}

// elements are the elements of a model, by name.
type elements map[string]element

// element is the content of each of its members, by name, and of itself.
type element map[string]string

// itself stands for the element, among its members.
const itself = ""

// add enters the elements of a model.
func (e elements) add(m *model.Model) error {
	var failed error
	encode := func(v any) string {
		text, err := json.Marshal(v, json.Deterministic(true))
		failed = cmp.Or(failed, err)
		return string(text)
	}
	say := func(name, member string, v any) {
		if e[name] == nil {
			e[name] = element{}
		}
		e[name][member] = encode(v)
	}
	overloads := map[string][]string{} // with the same types of parameters
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			head := *t
			head.Properties, head.Navigation = nil, nil
			say(t.QualifiedName(), itself, head)
			for _, p := range t.Properties {
				say(t.QualifiedName(), p.Name, p)
			}
			for _, n := range t.Navigation {
				say(t.QualifiedName(), n.Name, n)
			}
		}
		for _, t := range s.Enums {
			head := *t
			head.Members = nil
			say(t.QualifiedName(), itself, head)
			for _, m := range t.Members {
				say(t.QualifiedName(), m.Name, m)
			}
		}
		for _, t := range s.Definitions {
			say(t.QualifiedName(), itself, t)
		}
		for _, o := range s.Operations {
			overloads[signature(o)] = append(overloads[signature(o)], encode(o))
		}
	}
	for name, list := range overloads {
		slices.Sort(list) // their order says nothing
		say(name, itself, list)
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			say("/"+s.Name, itself, s)
		}
	}
	return failed
}

// signature names an action or a function with the types of its parameters, as
// others may have its name.
func signature(o *model.Operation) string {
	var types []string
	for _, p := range o.Parameters {
		types = append(types, p.Type.String())
	}
	return o.Namespace + "." + o.Name + "(" + strings.Join(types, ",") + ")"
}

// keys returns the keys of both, sorted.
func keys[M ~map[string]V, V any](a, b M) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
