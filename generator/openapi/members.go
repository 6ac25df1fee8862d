package openapi

import (
	"iter"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// pathProperty is a property that no schema has, only paths.
type pathProperty struct {
	owner    *model.StructuredType
	name     string
	property any // *model.Property or *model.Navigation
}

// enterMembers enters the properties of a type by name.
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

// addMember adds a property to a type because of a path.
func (p *parser) addMember(t *model.StructuredType, name string, property any) {
	switch property := property.(type) {
	case *model.Property:
		t.Properties = append(t.Properties, property)
	case *model.Navigation:
		t.Navigation = append(t.Navigation, property)
	}
	p.members[t][name] = property
	p.fromPaths = append(p.fromPaths, pathProperty{t, name, property})
}

// removeMember removes a property that addMember added.
func (p *parser) removeMember(q pathProperty) {
	t := q.owner
	t.Properties = slices.DeleteFunc(t.Properties, func(other *model.Property) bool { return q.property == other })
	t.Navigation = slices.DeleteFunc(t.Navigation, func(other *model.Navigation) bool { return q.property == other })
	if len(t.Key) > 0 && t.Key[0].Name == q.name {
		t.Key = nil
	}
	delete(p.members[t], q.name)
}

// member returns the property of a type or its base types with a name, a
// *model.Property or a *model.Navigation, or nil.
func (p *parser) member(t *model.StructuredType, name string) any {
	for ancestor := range p.chain(t) {
		if property := p.members[ancestor][name]; property != nil {
			return property
		}
	}
	return nil
}

// maxBases is how many types can extend each other in a row. In the metadata of
// Graph they are fewer than 10.
const maxBases = 100

// chain yields a type and its base types.
func (p *parser) chain(t *model.StructuredType) iter.Seq[*model.StructuredType] {
	return func(yield func(*model.StructuredType) bool) {
		for n := 0; t != nil && n <= maxBases && yield(t) && t.Base != nil; n++ {
			t = p.types[t.Base.Name]
		}
	}
}

// isOrExtends reports whether t is another type, or extends it.
func (p *parser) isOrExtends(t, base *model.StructuredType) bool {
	for ancestor := range p.chain(t) {
		if ancestor == base {
			return true
		}
	}
	return false
}

// settleProperties removes the properties that paths have given to a type
// although a derived type or a base type has them: a type that extends another
// one has its properties.
func (p *parser) settleProperties() {
	added := map[string][]pathProperty{} // by name
	for _, q := range p.fromPaths {
		added[q.name] = append(added[q.name], q)
	}
	if len(added) == 0 {
		return
	}
	for _, s := range p.model.Schemas {
		for _, t := range s.Structured {
			p.settleDeclared(t, added)
		}
	}
	for _, q := range p.fromPaths {
		if p.members[q.owner][q.name] != q.property {
			continue
		}
		for ancestor := range p.chain(q.owner) {
			if other := p.members[ancestor][q.name]; other != nil && ancestor != q.owner {
				p.mergeResources(other, q.property)
				p.removeMember(q)
				break
			}
		}
	}
}

// settleDeclared removes from the base types of t the properties that t
// declares itself.
func (p *parser) settleDeclared(t *model.StructuredType, added map[string][]pathProperty) {
	for name, property := range p.members[t] {
		if slices.ContainsFunc(added[name], func(q pathProperty) bool { return q.property == property }) {
			continue
		}
		for _, q := range added[name] {
			if q.owner != t && p.isOrExtends(t, q.owner) && p.members[q.owner][name] == q.property {
				q.owner.Warnf(elementOf(q.property).Position, "%s of %s is left out: %s, which extends it, declares it", name, q.owner.QualifiedName(), t.QualifiedName())
				p.removeMember(q)
			}
		}
	}
}

func elementOf(property any) *model.Element {
	if n, ok := property.(*model.Navigation); ok {
		return &n.Element
	}
	return &property.(*model.Property).Element
}
