package docs

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// method is a method with the pages that describe it. An element of the model has
// one for each key: operations that several resources answer are one.
type method struct {
	*api.Method
	pages    []described // the newest first; less specific ones come last
	table    *Page       // the first of these with a table of the body, or nil; nil, too, if that page says the body is open
	examples []*Example  // in the order of the pages
}

// described is a page about a method.
type described struct {
	page     *Page
	requests []model.Path // of the method, that the page lists
	shown    []model.Path // that its examples show
	examples []*Example   // of the method
	several  bool         // the page is about methods of several types, such as extensions of them
}

// rank orders pages by how specific they are. A page that lists no request of the
// method has an example of it.
func (about described) rank() int {
	switch {
	case len(about.requests) == 0:
		return 2
	case about.several:
		return 1
	}
	return 0
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
	// Methods that only the failed look-up of an example led to have no pages.
	c.list = slices.DeleteFunc(c.list, func(d *method) bool { return len(d.pages) == 0 })
	for _, d := range c.list {
		slices.Reverse(d.pages)
		slices.SortStableFunc(d.pages, func(a, b described) int { return cmp.Compare(a.rank(), b.rank()) })
		for _, about := range d.pages {
			d.examples = append(d.examples, about.examples...)
			if d.table == nil && len(about.requests) > 0 && d.isTable(about.page.RequestProperties) {
				d.table = about.page
			}
		}
		if d.table != nil && (d.table.OpenBody || d.isTable(d.table.LeftOut)) {
			d.table = nil // it does not show which properties are read-only
		}
	}
	return c.list
}

// isTable reports whether a table is about the body of the method: at least half of
// its rows are about a property of it. A page about several methods has the table of
// one of them. Control information can be in any body.
func (d *method) isTable(rows []*Property) bool {
	known, unknown := 0, 0
	for _, row := range rows {
		switch {
		case strings.Contains(row.Name, "@"):
		case d.declares(row.whole()):
			known++
		default:
			unknown++
		}
	}
	return known > 0 && known >= unknown
}

// declares reports whether the type of the resource has a property, spelled in any case.
func (d *method) declares(name string) bool {
	for t := d.Resource.Type(); t != nil; t = t.BaseType() {
		if declares(t, name) {
			return true
		}
	}
	return false
}

// declares reports whether a type itself declares a property, spelled in any case.
func declares(t *model.StructuredType, name string) bool {
	return slices.ContainsFunc(t.Properties, func(p *model.Property) bool { return strings.EqualFold(p.Name, name) }) ||
		slices.ContainsFunc(t.Navigation, func(n *model.Navigation) bool { return strings.EqualFold(n.Name, name) })
}

// collector collects the methods that pages describe.
type collector struct {
	model *model.Model
	list  []*method
	byID  map[methodID]*method
}

// find returns the method that a request calls, or nil, and the path to its resource.
func (c *collector) find(verb, path string) (*method, model.Path) {
	found, _ := api.Find(c.model, verb, path)
	if found == nil {
		return nil, nil
	}
	id := methodID{found.Target(c.model), found.Key()}
	d := c.byID[id]
	if d == nil {
		d = &method{Method: found}
		c.byID[id] = d
		c.list = append(c.list, d)
	}
	return d, found.Paths[0]
}

// add adds what a page says about methods.
func (c *collector) add(p *Page) {
	var listed []*method
	for _, r := range p.Requests {
		d, path := c.find(r.Verb, r.Path)
		if d == nil {
			continue
		}
		if !slices.Contains(listed, d) {
			listed = append(listed, d)
		}
		about := d.about(p)
		if !slices.ContainsFunc(about.requests, func(known model.Path) bool { return slices.Equal(known, path) }) {
			about.requests = append(about.requests, path)
		}
	}
	for _, d := range listed {
		d.about(p).several = d.Resource.Type() != listed[0].Resource.Type() || d.Resource.Type() != listed[len(listed)-1].Resource.Type()
	}
	for _, e := range p.Examples {
		if d, path := c.shownBy(e, listed); d != nil {
			about := d.about(p)
			about.examples = append(about.examples, e)
			if path != nil {
				about.shown = append(about.shown, path)
			}
		}
	}
}

// about returns the entry of a page, which is the last one.
func (d *method) about(p *Page) *described {
	if n := len(d.pages); n == 0 || d.pages[n-1].page != p {
		d.pages = append(d.pages, described{page: p})
	}
	return &d.pages[len(d.pages)-1]
}

// shownBy returns the method that an example of a page shows, or nil, and the path of
// its request. The page need not list it. The path of an example may have a mistake, and
// lead nowhere: then it is nil, and the verb decides among those that the page lists.
func (c *collector) shownBy(e *Example, listed []*method) (*method, model.Path) {
	verb := ""
	if e.Request != nil {
		verb = e.Request.Verb
		if d, path := c.find(verb, e.Request.Path); d != nil {
			return d, path
		}
	}
	i := slices.IndexFunc(listed, func(d *method) bool { return verb == "" || d.Verb == verb })
	if i < 0 {
		return nil, nil
	}
	return listed[i], nil
}
