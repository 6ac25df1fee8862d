package golang

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// builders plans the builders, the steps between them, and the methods that send
// requests.
func (p *planner) builders(s *api.Selection, methods *methods) {
	builders := map[model.Resource]*Builder{}
	builder := func(r model.Resource) *Builder {
		if r.IsRoot() {
			return p.plan.Client
		}
		b, ok := builders[r]
		if !ok {
			switch {
			case r.Cast != nil:
				p.names.declareFile(r.ID(), p.names.castName(r))
			case r.Property != nil:
				p.names.declareFile(r.ID(), p.names.goName[r.Owner.QualifiedName()]+p.names.rules.Suffix(r.Property.Name)+"Builder")
			}
			b = &Builder{Name: p.name(r.ID()), File: p.file(r.ID()), Resource: r, Retained: true}
			builders[r] = b
			p.plan.Builders = append(p.plan.Builders, b)
		}
		return b
	}
	steps := func(r model.Resource) *[]Step {
		if r == (model.Resource{}) {
			return &p.plan.Client.Steps
		}
		return &builder(r).Steps
	}
	for _, link := range s.Steps {
		to, from := builder(link.To), steps(link.From)
		to.Retained = to.Retained && link.Retained
		if link.IsProperty() && vocab.Retained(link.To.Annotations()) {
			continue
		}
		for _, step := range p.step(link, to, methods) {
			if link.To.Property != nil && link.IsProperty() {
				step.Method = p.propertyMethod(link.To, *from, methods)
			}
			if step.Kind == ToProperty {
				p.plan.Names[methodKey(link.To)] = step.Method
			}
			*from = append(*from, step)
		}
	}
	for _, link := range s.Steps {
		key := methodKey(link.To)
		method := p.names.pinned[key]
		from := steps(link.From)
		if link.IsProperty() && vocab.Retained(link.To.Annotations()) && free(*from, method) {
			p.plan.Names[key] = method
			*from = append(*from, Step{Method: method, To: builder(link.To), Retained: true})
		}
	}
	for _, b := range p.plan.Builders {
		b.avoidPinned()
	}
	for _, o := range s.Methods {
		b := builder(o.Resource)
		m := p.method(b, o)
		if m.Builder.Function != nil {
			m.Builder.Calls = append(m.Builder.Calls, o)
		}
		if same := m.Builder.call(); same != nil {
			same.addPaths(o.Paths)
			continue
		}
		m.Builder.Methods = append(m.Builder.Methods, m)
		p.plan.Methods = append(p.plan.Methods, m)
	}
	slices.SortFunc(p.plan.Builders, func(a, b *Builder) int { return strings.Compare(a.Name, b.Name) })
}

// avoidPinned gives casts other names than those that are pinned for other steps.
func (b *Builder) avoidPinned() {
	for i, s := range b.Steps {
		if s.Kind == ToCast {
			others := slices.Delete(slices.Clone(b.Steps), i, i+1)
			b.Steps[i].Method = ident.Unique(s.Method, func(name string) bool { return !free(others, name) })
		}
	}
}

// propertyMethod decides the name of the Go method that leads to a structural
// property, among the other steps of a builder.
func (p *planner) propertyMethod(r model.Resource, steps []Step, methods *methods) string {
	if name, ok := p.names.pinned[methodKey(r)]; ok && free(steps, name) {
		return name
	}
	return ident.Unique(p.names.rules.Exported(r.Property.Name), func(name string) bool {
		return !free(steps, name) || methods.isCast(r.Owner, name) || methods.isCall(r.Owner, name)
	})
}

// call returns the method of the builder for a function that calls it, or
// nil if there is none yet: several resources can share the builder.
func (b *Builder) call() *Method {
	if b.Function == nil || len(b.Methods) == 0 {
		return nil
	}
	return b.Methods[0]
}

// addPaths adds the paths from another resource with the same function.
func (m *Method) addPaths(paths []model.Path) {
	both := *m.Method
	both.Paths = append(slices.Clone(both.Paths), paths...)
	both.Paths = both.Paths[:min(len(both.Paths), api.MaxPaths)]
	m.Method = &both
}

// reservedMethods are the names of the methods that send requests, of ByID, which
// leads to an item of a collection, and of what builders embed.
var reservedMethods = []string{
	"All", "ByID", "ByKey", "Content", "Count", "Create", "Delete", "Delta", "DeltaFrom", "Get", "List",
	"Path", "Ref", "Replace", "Resource", "URL", "Update",
}

// clientMembers are what the client embeds.
var clientMembers = map[string]bool{"Client": true, "Link": true, "OData": true, "Resource": true}

// methods are the names of the methods that lead from one builder to the next, by
// the method keys of the resources that they lead to.
type methods struct {
	names  *names
	goName map[string]string
	done   map[*model.StructuredType]bool

	calls map[string][]*model.StructuredType // the types of items with operations, by the pinned names of the Go methods
}

func newMethods(n *names, of *model.Model) *methods {
	m := &methods{names: n, goName: map[string]string{}, done: map[*model.StructuredType]bool{}, calls: map[string][]*model.StructuredType{}}
	for _, s := range of.Schemas {
		for _, o := range s.Operations {
			if t, collection := o.Binding(); len(n.pinned) > 0 && t != nil && !collection {
				name := n.pinned[operationMethodKey(o)]
				m.calls[name] = append(m.calls[name], t)
			}
		}
	}
	if c := of.Container; c != nil {
		taken := maps.Clone(clientMembers)
		for _, source := range c.Sources {
			m.declare(methodKey(model.Resource{Source: source}), source.Name, taken, nil)
		}
	}
	return m
}

// methodKey is the key of the method that leads to r.
func methodKey(r model.Resource) string {
	if r.Owner == nil {
		return fieldSeparator + r.Name()
	}
	return fieldKey(r.Owner, r.Name())
}

// of returns the name of the method that leads to r.
func (m *methods) of(r model.Resource) string {
	if r.Owner != nil && !m.done[r.Owner] {
		m.navigation(r.Owner)
	}
	return m.goName[methodKey(r)]
}

// navigation decides the names of the methods for the navigation properties of t
// and its base types, which the same builders have. It returns all names of these
// builders.
func (m *methods) navigation(t *model.StructuredType) map[string]bool {
	taken := map[string]bool{}
	for _, name := range reservedMethods {
		taken[name] = true
	}
	if base := t.BaseType(); base != nil {
		taken = m.navigation(base)
	}
	for _, n := range t.Navigation {
		if vocab.Retained(n.Annotated) {
			continue // its name is pinned
		}
		key := methodKey(model.Resource{Navigation: n, Owner: t})
		if m.done[t] {
			taken[m.goName[key]] = true
		} else {
			m.declare(key, n.Name, taken, t)
		}
	}
	m.done[t] = true
	return taken
}

// declare decides the name of a method that builders of type t have.
func (m *methods) declare(key, name string, taken map[string]bool, t *model.StructuredType) {
	method, pinned := m.names.pinned[key]
	if !pinned || taken[method] {
		method = ident.Unique(m.names.rules.Exported(name), func(s string) bool { return taken[s] || m.isCast(t, s) || m.isCall(t, s) })
	}
	taken[method] = true
	m.goName[key] = method
}

// isCast reports whether a name is that of the method for a cast, on builders of type t or
// of one derived from it, whatever is selected.
func (m *methods) isCast(t *model.StructuredType, name string) bool {
	to, ok := strings.CutPrefix(name, castPrefix)
	if t == nil || !ok || len(m.names.structured[to]) == 0 {
		return false
	}
	for d := range t.Descendants() {
		if m.names.goName[d.QualifiedName()] == to {
			return true
		}
	}
	return false
}

// isCall reports whether an earlier run gave a name to the method for an operation on
// builders of type t, or of one derived from it, whatever is selected.
func (m *methods) isCall(t *model.StructuredType, name string) bool {
	return t != nil && slices.ContainsFunc(m.calls[name], func(bound *model.StructuredType) bool {
		return isOrExtends(bound, t) || isOrExtends(t, bound)
	})
}

// isOrExtends reports whether t is base or derived from it.
func isOrExtends(t, base *model.StructuredType) bool {
	for ; t != nil; t = t.BaseType() {
		if t == base {
			return true
		}
	}
	return false
}

// castPrefix is the beginning of the names of the methods for casts.
const castPrefix = "As"
