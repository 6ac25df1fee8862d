package diff

import (
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
	model.Resource                // the collection, if it is one
	create         *golang.Create // or nil
	at             source.Position
}

// resourcesOf returns the resources of a package by subject, without retained ones.
func resourcesOf(p *golang.Plan) map[string]*resource {
	list := map[string]*resource{}
	for _, b := range p.Builders {
		if vocab.Retained(b.Resource.Annotations()) {
			continue
		}
		subject := resourceSubject(b.Resource)
		r := list[subject]
		if r == nil {
			r = &resource{at: b.Resource.Pos()}
			list[subject] = r
		}
		r.Resource = b.Resource
		r.Item = false
		if b.Create != nil && !b.Create.Retained {
			r.create = b.Create
		}
	}
	return list
}

// says describes a resource by its requests if it has any, else by its type.
func (r *resource) says() (Kind, string) {
	if r.create != nil {
		return KindMethod, requests(r.create)
	}
	return KindResource, r.typeName()
}

// methods returns the other subjects of a change: anyMethod for a method.
func methods(kind Kind) []string {
	if kind == KindMethod {
		return []string{anyMethod}
	}
	return nil
}

func (r *resource) typeName() string {
	if r.Source != nil {
		return r.Source.Type.String()
	}
	return r.Navigation.Type.String()
}

// requests returns the requests of a method.
func requests(c *golang.Create) string {
	var list []string
	for _, p := range c.Method.Paths {
		list = append(list, c.Method.Verb+" "+p.String())
	}
	return strings.Join(list, ", ")
}

// resources compares the resources, the steps to them, and the methods.
func (c *comparer) resources() {
	old, new := resourcesOf(c.old.Plan), resourcesOf(c.new.Plan)
	m := retain.MatchResources(addressed(old), addressed(new))
	var bothCreate []pair
	same := func(subject string, o, n *resource) {
		c.resource(c.about(subject, o.at, n.at), o, n)
		if o.create != nil && n.create != nil {
			bothCreate = append(bothCreate, pair{o.create, n.create})
		}
	}
	for _, subject := range m.Both {
		same(subject, old[subject], new[subject])
	}
	for _, r := range m.Renamed {
		o, n := old[r.Old], new[r.New]
		kind, _ := o.says()
		c.add(Change{
			Severity: report.Wire, Kind: kind, Action: Renamed, Subject: r.Old, Old: r.Old, New: r.New,
			OldAt: o.at, NewAt: n.at, Evidence: c.evidence(r.Old, r.Evidence, oldNameIsRetained),
		}, r.New)
		same(r.New, o, n)
	}
	for _, subject := range m.Removed {
		o := old[subject]
		kind, says := o.says()
		c.add(Change{
			Severity: report.Wire, Kind: kind, Action: Removed, Subject: subject, Old: says, OldAt: o.at,
			Evidence: c.evidence(subject, "", isRetained),
		}, methods(kind)...)
	}
	for _, subject := range m.Added {
		n := new[subject]
		kind, says := n.says()
		c.add(Change{Severity: report.Additive, Kind: kind, Action: Added, Subject: subject, New: says, NewAt: n.at}, methods(kind)...)
	}
	c.paths(old, new)
	c.settable(bothCreate)
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
func sortedKeys[V any](a, b map[string]V) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// resource compares a resource that both versions have.
func (c *comparer) resource(d about, o, n *resource) {
	d.annotations(o.Annotations(), n.Annotations())
	level := report.Docs
	if o.create != nil && n.create != nil {
		level = report.Wire
	}
	d.texts(level, KindType, o.typeName(), n.typeName())
	switch {
	case o.create == nil && n.create == nil:
	case n.create == nil:
		c.add(Change{
			Severity: report.Wire, Kind: KindMethod, Action: Removed, Subject: d.subject,
			Old: requests(o.create), OldAt: o.at, NewAt: n.at, Evidence: c.evidence(d.subject, "", isRetained),
		}, anyMethod)
	case o.create == nil:
		c.add(Change{Severity: report.Additive, Kind: KindMethod, Action: Added, Subject: d.subject, New: requests(n.create), OldAt: o.at, NewAt: n.at}, anyMethod)
	default:
		d.create(o.create, n.create)
	}
}

// create compares a create that both versions have. The method settable compares the
// properties that it can set.
func (d about) create(o, n *golang.Create) {
	level := report.Behaviour
	if slices.ContainsFunc(n.Required, func(name string) bool { return !slices.Contains(o.Required, name) }) {
		level = report.Wire
	}
	d.texts(level, KindRequired, strings.Join(o.Required, ", "), strings.Join(n.Required, ", "))
	evolvable := func(c *golang.Create) string {
		if c.Evolvable {
			return "asks for unknown members of enumerations"
		}
		return "does not ask for unknown members of enumerations"
	}
	d.texts(report.Behaviour, KindEvolvable, evolvable(o), evolvable(n))
	d.texts(report.Docs, KindPage, o.Page, n.Page)
}
