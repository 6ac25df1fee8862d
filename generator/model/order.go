package model

import (
	"cmp"
	"slices"
	"strings"
)

// sort puts into order by name all that the source may list in any order, so
// that nothing that is made from the model depends on it. Enum members are
// ordered by value, where all values are known.
func (l *linker) sort() {
	m := l.model
	slices.SortStableFunc(m.Schemas, func(a, b *Schema) int { return strings.Compare(a.Namespace, b.Namespace) })
	for _, s := range m.Schemas {
		slices.SortStableFunc(s.Structured, func(a, b *StructuredType) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(s.Enums, func(a, b *EnumType) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(s.Definitions, func(a, b *TypeDefinition) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(s.Terms, func(a, b *Term) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(s.Operations, compareOperations)
		for _, t := range s.Structured {
			slices.SortStableFunc(t.Properties, func(a, b *Property) int { return strings.Compare(a.Name, b.Name) })
			slices.SortStableFunc(t.Navigation, func(a, b *Navigation) int { return strings.Compare(a.Name, b.Name) })
		}
		for _, t := range s.Enums {
			if !slices.ContainsFunc(t.Members, func(m *Member) bool { return m.Value == nil }) {
				slices.SortStableFunc(t.Members, func(a, b *Member) int {
					return cmp.Or(cmp.Compare(*a.Value, *b.Value), strings.Compare(a.Name, b.Name))
				})
			}
		}
	}
	if m.Container != nil {
		slices.SortStableFunc(m.Container.Sources, func(a, b *NavigationSource) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(m.Container.Imports, func(a, b *Import) int { return strings.Compare(a.Name, b.Name) })
	}
}

// compareOperations orders overloads by the types of their parameters.
func compareOperations(a, b *Operation) int {
	return cmp.Or(
		strings.Compare(a.Name, b.Name),
		slices.CompareFunc(a.Parameters, b.Parameters, func(p, q *Parameter) int {
			return strings.Compare(p.Type.String(), q.Type.String())
		}),
	)
}

func sortAnnotations(list []*Annotation) {
	slices.SortStableFunc(list, func(a, b *Annotation) int {
		return cmp.Or(strings.Compare(a.Term, b.Term), strings.Compare(a.Qualifier, b.Qualifier))
	})
}
