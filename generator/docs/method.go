package docs

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// method is a method with the pages that describe it. An element of the model has
// one for each key: operations that several resources answer are one.
type method struct {
	*api.Method
	pages    []described // the newest first; pages that only have an example come last
	table    *Page       // the newest page with a table of the body, or nil
	examples []*Example  // in the order of the pages
}

// described is a page about a method.
type described struct {
	page     *Page
	requests []string // of the method, that the page lists: "GET /users/{id}/messages"
}

// methodID identifies a method by the element that it belongs to.
type methodID struct{ target, key string }

// methods returns the methods that pages, the oldest first, describe.
func methods(m *model.Model, pages []*Page) []*method {
	c := &collector{model: m, byID: map[methodID]*method{}}
	for _, p := range pages {
		if p.Kind == Method {
			c.add(p)
		}
	}
	return c.list
}

// collector collects the methods that pages describe.
type collector struct {
	model *model.Model
	list  []*method
	byID  map[methodID]*method
}

// find returns the method that a request calls, or nil, and the request as the model
// spells it.
func (c *collector) find(verb, path string) (d *method, request string) {
	found, _ := api.Find(c.model, verb, path)
	if found == nil {
		return nil, ""
	}
	id := methodID{found.Target(c.model), found.Key()}
	if d = c.byID[id]; d == nil {
		d = &method{Method: found}
		c.byID[id] = d
		c.list = append(c.list, d)
	}
	return d, found.Requests()[0]
}

func (c *collector) add(p *Page) {
	var listed []*method
	for _, r := range p.Requests {
		d, request := c.find(r.Verb, r.Path)
		if d == nil {
			continue
		}
		if !slices.Contains(listed, d) {
			listed = append(listed, d)
			d.pages = slices.Insert(d.pages, 0, described{page: p})
			if len(p.RequestProperties) > 0 {
				d.table = p
			}
		}
		if !slices.Contains(d.pages[0].requests, request) {
			d.pages[0].requests = append(d.pages[0].requests, request)
		}
	}
	shown := map[*method][]*Example{}
	for _, e := range p.Examples {
		d := c.shownBy(e, listed)
		switch {
		case d == nil:
		case slices.Contains(listed, d):
			shown[d] = append(shown[d], e)
		default:
			if !slices.ContainsFunc(d.pages, func(about described) bool { return about.page == p }) {
				d.pages = append(d.pages, described{page: p})
			}
			d.examples = append(d.examples, e)
		}
	}
	for _, d := range listed {
		d.examples = slices.Concat(shown[d], d.examples)
	}
}

// shownBy returns the method that an example of a page shows, or nil. The page need
// not list it. The path of an example may have a mistake, and lead nowhere: then the
// verb decides among those that the page lists.
func (c *collector) shownBy(e *Example, listed []*method) *method {
	verb := ""
	if e.Request != nil {
		verb = e.Request.Verb
		if d, _ := c.find(verb, e.Request.Path); d != nil {
			return d
		}
	}
	i := slices.IndexFunc(listed, func(d *method) bool { return verb == "" || d.Verb == verb })
	if i < 0 {
		return nil
	}
	return listed[i]
}

// annotations returns what the pages say about the method.
func (d *method) annotations(m *model.Model, version string) *model.Target {
	newest := d.pages[0].page
	t := &model.Target{Path: d.Target(m), Position: newest.Position}
	var all []vocab.Facts
	for _, about := range d.pages {
		all = append(all, about.facts(version))
	}
	t.Annotated = append(t.Annotated, vocab.NewMethodFacts(d.Key(), all, newest.Position))
	if d.table != nil && d.Resource.Cast == nil {
		at := d.table.RequestProperties[0].Position
		switch d.Kind {
		case api.Create:
			insert := vocab.InsertRestrictions(d.Resource.Annotations())
			insert.NonInsertable, insert.Page = d.refused(), d.table.Address(version)
			t.Annotated = append(t.Annotated, vocab.NewInsertRestrictions(insert, at))
		case api.Update:
			update := vocab.UpdateRestrictions(d.Resource.Annotations())
			update.NonUpdatable, update.Page = d.refused(), d.table.Address(version)
			t.Annotated = append(t.Annotated, vocab.NewUpdateRestrictions(update, at))
		}
	}
	exchange, problems := d.example()
	t.Problems = append(t.Problems, problems...)
	if request := exchange.Request; request != nil {
		t.Annotated = append(t.Annotated, vocab.NewMethodExample(d.Key(), "Request", request.head(), request.JSON, request.Position))
	}
	if response := exchange.Response; response != nil {
		t.Annotated = append(t.Annotated, vocab.NewMethodExample(d.Key(), "Response", response.head(), response.JSON, response.Position))
	}
	for _, s := range d.settableByExample() {
		t.Problems = append(t.Problems, s.warning())
	}
	return t
}

// facts returns what a page says about the method apart from its body.
func (about described) facts(version string) vocab.Facts {
	p := about.page
	f := vocab.Facts{Page: p.Address(version), Requests: about.requests}
	for _, permissions := range p.Permissions {
		for _, access := range []struct {
			scheme string
			Access
		}{
			{vocab.SchemeDelegated, permissions.Delegated},
			{vocab.SchemePersonal, permissions.Personal},
			{vocab.SchemeApplication, permissions.Application},
		} {
			if access.Supported != model.Unknown {
				f.Permissions = append(f.Permissions, vocab.Permission{
					Subject: permissions.Subject, Scheme: access.scheme, Supported: access.Supported == model.Yes, AnyOf: access.AnyOf,
				})
			}
		}
	}
	for _, o := range p.QueryOptions {
		if o.Supported {
			f.Options = append(f.Options, o.Name)
		} else {
			f.Unsupported = append(f.Unsupported, o.Name)
		}
	}
	for _, r := range p.Responses {
		if !slices.Contains(f.Statuses, r.Status) {
			f.Statuses = append(f.Statuses, r.Status)
		}
	}
	return f
}

// refused returns the names of the structural properties that the body cannot set:
// neither the table lists them, nor a request example sets them.
func (d *method) refused() []string {
	var names []string
	set := d.setByExamples()
	for _, property := range d.unlisted() {
		if _, ok := set[strings.ToLower(property.Name)]; !ok {
			names = append(names, property.Name)
		}
	}
	slices.Sort(names)
	return names
}

// unlisted returns the structural properties that the table does not list.
func (d *method) unlisted() []*model.Property {
	var list []*model.Property
	if d.table == nil || d.Kind != api.Create && d.Kind != api.Update {
		return nil
	}
	for t := d.Resource.Type(); t != nil; t = t.BaseType() {
		for _, property := range t.Properties {
			if RowFor(d.table.RequestProperties, property.Name) == nil {
				list = append(list, property)
			}
		}
	}
	return list
}

// setByExamples returns the names, in lower case, that request examples set, and
// the position of the first example to do so.
func (d *method) setByExamples() map[string]source.Position {
	set := map[string]source.Position{}
	for _, e := range d.examples {
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

// SettableByExample is a property that a request example of a create or an update
// sets, though the table of its page does not list it. The example wins: the method
// can set the property.
type SettableByExample struct {
	Method   *api.Method
	Property *model.Property
	Example  source.Position
	Table    source.Position
}

// SettablesByExample returns the properties that only examples show to be settable,
// in the order of the pages and of the model.
func SettablesByExample(m *model.Model, pages []*Page) []SettableByExample {
	var list []SettableByExample
	for _, d := range methods(m, oldestFirst(pages)) {
		list = append(list, d.settableByExample()...)
	}
	return list
}

func (d *method) settableByExample() []SettableByExample {
	var list []SettableByExample
	set := d.setByExamples()
	for _, property := range d.unlisted() {
		if at, ok := set[strings.ToLower(property.Name)]; ok {
			list = append(list, SettableByExample{d.Method, property, at, d.table.RequestProperties[0].Position})
		}
	}
	return list
}

// Says names the method in a sentence: "a create", "an update".
func (s SettableByExample) Says() string {
	if s.Method.Verb == http.MethodPatch {
		return "an update"
	}
	return "a create"
}

func (s SettableByExample) warning() source.Diagnostic {
	return source.Diagnostic{
		Position: s.Example, Severity: source.Warning,
		Message: s.Property.Name + " can be set by " + s.Says() + ", as this example shows; the table at " + s.Table.String() + " does not list it",
	}
}
