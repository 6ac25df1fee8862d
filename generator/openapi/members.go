package openapi

import (
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// born is a property of which only paths tell.
type born struct {
	owner    *model.StructuredType
	name     string
	property any // *model.Property or *model.Navigation
}

// enterMembers makes the properties of a type known.
func (p *parser) enterMembers(t *model.StructuredType) {
	members := map[string]any{}
	for _, q := range t.Properties {
		members[q.Name] = q
	}
	for _, n := range t.Navigation {
		members[n.Name] = n
	}
	p.members[t] = members
}

// addMember adds a property of which a path tells.
func (p *parser) addMember(t *model.StructuredType, name string, property any) {
	switch property := property.(type) {
	case *model.Property:
		t.Properties = append(t.Properties, property)
	case *model.Navigation:
		t.Navigation = append(t.Navigation, property)
	}
	p.members[t][name] = property
	p.born = append(p.born, born{t, name, property})
}

// removeMember takes out what addMember added.
func (p *parser) removeMember(b born) {
	t := b.owner
	t.Properties = slices.DeleteFunc(t.Properties, func(q *model.Property) bool { return b.property == q })
	t.Navigation = slices.DeleteFunc(t.Navigation, func(n *model.Navigation) bool { return b.property == n })
	if len(t.Key) > 0 && t.Key[0].Name == b.name {
		t.Key = nil
	}
	delete(p.members[t], b.name)
}

// member returns the property of a type or its base types with a name, a
// *model.Property or a *model.Navigation, or nil.
func (p *parser) member(t *model.StructuredType, name string) any {
	for _, ancestor := range p.chain(t) {
		if property := p.members[ancestor][name]; property != nil {
			return property
		}
	}
	return nil
}

// chain returns a type and its base types.
func (p *parser) chain(t *model.StructuredType) []*model.StructuredType {
	var list []*model.StructuredType
	for t != nil && !slices.Contains(list, t) {
		list = append(list, t)
		if t.Base == nil {
			break
		}
		t = p.types[t.Base.Name]
	}
	return list
}

// settle takes out the properties that paths have given to the base type of
// one that declares them, or to a type and to a base type of it: a type has
// those of its base types.
func (p *parser) settle() {
	if len(p.born) == 0 {
		return
	}
	paths := map[any]bool{}
	for _, b := range p.born {
		paths[b.property] = true
	}
	for _, typeName := range slices.Sorted(maps.Keys(p.types)) {
		t := p.types[typeName]
		for _, ancestor := range p.chain(t)[1:] {
			for name, property := range p.members[t] {
				if other := p.members[ancestor][name]; paths[other] && !paths[property] {
					p.warnf(positionOf(other), "%s of %s is left out: %s, which extends it, declares it", name, ancestor.QualifiedName(), t.QualifiedName())
					p.removeMember(born{ancestor, name, other})
				}
			}
		}
	}
	for _, b := range p.born {
		if p.members[b.owner][b.name] != b.property {
			continue
		}
		for _, ancestor := range p.chain(b.owner)[1:] {
			if other := p.members[ancestor][b.name]; other != nil {
				p.resources.merge(other, b.property)
				p.removeMember(b)
				break
			}
		}
	}
}

func positionOf(property any) source.Position {
	if n, ok := property.(*model.Navigation); ok {
		return n.Position
	}
	return property.(*model.Property).Position
}
