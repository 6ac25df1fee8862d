package diff

import (
	"maps"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// declared returns the types of a package by qualified name.
func declared(p *golang.Plan) map[string]model.Type {
	types := map[string]model.Type{}
	for _, t := range p.Structs {
		types[t.Type.QualifiedName()] = t.Type
	}
	for _, t := range p.Enums {
		types[t.Type.QualifiedName()] = t.Type
	}
	for _, t := range p.Aliases {
		types[t.Type.QualifiedName()] = t.Type
	}
	return types
}

// types compares the types of both versions.
func (c *comparer) types() {
	old, new := currentTypes(c.old.Plan), currentTypes(c.new.Plan)
	m := retain.MatchTypes(old, new)
	for _, name := range m.Both {
		c.sameType(name, old[name], new[name])
	}
	for _, r := range m.Renamed {
		o, n := old[r.Old], new[r.New]
		c.renamed[r.Old] = r.New
		c.add(Change{
			Severity: report.Wire, Kind: KindType, Action: Renamed, Subject: r.Old, Old: r.Old, New: r.New,
			OldAt: o.Pos(), NewAt: n.Pos(), Evidence: c.evidence(r.Old, r.Evidence, oldNameIsRetained),
		}, r.New)
		c.sameType(r.New, o, n)
	}
	for _, name := range m.Removed {
		change := Change{Severity: report.Wire, Kind: KindType, Action: Removed, Subject: name, Old: what(old[name]), OldAt: old[name].Pos()}
		if t := c.new.Model.Type(name); t != nil && !vocab.Retained(t.Annotations()) {
			change.NewAt, change.Evidence = t.Pos(), "the schema still has it, but no selected element needs it"
		}
		change.Evidence = c.evidence(name, change.Evidence, isRetained)
		c.add(change)
	}
	for _, name := range m.Added {
		change := Change{Severity: report.Additive, Kind: KindType, Action: Added, Subject: name, New: what(new[name]), NewAt: new[name].Pos()}
		switch t := c.old.Model.Type(name); {
		case t == nil:
		case vocab.Retained(t.Annotations()):
			change.OldAt, change.Evidence = t.Pos(), "the schema lacked it, and the package retained it"
		default:
			change.OldAt, change.Evidence = t.Pos(), "the schema had it before, but no selected element needed it"
		}
		c.add(change)
	}
}

// currentTypes returns the types of a package, without retained ones.
func currentTypes(p *golang.Plan) map[string]model.Type {
	types := declared(p)
	maps.DeleteFunc(types, func(_ string, t model.Type) bool { return vocab.Retained(t.Annotations()) })
	return types
}

// what returns the kind of a type in words.
func what(t model.Type) string {
	switch t := t.(type) {
	case *model.StructuredType:
		if isParameters(t) {
			return "parameters of an action"
		}
		return string(t.Kind) + " type"
	case *model.EnumType:
		return "enumeration"
	case *model.TypeDefinition:
		return "definition of " + t.Underlying.Name
	default:
		return "primitive type"
	}
}

// sameType compares a type that both versions have.
func (c *comparer) sameType(name string, old, new model.Type) {
	d := c.about(name, old.Pos(), new.Pos())
	d.annotations(old.Annotations(), new.Annotations())
	switch o := old.(type) {
	case *model.StructuredType:
		if n, ok := new.(*model.StructuredType); ok {
			d.texts(report.Docs, KindType, string(o.Kind)+" type", string(n.Kind)+" type")
			c.structured(d, o, n)
			return
		}
	case *model.EnumType:
		if n, ok := new.(*model.EnumType); ok {
			c.enum(d, o, n)
			return
		}
	case *model.TypeDefinition:
		if n, ok := new.(*model.TypeDefinition); ok {
			d.texts(report.Wire, KindType, what(o), what(n))
			d.facets(o.Facets, n.Facets)
			return
		}
	}
	d.texts(report.Wire, KindType, what(old), what(new))
}

// structured compares an entity type or complex type that both versions have.
func (c *comparer) structured(d about, o, n *model.StructuredType) {
	d.texts(report.Behaviour, KindBase, base(o), base(n))
	d.texts(report.Wire, KindKey, key(o), key(n))
	c.abstract(d, o, n)
	d.facts(report.Behaviour, KindOpen, o.Open, n.Open, "can have undeclared properties", "has declared properties only")
	d.facts(report.Docs, KindStream, o.HasStream, n.HasStream, "a media stream", "not a media stream")
	old, new := byName(o.Properties), byName(n.Properties)
	of := func(p *model.Property) []*model.Annotation { return p.Annotated }
	m := retain.MatchProperties(current(o.Properties, of), current(n.Properties, of))
	for _, name := range m.Both {
		c.property(c.about(d.subject+"/"+name, old[name].Position, new[name].Position), old[name], new[name])
	}
	for _, r := range m.Renamed {
		o, n := old[r.Old], new[r.New]
		c.add(Change{
			Severity: report.Wire, Kind: KindProperty, Action: Renamed, Subject: d.subject + "/" + r.Old,
			Old: d.subject + "/" + r.Old, New: d.subject + "/" + r.New, OldAt: o.Position, NewAt: n.Position,
			Evidence: c.evidence(d.subject+"/"+r.Old, r.Evidence, isRetained),
		}, d.subject+"/"+r.New)
		c.property(c.about(d.subject+"/"+r.New, o.Position, n.Position), o, n)
	}
	for _, name := range m.Removed {
		c.add(Change{
			Severity: report.Wire, Kind: KindProperty, Action: Removed, Subject: d.subject + "/" + name,
			Old: old[name].Type.String(), OldAt: old[name].Position, NewAt: d.newAt, Evidence: c.evidence(d.subject+"/"+name, "", isRetained),
		})
	}
	for _, name := range m.Added {
		c.add(Change{
			Severity: report.Additive, Kind: KindProperty, Action: Added, Subject: d.subject + "/" + name,
			New: new[name].Type.String(), OldAt: d.oldAt, NewAt: new[name].Position,
		})
	}
}

// abstract compares whether types are abstract. Bodies of requests cannot have values of an
// abstract type.
func (c *comparer) abstract(d about, o, n *model.StructuredType) {
	if o.Abstract == n.Abstract {
		return
	}
	level := report.Behaviour // there can be such values now
	if n.Abstract == model.Yes {
		level = report.Docs
		if isSent(c.old.Plan, o) && isSent(c.new.Plan, n) {
			level = report.Wire
		}
	}
	d.facts(level, KindAbstract, o.Abstract, n.Abstract, "abstract", "not abstract")
}

// isSent reports whether the bodies of requests can hold values of a type.
func isSent(p *golang.Plan, t *model.StructuredType) bool {
	sent := map[*golang.Struct]bool{}
	var todo []*golang.Struct
	for _, m := range p.Methods {
		todo = append(todo, m.Body)
	}
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		if s == nil || sent[s] {
			continue
		}
		if s.Type == t {
			return true
		}
		sent[s] = true
		todo = append(todo, s.Known...)
		for _, f := range s.AllFields() {
			todo = append(todo, f.Type.Struct)
		}
	}
	return false
}

func base(t *model.StructuredType) string {
	if t.Base == nil {
		return ""
	}
	return t.Base.Name
}

// key returns the key that t declares.
func key(t *model.StructuredType) string {
	var names []string
	for _, ref := range t.Key {
		name := ref.Name
		if ref.InAddress() != name {
			name += " as " + ref.Alias
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func byName(list []*model.Property) map[string]*model.Property {
	properties := map[string]*model.Property{}
	for _, p := range list {
		properties[p.Name] = p
	}
	return properties
}
