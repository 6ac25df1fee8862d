package openapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// restrict annotates every resource with what all paths to it say together:
// which requests it takes, and with which query options. A navigation property
// that no path leads to cannot be reached.
func (p *parser) restrict() {
	for t, keys := range p.alternateKeys {
		all := make([][]vocab.KeyProperty, len(keys))
		for i, key := range keys {
			for _, name := range key.names {
				all[i] = append(all[i], vocab.KeyProperty{Name: name, Path: name})
			}
		}
		t.Annotated = append(t.Annotated, vocab.NewAlternateKeys(all, keys[0].position))
	}
	overloads := p.overloads()
	for _, s := range p.model.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				r := p.byElement[&n.Element]
				if r == nil {
					n.Annotated = append(n.Annotated, vocab.NewNavigationRestrictions(vocab.Navigation{Unlisted: true}, n.Position))
					continue
				}
				p.annotate(r)
				p.annotateNavigation(n, r)
				p.annotateNotListed(r, n.ContainsTarget != model.No, overloads)
			}
			for _, q := range t.Properties {
				if r := p.byElement[&q.Element]; r != nil && len(r.paths) > 0 {
					p.annotateValue(r)
					p.annotateNotListed(r, true, overloads)
				}
			}
		}
	}
	for _, s := range p.model.Container.Sources {
		if r := p.byElement[&s.Element]; r != nil {
			p.annotate(r)
			p.annotateNotListed(r, true, overloads)
		}
	}
}

// annotateNavigation says whether the target of a navigation property lives
// elsewhere. Only such a target has references that can be changed; but where a
// collection takes new items too, they live in it or elsewhere.
func (p *parser) annotateNavigation(n *model.Navigation, r *resource) {
	if r.refs && (!n.Type.Collection || p.create(r) == nil) {
		n.ContainsTarget = model.No
	}
	n.Annotated = append(n.Annotated, vocab.NewNavigationRestrictions(vocab.Navigation{Referenceable: model.FactOf(r.refs)}, r.position))
}

// annotate says which requests an entity set, a singleton or a navigation
// property takes.
func (p *parser) annotate(r *resource) {
	add := func(a *model.Annotation) { r.element.Annotated = append(r.element.Annotated, a) }
	single := r.paths
	if r.ref.Collection {
		single = r.items
	}
	r.annotated = true
	p.useAll(r, single)
	read := vocab.Read{Readable: model.FactOf(first(r.paths, http.MethodGet) != nil)}
	if r.ref.Collection {
		read.ByKey = model.FactOf(first(r.items, http.MethodGet) != nil)
	}
	if r.wanted {
		read.Headers = p.headers(first(slices.Concat(r.paths, r.items), http.MethodGet))
	}
	add(vocab.NewReadRestrictions(read, r.position))
	add(vocab.NewUpdateRestrictions(updates(single), r.position))
	add(vocab.NewDeleteRestrictions(model.FactOf(first(single, http.MethodDelete) != nil), r.position))
	if len(r.casts) > 0 {
		add(vocab.NewCasts(castsOf(r), r.position))
	}
	if r.ref.Collection {
		p.annotateCreate(r)
	}
	if r.wanted {
		p.annotateQuery(r)
	} else if r.counted {
		add(vocab.NewQueryOptions(vocab.Query{Count: model.Yes}, r.position)[0])
	}
}

// annotateValue says which requests a structural property takes.
func (p *parser) annotateValue(r *resource) {
	r.annotated = true
	if p.types[r.ref.Name] != nil && !r.ref.Collection {
		for _, i := range r.paths {
			i.use(http.MethodGet, http.MethodPatch)
		}
	}
	r.element.Annotated = append(r.element.Annotated,
		vocab.NewReadRestrictions(vocab.Read{Readable: model.FactOf(first(r.paths, http.MethodGet) != nil)}, r.position),
		vocab.NewUpdateRestrictions(updates(r.paths), r.position),
		vocab.NewDeleteRestrictions(model.FactOf(first(r.paths, http.MethodDelete) != nil), r.position),
	)
}

// first returns the first path, in order, with an operation, or nil.
func first(items []*pathItem, verb string) *pathItem {
	var found *pathItem
	for _, i := range items {
		if i.has(verb) && (found == nil || i.path < found.path) {
			found = i
		}
	}
	return found
}

func updates(items []*pathItem) vocab.Update {
	var u vocab.Update
	for _, verb := range []string{http.MethodPatch, http.MethodPut} {
		if first(items, verb) != nil {
			u.Methods = append(u.Methods, verb)
		}
	}
	u.Updatable = model.FactOf(u.Methods != nil)
	return u
}

func castsOf(r *resource) []vocab.Cast {
	list := make([]vocab.Cast, len(r.casts))
	for i, c := range r.casts {
		list[i] = vocab.Cast{Type: c.typeName, Item: c.item, Readable: c.readable}
	}
	return list
}

// create returns the first path, in order, with a POST that creates an item.
func (p *parser) create(r *resource) *pathItem {
	var found *pathItem
	for _, i := range r.paths {
		if i.has(http.MethodPost) && (found == nil || i.path < found.path) && p.takes(i, r) {
			found = i
		}
	}
	return found
}

// takes reports whether a POST takes an item of a collection. Where nobody asks
// for the collection, the request is not read.
func (p *parser) takes(i *pathItem, r *resource) bool {
	if !r.wanted {
		return true
	}
	body, ok := p.contentType(p.requestBody(i, http.MethodPost))
	return !ok || !body.Collection && (p.extends(body.Name, r.ref.Name) || p.extends(r.ref.Name, body.Name))
}

func (p *parser) annotateCreate(r *resource) {
	for _, i := range r.paths {
		if i.has(http.MethodPost) && !p.takes(i, r) {
			body, _ := p.contentType(p.requestBody(i, http.MethodPost))
			r.element.Warnf(i.operations[http.MethodPost].at, "POST %s takes %v, which is not an item of a collection of %s: it is left out", i.path, body, r.ref.Name)
		}
	}
	i := p.create(r)
	if i == nil {
		r.element.Annotated = append(r.element.Annotated, vocab.NewInsertRestrictions(vocab.Insert{Insertable: model.No}, r.position))
		return
	}
	r.element.Annotated = append(r.element.Annotated, vocab.NewInsertRestrictions(vocab.Insert{Insertable: model.Yes}, i.position))
	if !r.wanted {
		return
	}
	if at, problem := p.brokenBody(i.field(http.MethodPost, "requestBody"), "requestBodies"); problem != "" && r.element.Defect() == nil {
		r.element.Warnf(at, "POST %s: %s: it is assumed to create an item", i.path, problem)
	}
	mark := len(p.problems)
	r.element.Annotated = append(r.element.Annotated, p.createAnnotations(i)...)
	r.element.Problems = append(r.element.Problems, p.take(mark)...)
}

// headers returns the request headers that an operation describes.
func (p *parser) headers(i *pathItem) []string {
	if i == nil {
		return nil
	}
	var names []string
	for _, parameter := range p.parameters(i, http.MethodGet, "header") {
		names = append(names, parameter.get("name").text())
	}
	slices.Sort(names)
	return names
}

// annotateQuery says which query options a resource takes, as far as its GET
// has any: a document that has none at all says nothing about them.
func (p *parser) annotateQuery(r *resource) {
	i := first(r.paths, http.MethodGet)
	if i == nil {
		i = first(r.items, http.MethodGet)
	}
	options := map[string]value{}
	if i != nil {
		for _, parameter := range p.parameters(i, http.MethodGet, "query") {
			if name, ok := strings.CutPrefix(parameter.get("name").text(), "$"); ok {
				options[name] = parameter
			}
		}
	}
	q := vocab.Query{}
	if len(options) > 0 {
		fact := func(name string) model.Fact { return model.FactOf(options[name].exists()) }
		q.Select, q.Expand = fact("select"), fact("expand")
		if r.ref.Collection && first(r.paths, http.MethodGet) != nil {
			q.Top, q.Skip, q.Count = fact("top"), fact("skip"), fact("count")
			q.Filter, q.Search, q.Sort = fact("filter"), fact("search"), fact("orderby")
		}
		p.listProperties(r, options, &q)
	}
	if r.counted {
		q.Count = model.Yes
	}
	r.element.Annotated = append(r.element.Annotated, vocab.NewQueryOptions(q, r.position)...)
}

// listProperties says which properties $orderby and $expand do not take: those
// of the type that are not among the values that the document lists.
func (p *parser) listProperties(r *resource, options map[string]value, q *vocab.Query) {
	sortable, expandable := p.listed(options["orderby"]), p.listed(options["expand"])
	for t := range p.chain(p.types[r.ref.Name]) {
		for _, property := range t.Properties {
			if len(sortable) > 0 && !sortable[property.Name] && q.Sort == model.Yes {
				q.NonSortable = append(q.NonSortable, property.Name)
			}
		}
		for _, n := range t.Navigation {
			if len(expandable) > 0 && !expandable[n.Name] && q.Expand == model.Yes {
				q.NonExpandable = append(q.NonExpandable, n.Name)
			}
		}
	}
	if !p.expand(len(q.NonSortable) + len(q.NonExpandable)) {
		q.NonSortable, q.NonExpandable = nil, nil // no document of Graph comes near that
	}
	slices.Sort(q.NonSortable)
	slices.Sort(q.NonExpandable)
}

// listed returns the names of the properties that a query option takes; none if
// the document does not list them.
func (p *parser) listed(option value) map[string]bool {
	schema := p.docs.follow(option.get("schema")).value
	values := p.docs.follow(schema.get("items")).get("enum")
	names, ok := p.listedNames[values.node]
	if !ok {
		names = map[string]bool{}
		for _, item := range values.items() {
			name, _, _ := strings.Cut(item.text(), " ") // "name desc"
			names[name] = true
		}
		delete(names, "*")
		p.listedNames[values.node] = names
	}
	return names
}
