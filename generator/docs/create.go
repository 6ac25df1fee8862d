package docs

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// create is the method that adds an item to a collection, with the pages that
// describe it.
type create struct {
	place    model.Resource
	newest   *Page
	table    *Page      // the newest page with a table of properties, or nil
	examples []*Example // of all pages, those of the newest page first
}

// creates returns the creates that pages, the oldest first, describe.
func creates(m *model.Model, pages []*Page) []*create {
	var list []*create
	at := map[model.Resource]*create{}
	for _, p := range pages {
		place, ok := p.collection(m)
		if !ok || p.Kind != Method {
			continue
		}
		c := at[place]
		if c == nil {
			c = &create{place: place}
			at[place] = c
			list = append(list, c)
		}
		c.newest = p
		if len(p.RequestProperties) > 0 {
			c.table = p
		}
		c.examples = slices.Concat(p.examplesOf(m, place), c.examples)
	}
	return list
}

// collection returns the collection that the POST of the page adds to. All
// paths that the model has must lead to the same collection.
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

// examplesOf returns the examples of the page without those of other requests.
// The path of an example may have a mistake, and lead nowhere.
func (p *Page) examplesOf(m *model.Model, place model.Resource) []*Example {
	return slices.DeleteFunc(slices.Clone(p.Examples), func(e *Example) bool {
		if e.Request == nil || e.Request.Verb == "" {
			return false
		}
		leads, ok := m.Resolve(e.Request.Path)
		return e.Request.Verb != http.MethodPost || ok && leads != place
	})
}

// annotations returns what the pages say about the create.
func (c *create) annotations(m *model.Model, version string) *model.Target {
	p := c.newest
	t := &model.Target{Path: c.place.Target(m), Position: p.Position}
	t.Annotated = append(t.Annotated, vocab.NewDocumentationLink(vocab.RelationCreate, p.Address(version), p.Position))
	if c.table != nil {
		insert := vocab.InsertRestrictions(c.place.Annotations())
		insert.NonInsertable = c.refused()
		insert.Page = c.table.Address(version)
		t.Annotated = append(t.Annotated, vocab.NewInsertRestrictions(insert, c.table.RequestProperties[0].Position))
	}
	if e := c.requestExample(); e != nil {
		t.Annotated = append(t.Annotated, vocab.NewExample("request", e.Request.JSON, e.Request.Position))
	}
	if e := c.responseExample(); e != nil {
		t.Annotated = append(t.Annotated, vocab.NewExample("response", e.Response.JSON, e.Response.Position))
	}
	return t
}

// requestExample returns the first example whose request is an object, or nil.
func (c *create) requestExample() *Example {
	return c.firstExample(func(e *Example) bool { return e.Request != nil && e.Request.JSON.Kind() == '{' })
}

// responseExample returns the example of the request if its response is an
// object, else the first example whose response is one, or nil.
func (c *create) responseExample() *Example {
	isObject := func(e *Example) bool {
		return e.Response != nil && e.Response.JSON.Kind() == '{' && (e.Response.Status == 0 || e.Response.Status/100 == 2)
	}
	if e := c.requestExample(); e != nil && isObject(e) {
		return e
	}
	return c.firstExample(isObject)
}

func (c *create) firstExample(matches func(*Example) bool) *Example {
	i := slices.IndexFunc(c.examples, matches)
	if i < 0 {
		return nil
	}
	return c.examples[i]
}

// refused returns the names of the structural properties that a create cannot
// set: neither the table lists them, nor a request example sets them.
func (c *create) refused() []string {
	var names []string
	set := c.setByExamples()
	for _, property := range c.unlisted() {
		if _, ok := set[strings.ToLower(property.Name)]; !ok {
			names = append(names, property.Name)
		}
	}
	slices.Sort(names)
	return names
}

// unlisted returns the structural properties that the table does not list.
func (c *create) unlisted() []*model.Property {
	var list []*model.Property
	if c.table == nil {
		return nil
	}
	for t := c.place.Type(); t != nil; t = t.BaseType() {
		for _, property := range t.Properties {
			if RowFor(c.table.RequestProperties, property.Name) == nil {
				list = append(list, property)
			}
		}
	}
	return list
}

// setByExamples returns the names, in lower case, that request examples set, and
// the position of the first example to do so.
func (c *create) setByExamples() map[string]source.Position {
	set := map[string]source.Position{}
	for _, e := range c.examples {
		if e.Request == nil {
			continue
		}
		for m := range members(e.Request.JSON) {
			name := strings.ToLower(m.name)
			if _, ok := set[name]; !ok {
				set[name] = e.Request.At(int64(m.at))
			}
		}
	}
	return set
}

// SettableByExample is a property that a request example of a create sets,
// though the table of its page does not list it. The example wins: a create can
// set the property.
type SettableByExample struct {
	Place    model.Resource // the collection
	Property *model.Property
	Example  source.Position
	Table    source.Position
}

// SettablesByExample returns the properties of creates that only examples show
// to be settable, in the order of the pages and of the model.
func SettablesByExample(m *model.Model, pages []*Page) []SettableByExample {
	var list []SettableByExample
	for _, c := range creates(m, oldestFirst(pages)) {
		list = append(list, c.settableByExample()...)
	}
	return list
}

func (c *create) settableByExample() []SettableByExample {
	var list []SettableByExample
	set := c.setByExamples()
	for _, property := range c.unlisted() {
		if at, ok := set[strings.ToLower(property.Name)]; ok {
			list = append(list, SettableByExample{c.place, property, at, c.table.RequestProperties[0].Position})
		}
	}
	return list
}
