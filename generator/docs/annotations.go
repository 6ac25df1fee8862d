package docs

import (
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Annotations returns what the pages say of a linked model, in terms of
// vocabularies: of types and their properties what they are, of collections
// what a create may set, its examples and its page. What pages describe and
// the model lacks is left out.
//
// The version of the service, such as "beta", is that of the addresses of the
// pages. Where two pages describe one thing, the newer one counts.
func Annotations(m *model.Model, pages []*Page, version string) []*model.Target {
	pages = slices.Clone(pages)
	slices.SortStableFunc(pages, func(a, b *Page) int { return strings.Compare(a.Date, b.Date) })
	var targets []*model.Target
	for _, p := range pages {
		switch p.Kind {
		case Resource:
			targets = append(targets, p.ofType(m, version)...)
		case API:
			targets = append(targets, p.ofCreate(m, version)...)
		}
	}
	return targets
}

// Address returns where the page is published.
func (p *Page) Address(version string) string {
	name, _, _ := strings.Cut(filepath.Base(p.File), ".")
	folder := ""
	if p.Kind == Resource {
		folder = "resources/"
	}
	return "https://learn.microsoft.com/graph/api/" + folder + name + "?view=graph-rest-" + version
}

// TypeName returns the qualified name of the type that a resource page
// describes.
func (p *Page) TypeName() string {
	for _, e := range p.Examples {
		if e.BlockType == "resource" && e.Type != "" {
			return strings.TrimPrefix(e.Type, "#")
		}
	}
	name, _, _ := strings.Cut(p.Title, " ")
	return p.Namespace + "." + name
}

// ofType returns what a page says of a type and of the properties that the
// type itself declares.
func (p *Page) ofType(m *model.Model, version string) []*model.Target {
	t, ok := m.Type(p.TypeName()).(*model.StructuredType)
	if !ok {
		return nil
	}
	name := t.QualifiedName()
	about := &model.Target{Path: name, Position: p.Position}
	about.Annotated = append(about.Annotated, vocab.NewDocumentationLink(vocab.RelationType, p.Address(version), p.Position))
	if p.Summary != "" {
		about.Annotated = append(about.Annotated, vocab.NewDescription(p.Summary, p.Position))
	}
	targets := []*model.Target{about}
	for _, row := range slices.Concat(p.Properties, p.Relationships) {
		if annotations := row.annotations(t); annotations != nil {
			targets = append(targets, &model.Target{Path: name + "/" + row.Name, Annotated: annotations, Position: row.Position})
		}
	}
	return targets
}

// annotations returns what a row says of a property, if t declares that.
func (row *Property) annotations(t *model.StructuredType) []*model.Annotation {
	var list []*model.Annotation
	i := slices.IndexFunc(t.Properties, func(q *model.Property) bool { return q.Name == row.Name })
	declared := i >= 0 || slices.ContainsFunc(t.Navigation, func(n *model.Navigation) bool { return n.Name == row.Name })
	if declared && row.Description != "" {
		list = append(list, vocab.NewDescription(row.Description, row.Position))
	}
	// Members of an enumeration are the schema's to tell.
	if values := slices.Concat(row.Allowed, row.Possible); i >= 0 && t.Properties[i].Type.Name == "Edm.String" && len(values) > 0 {
		list = append(list, vocab.NewAllowedValues(values, row.Position))
	}
	return list
}

// ofCreate returns what a page says of creating an item in a collection.
func (p *Page) ofCreate(m *model.Model, version string) []*model.Target {
	place, ok := p.collection(m)
	if !ok {
		return nil
	}
	t := &model.Target{Path: place.Target(m), Position: p.Position}
	address := p.Address(version)
	t.Annotated = append(t.Annotated, vocab.NewDocumentationLink(vocab.RelationCreate, address, p.Position))
	insert := vocab.InsertRestrictions(place.Annotations())
	if len(p.Body) > 0 {
		insert.NonInsertable = unlisted(place.Type(), p.Body)
		insert.Page = address
		t.Annotated = append(t.Annotated, vocab.NewInsertRestrictions(insert, p.Body[0].Position))
	}
	if p.Response != nil && p.Response.Status/100 == 2 {
		t.Annotated = append(t.Annotated, vocab.NewCreateStatus(strconv.Itoa(p.Response.Status), p.Response.Position))
	}
	for _, kind := range []string{"request", "response"} {
		if e := p.example(kind); e != nil {
			t.Annotated = append(t.Annotated, vocab.NewExample(kind, e.Body, e.Position))
		}
	}
	return []*model.Target{t}
}

// collection returns the collection that the page's POST goes to, if all of
// its paths that the model has lead to the same.
func (p *Page) collection(m *model.Model) (model.Resource, bool) {
	var found model.Resource
	for _, r := range p.Requests {
		if r.Verb != http.MethodPost {
			continue
		}
		place, ok := m.Resolve(r.Path)
		switch {
		case !ok:
		case !place.Collection() || place.Type() == nil || found != (model.Resource{}) && found != place:
			return model.Resource{}, false
		default:
			found = place
		}
	}
	return found, found != model.Resource{}
}

// unlisted returns the structural properties of a type that are not in a
// table.
func unlisted(t *model.StructuredType, table []*Property) []string {
	var names []string
	for ; t != nil; t = t.BaseType() {
		for _, property := range t.Properties {
			if !slices.ContainsFunc(table, func(row *Property) bool { return row.Name == property.Name }) {
				names = append(names, property.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// example returns the first example of a kind that has a body.
func (p *Page) example(kind string) *Example {
	i := slices.IndexFunc(p.Examples, func(e *Example) bool { return e.BlockType == kind && e.Body != nil })
	if i < 0 {
		return nil
	}
	return p.Examples[i]
}
