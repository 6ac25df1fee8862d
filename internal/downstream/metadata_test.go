package downstream

import (
	"encoding/json/v2"
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"testing"
)

// This file reads metadata in a simple way of its own, to compare the reports
// with.

// element is a type of the metadata.
type element struct {
	kind        string
	base        string
	members     map[string]member
	collections map[string]string // the types of navigation properties that are collections
}

// member is a property, or a member of an enumeration.
type member struct {
	Name        string       `xml:"Name,attr"`
	Type        string       `xml:"Type,attr"`
	Nullable    string       `xml:"Nullable,attr"`
	Annotations []annotation `xml:"Annotation"`
}

type annotation struct {
	Term   string `xml:"Term,attr"`
	String string `xml:"String,attr"`
}

func (m member) description() string {
	for _, a := range m.Annotations {
		if a.Term == "Org.OData.Core.V1.Description" {
			return a.String
		}
	}
	return ""
}

// declared is a type reference as the metadata spells it.
type declared struct {
	Name       string   `xml:"Name,attr"`
	BaseType   string   `xml:"BaseType,attr"`
	Properties []member `xml:"Property"`
	Navigation []member `xml:"NavigationProperty"`
	Members    []member `xml:"Member"`
}

type schema struct {
	Namespace    string     `xml:"Namespace,attr"`
	Alias        string     `xml:"Alias,attr"`
	EntityTypes  []declared `xml:"EntityType"`
	ComplexTypes []declared `xml:"ComplexType"`
	EnumTypes    []declared `xml:"EnumType"`
}

// qualified returns the name of a type with its alias replaced.
func (s schema) qualified(name string) string {
	item, collection := strings.CutPrefix(strings.TrimSuffix(name, ")"), "Collection(")
	if rest, ok := strings.CutPrefix(item, s.Alias+"."); ok && s.Alias != "" {
		item = s.Namespace + "." + rest
	}
	if collection {
		return "Collection(" + item + ")"
	}
	return item
}

// items returns the item type of a collection.
func items(name string) string {
	return strings.TrimSuffix(strings.TrimPrefix(name, "Collection("), ")")
}

func (s schema) element(kind string, d declared) *element {
	e := &element{kind: kind, base: s.qualified(d.BaseType), members: map[string]member{}, collections: map[string]string{}}
	for _, m := range append(d.Properties, d.Members...) {
		m.Type = s.qualified(m.Type)
		e.members[m.Name] = m
	}
	for _, n := range d.Navigation {
		if strings.HasPrefix(n.Type, "Collection(") {
			e.collections[n.Name] = items(s.qualified(n.Type))
		}
	}
	return e
}

// closure returns types with all types that they need: their base types and the
// types of their properties.
func closure(t *testing.T, csdl []byte, roots func(all map[string]*element) []string) map[string]*element {
	t.Helper()
	var document struct {
		Schemas []schema `xml:"DataServices>Schema"`
	}
	if err := xml.Unmarshal(csdl, &document); err != nil {
		t.Fatal(err)
	}
	all := map[string]*element{}
	for _, s := range document.Schemas {
		for kind, list := range map[string][]declared{"entity type": s.EntityTypes, "complex type": s.ComplexTypes, "enum type": s.EnumTypes} {
			for _, d := range list {
				all[s.Namespace+"."+d.Name] = s.element(kind, d)
			}
		}
	}
	needed := map[string]*element{}
	var need func(name string)
	need = func(name string) {
		e := all[name]
		if e == nil || needed[name] != nil {
			return
		}
		needed[name] = e
		need(e.base)
		for _, m := range e.members {
			need(items(m.Type))
		}
	}
	for _, root := range roots(all) {
		need(root)
	}
	return needed
}

// changes returns the differences between types, such as "property added
// microsoft.graph.a/b". A renamed type goes by its new name.
func changes(old, new map[string]*element, renamed map[string]string) (all []string) {
	add := func(what, subject string) { all = append(all, what+" "+subject) }
	for name, e := range old {
		to := name
		if renamed[name] != "" {
			to = renamed[name]
			add("type renamed", name+" → "+to)
		}
		if new[to] == nil {
			add("type removed", name)
			continue
		}
		compare(add, to, e, new[to])
	}
	for name := range new {
		if old[name] == nil && !slices.Contains(slices.Collect(maps.Values(renamed)), name) {
			add("type added", name)
		}
	}
	slices.Sort(all)
	return all
}

func compare(add func(what, subject string), name string, a, b *element) {
	kind := "property"
	if a.kind == "enum type" {
		kind = "member"
	}
	if a.base != b.base {
		add("base changed", name)
	}
	for member, was := range a.members {
		subject := name + "/" + member
		is, ok := b.members[member]
		if !ok {
			add(kind+" removed", subject)
			continue
		}
		if was.Type != is.Type {
			add("type changed", subject+": "+was.Type+" → "+is.Type)
		}
		if (was.Nullable == "false") != (is.Nullable == "false") {
			add("nullability changed", subject)
		}
		if was.description() != is.description() {
			add("description changed", subject)
		}
	}
	for member := range b.members {
		if _, ok := a.members[member]; !ok {
			add(kind+" added", name+"/"+member)
		}
	}
}

// report holds the parts of a JSON report that the test compares.
type report struct {
	Changes []struct {
		Kind    string `json:"kind"`
		Action  string `json:"action"`
		Subject string `json:"subject"`
		Old     string `json:"old"`
		New     string `json:"new"`
	} `json:"changes"`
}

func decode(t *testing.T, text string) report {
	t.Helper()
	var r report
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// renames returns the new names of the types that a report calls renamed.
func renames(t *testing.T, text string) map[string]string {
	t.Helper()
	names := map[string]string{}
	for _, c := range decode(t, text).Changes {
		if c.Kind == "type" && c.Action == "renamed" {
			names[c.Subject] = c.New
		}
	}
	return names
}

// reported returns the changes of a report, in the form of changes.
func reported(t *testing.T, text string) (all []string) {
	t.Helper()
	for _, c := range decode(t, text).Changes {
		line := c.Kind + " " + c.Action + " " + c.Subject
		switch {
		case c.Kind == "type" && c.Action == "changed":
			line += ": " + c.Old + " → " + c.New
		case c.Action == "renamed":
			line += " → " + c.New
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return all
}
