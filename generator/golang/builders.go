package golang

import (
	"cmp"
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
				p.pinStep(link.To, step.Method)
			}
			*from = append(*from, step)
		}
	}
	for _, link := range s.Steps {
		method := p.names.pinnedStep(link.To)
		from := steps(link.From)
		if link.IsProperty() && vocab.Retained(link.To.Annotations()) && free(*from, method) {
			p.pinStep(link.To, method)
			*from = append(*from, Step{Method: method, To: builder(link.To), Retained: true})
		}
	}
	for _, b := range p.plan.Builders {
		p.casts(b, methods)
	}
	names := p.callNames(s.Methods, builder, methods)
	for _, o := range s.Methods {
		b := builder(o.Resource)
		m := p.method(b, o, names[o])
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

// casts gives casts other names than those that are pinned for other steps. It also spares
// those of calls, unless the package had the cast before.
func (p *planner) casts(b *Builder, methods *methods) {
	for i, s := range b.Steps {
		if s.Kind != ToCast {
			continue
		}
		key := s.To.Resource.ID() + stepSuffix
		isNew := p.names.pinned[s.To.Resource.ID()] == ""
		others := slices.Delete(slices.Clone(b.Steps), i, i+1)
		name := ident.Unique(cmp.Or(p.names.pinned[key], s.Method), func(name string) bool {
			return !free(others, name) || isNew && methods.isMember(b.Resource.Type(), b.Resource.Collection(), name, "")
		})
		if name != s.Method {
			p.plan.Names[key] = name
		}
		b.Steps[i].Method = name
	}
}

// propertyMethod decides the name of the Go method that leads to a structural
// property, among the other steps of a builder.
func (p *planner) propertyMethod(r model.Resource, steps []Step, methods *methods) string {
	isTaken := func(name string) bool {
		return !free(steps, name) || stdMethods[name] || methods.isMember(r.Owner, false, name, methodKey(r)) || methods.isNavigation(r.Owner, name)
	}
	name := cmp.Or(p.stepNames[methodKey(r)], p.names.pinnedStep(r))
	if free(steps, name) && p.names.hadStep(r) || name != "" && !isTaken(name) {
		return name
	}
	return ident.Unique(p.names.rules.Exported(r.Property.Name), func(name string) bool {
		return isTaken(name) || methods.isCast(r.Owner, name)
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

// stdMethods are the names of methods that go vet allows one signature alone (its analyzer
// stdmethods). Builders get none with these names, but keep those that earlier versions gave.
var stdMethods = map[string]bool{
	"GobDecode": true, "GobEncode": true, "MarshalJSON": true, "MarshalXML": true, "ReadByte": true, "ReadRune": true, "Seek": true,
	"UnmarshalJSON": true, "UnmarshalXML": true, "UnreadByte": true, "UnreadRune": true, "WriteByte": true,
}

// clientMembers are what the client embeds.
var clientMembers = map[string]bool{"Client": true, "Link": true, "OData": true, "Resource": true}

// methods are the names of the methods that lead from one builder to the next, by
// the method keys of the resources that they lead to.
type methods struct {
	names  *names
	goName map[string]string
	done   map[*model.StructuredType]bool

	pinned map[string][]member // that have names already, by name
}

func newMethods(n *names, of *model.Model, pinned map[string][]member) *methods {
	m := &methods{names: n, goName: map[string]string{}, done: map[*model.StructuredType]bool{}, pinned: pinned}
	if c := of.Container; c != nil {
		taken := maps.Clone(clientMembers)
		for _, source := range c.Sources {
			m.declare(model.Resource{Source: source}, taken)
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

// stepSuffix ends the key of a method that leads to a resource if that of its property is
// the key of a field with another name.
const stepSuffix = fieldSeparator + "step"

// pinnedStep returns the pinned name of the method that leads to r, or "".
func (n *names) pinnedStep(r model.Resource) string {
	return cmp.Or(n.pinned[methodKey(r)+stepSuffix], n.pinned[methodKey(r)])
}

// hadStep reports whether the package had a builder for r, so that the method that leads
// to it has a name.
func (n *names) hadStep(r model.Resource) bool { return n.pinned[r.ID()] != "" }

// pinStep enters the name of the method that leads to r into the names of the plan.
func (p *planner) pinStep(r model.Resource, method string) {
	key := methodKey(r)
	p.stepNames[key] = method
	if field := p.plan.Names[key]; field != "" && field != method {
		key += stepSuffix
	}
	p.plan.Names[key] = method
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
		r := model.Resource{Navigation: n, Owner: t}
		if m.done[t] {
			taken[m.goName[methodKey(r)]] = true
		} else {
			m.declare(r, taken)
		}
	}
	m.done[t] = true
	return taken
}

// isNavigation reports whether builders of type t, or of one derived from it, have a method
// with a name that leads to a navigation property, whatever is selected.
func (m *methods) isNavigation(t *model.StructuredType, name string) bool {
	if m.navigation(t)[name] {
		return true
	}
	for d := range t.Descendants() {
		if m.navigation(d)[name] {
			return true
		}
	}
	return false
}

// declare decides the name of the method that leads to r.
func (m *methods) declare(r model.Resource, taken map[string]bool) {
	t, key := r.Owner, methodKey(r)
	method := m.names.pinnedStep(r)
	if method == "" || taken[method] || !m.names.hadStep(r) && m.isMember(t, false, method, key) {
		method = ident.Unique(m.names.rules.Exported(r.Name()), func(s string) bool {
			return taken[s] || stdMethods[s] || m.isCast(t, s) || m.isMember(t, false, s, key)
		})
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
