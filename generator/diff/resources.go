package diff

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// resource is a resource of a package, together with its items.
type resource struct {
	model.Resource                           // the collection, if it is one
	methods        map[string]*golang.Method // by methodKey
	keys           []string                  // the alternate keys of the items
	at             source.Position
}

// resourcesOf returns the resources of a package by subject, without retained ones and
// without the root, whose methods unbound compares.
func resourcesOf(p *golang.Plan) map[string]*resource {
	list := map[string]*resource{}
	at := func(of model.Resource) *resource {
		subject := resourceSubject(of)
		r := list[subject]
		if r == nil {
			r = &resource{at: of.Pos(), methods: map[string]*golang.Method{}}
			list[subject] = r
		}
		r.Resource = of
		r.Item = false
		return r
	}
	for _, b := range p.Builders {
		for _, call := range b.Calls { // a function is a method of each resource that shares the builder
			m := *b.Methods[0]
			m.Method = call
			if call.Import == nil && !vocab.Retained(call.Resource.Annotations()) {
				at(call.Resource).methods[methodKey(&m)] = &m
			}
		}
		if b.Function != nil || vocab.Retained(b.Resource.Annotations()) {
			continue
		}
		r := at(b.Resource)
		if b.Resource.Collection() {
			r.keys = alternateKeys(b)
		}
		for _, m := range b.Methods {
			if !m.Retained {
				r.methods[methodKey(m)] = m
			}
		}
	}
	return list
}

// methodKey distinguishes the methods of a resource and of its items.
func methodKey(m *golang.Method) string {
	if m.Operation != nil {
		return fmt.Sprint(m.Kind, " ", m.Operation.Signature(), m.Resource.Collection())
	}
	if m.Stream != nil {
		return string(m.Kind) + " " + m.Stream.Name
	}
	return string(m.Kind)
}

// alternateKeys returns the alternate keys of the items of a collection.
func alternateKeys(b *golang.Builder) []string {
	var list []string
	for _, s := range b.Steps {
		if s.Kind == golang.ToItem && s.Method != "ByID" && s.Method != "ByKey" && !s.Retained {
			var names []string
			for _, key := range s.Keys {
				names = append(names, key.Name)
			}
			list = append(list, "alternate "+strings.Join(names, " and "))
		}
	}
	return list
}

// says describes a resource by its requests if it has any, else by its type.
func (r *resource) says() (kind Kind, text string, requests []string) {
	if len(r.methods) == 0 {
		return KindResource, r.typeName(), nil
	}
	for _, kind := range sortedKeys(r.methods, nil) {
		requests = append(requests, r.methods[kind].Requests()...)
	}
	return KindMethod, strings.Join(requests, ", "), requests
}

// methods returns the other subjects of a change: anyMethod for a method.
func methods(kind Kind) []string {
	if kind == KindMethod {
		return []string{anyMethod}
	}
	return nil
}

func (r *resource) typeName() string {
	return r.Ref().String()
}

// resources compares the resources, the steps to them, and the methods.
func (c *comparer) resources() {
	old, new := resourcesOf(c.old.Plan), resourcesOf(c.new.Plan)
	m := retain.MatchResources(addressed(old), addressed(new))
	var both []pair
	same := func(subject string, o, n *resource) {
		c.resource(c.about(subject, o.at, n.at), o, n)
		for _, kind := range sortedKeys(o.methods, nil) {
			if m := n.methods[kind]; m != nil && m.HasBody() {
				both = append(both, pair{o.methods[kind], m})
			}
		}
	}
	for _, subject := range m.Both {
		same(subject, old[subject], new[subject])
	}
	for _, r := range m.Renamed {
		o, n := old[r.Old], new[r.New]
		kind, _, _ := o.says()
		c.add(Change{
			Severity: report.Wire, Kind: kind, Action: Renamed, Subject: r.Old, Old: r.Old, New: r.New,
			OldAt: o.at, NewAt: n.at, Evidence: c.evidence(r.Old, r.Evidence, oldNameIsRetained),
		}, r.New)
		same(r.New, o, n)
	}
	for _, subject := range m.Removed {
		o := old[subject]
		for _, key := range sortedKeys(o.methods, nil) {
			if m := o.methods[key]; m.Operation != nil && c.retained[subject] { // operations are not retained
				c.add(Change{Severity: report.Wire, Kind: KindMethod, Action: Removed, Subject: subject, Requests: m.Requests(), OldAt: o.at}, m.ID())
				delete(o.methods, key)
			}
		}
		kind, says, requests := o.says()
		c.add(Change{
			Severity: report.Wire, Kind: kind, Action: Removed, Subject: subject, Old: says, Requests: requests, OldAt: o.at,
			Evidence: c.evidence(subject, "", isRetained),
		}, methods(kind)...)
	}
	for _, subject := range m.Added {
		n := new[subject]
		kind, says, requests := n.says()
		c.add(Change{Severity: report.Additive, Kind: kind, Action: Added, Subject: subject, New: says, Requests: requests, NewAt: n.at}, methods(kind)...)
	}
	c.unbound()
	c.paths(old, new)
	c.settable(both)
}

// unbound compares the methods that call unbound operations.
func (c *comparer) unbound() {
	old, new := unboundMethods(c.old.Plan), unboundMethods(c.new.Plan)
	for _, id := range sortedKeys(old, new) {
		switch o, n := old[id], new[id]; {
		case n == nil:
			c.add(Change{
				Severity: report.Wire, Kind: KindMethod, Action: Removed, Subject: o.Import.Name, Requests: o.Requests(), OldAt: o.Import.Position,
			}, id, anyMethod)
		case o == nil:
			c.add(Change{
				Severity: report.Additive, Kind: KindMethod, Action: Added, Subject: n.Import.Name, Requests: n.Requests(), NewAt: n.Import.Position,
			}, id, anyMethod)
		default:
			c.about(o.Import.Name, o.Import.Position, n.Import.Position).method(o, n)
		}
	}
}

// unboundMethods returns the methods of a package that call unbound operations, by
// ID.
func unboundMethods(p *golang.Plan) map[string]*golang.Method {
	list := map[string]*golang.Method{}
	for _, m := range p.Methods {
		if m.Import != nil {
			list[m.ID()] = m
		}
	}
	return list
}

// addressed returns the resources as they are in the model.
func addressed(all map[string]*resource) map[string]model.Resource {
	list := map[string]model.Resource{}
	for subject, r := range all {
		list[subject] = r.Resource
	}
	return list
}

// sortedKeys returns the keys of both maps, sorted.
func sortedKeys[K cmp.Ordered, V any](a, b map[K]V) []K {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// resource compares a resource that both versions have.
func (c *comparer) resource(d about, o, n *resource) {
	d.annotations(o.Annotations(), n.Annotations())
	level := report.Docs
	if len(o.methods) > 0 && len(n.methods) > 0 {
		level = report.Wire
	}
	d.texts(level, KindType, o.typeName(), n.typeName())
	d.keys(o.keys, n.keys)
	for _, kind := range sortedKeys(o.methods, n.methods) {
		switch old, new := o.methods[kind], n.methods[kind]; {
		case new == nil:
			c.add(Change{
				Severity: report.Wire, Kind: KindMethod, Action: Removed, Subject: d.subject,
				Requests: old.Requests(), OldAt: o.at, NewAt: n.at, Evidence: c.evidence(old.ID(), "", isRetained),
			}, old.ID(), anyMethod)
		case old == nil:
			c.add(Change{Severity: report.Additive, Kind: KindMethod, Action: Added, Subject: d.subject, Requests: new.Requests(), OldAt: o.at, NewAt: n.at}, new.ID(), anyMethod)
		default:
			d.method(old, new)
			c.overload(old, new)
		}
	}
}

// method compares a method that both versions have. The method settable compares the
// properties that its body can set.
func (d about) method(o, n *golang.Method) {
	level := report.Behaviour
	if slices.ContainsFunc(n.Required, func(name string) bool { return !slices.Contains(o.Required, name) }) {
		level = report.Wire
	}
	d.texts(level, KindRequired, strings.Join(o.Required, ", "), strings.Join(n.Required, ", "))
	evolvable := func(m *golang.Method) string {
		if m.Evolvable {
			return "asks for unknown members of enumerations"
		}
		return "does not ask for unknown members of enumerations"
	}
	d.texts(report.Behaviour, KindEvolvable, evolvable(o), evolvable(n))
	d.texts(report.Docs, KindPage, o.Page, n.Page)
	d.texts(report.Docs, KindParameter, parameters(o), parameters(n))
	d.query(o, n)
	d.ruledOut(o, n)
	level = report.Behaviour
	if len(o.Access) == 0 || len(n.Access) == 0 {
		level = report.Docs // a page came or went
	}
	d.texts(level, KindAccess, o.Permissions(), n.Permissions())
}

// parameters lists the query parameters that the page of a method names.
func parameters(m *golang.Method) string {
	return cmp.Or(strings.Join(m.QueryParameters(), ", "), "none")
}

// ruledOut compares the paths on which the metadata rules out a method.
func (d about) ruledOut(o, n *golang.Method) {
	old, new := o.RuledOutRequests(), n.RuledOutRequests()
	level := report.Additive
	if slices.ContainsFunc(new, func(request string) bool { return !slices.Contains(old, request) }) {
		level = report.Wire
	}
	says := func(requests []string) string {
		if len(requests) == 0 {
			return "on all paths"
		}
		return "not " + strings.Join(requests, ", ")
	}
	d.texts(level, KindPath, says(old), says(new))
}

// keys compares the alternate keys of the items of a collection.
func (d about) keys(old, new []string) {
	level := report.Additive
	if slices.ContainsFunc(old, func(key string) bool { return !slices.Contains(new, key) }) {
		level = report.Wire
	}
	d.texts(level, KindKey, strings.Join(old, ", "), strings.Join(new, ", "))
}

// query compares the query options that a list does not support.
func (d about) query(o, n *golang.Method) {
	old, new := o.Unsupported(), n.Unsupported()
	level := report.Additive
	if slices.ContainsFunc(new, func(option string) bool { return !slices.Contains(old, option) }) {
		level = report.Wire
	}
	says := func(options []string) string {
		if options == nil {
			return "all options"
		}
		return "without " + strings.Join(options, ", ")
	}
	d.texts(level, KindQuery, says(old), says(new))
}
