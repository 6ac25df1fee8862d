package model

import (
	"cmp"
	"slices"
	"strings"
)

// sort sorts by name every list whose order has no meaning, so that the output
// does not depend on the order of the source. It sorts enum members by value if
// all values are known.
func (l *linker) sort() {
	m := l.model
	slices.SortFunc(m.Schemas, func(a, b *Schema) int { return strings.Compare(a.Namespace, b.Namespace) })
	for _, s := range m.Schemas {
		slices.SortFunc(s.Structured, func(a, b *StructuredType) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
		slices.SortFunc(s.Enums, func(a, b *EnumType) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
		slices.SortFunc(s.Definitions, func(a, b *TypeDefinition) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
		slices.SortFunc(s.Terms, compareTerms)
		slices.SortFunc(s.Operations, compareOperations)
		for _, t := range s.Structured {
			t.derived = nil
			slices.SortFunc(t.Properties, func(a, b *Property) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
			slices.SortFunc(t.Navigation, func(a, b *Navigation) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
			for _, n := range t.Navigation {
				slices.SortFunc(n.Constraints, func(a, b ReferentialConstraint) int { return strings.Compare(a.Property, b.Property) })
			}
		}
		for _, t := range s.Enums {
			if !slices.ContainsFunc(t.Members, func(m *Member) bool { return m.Value == nil }) {
				slices.SortFunc(t.Members, func(a, b *Member) int {
					return cmp.Or(cmp.Compare(*a.Value, *b.Value), strings.Compare(a.Name, b.Name))
				})
			}
		}
	}
	if m.Container != nil {
		slices.SortFunc(m.Container.Sources, func(a, b *NavigationSource) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
		slices.SortFunc(m.Container.Imports, func(a, b *Import) int { return compareNames(a.Name, b.Name, &a.Element, &b.Element) })
		for _, s := range m.Container.Sources {
			slices.SortFunc(s.Bindings, func(a, b Binding) int {
				return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Target, b.Target))
			})
		}
	}
}

// compareNames orders elements by name, then by position: names can repeat by
// mistake.
func compareNames(a, b string, x, y *Element) int {
	if c := strings.Compare(a, b); c != 0 {
		return c
	}
	return x.Position.Compare(y.Position)
}

// compareOperations orders overloads by the types and names of their parameters,
// which differ between overloads, CSDL section 12.4.
func compareOperations(a, b *Operation) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 || a == b {
		return c
	}
	return cmp.Or(
		slices.CompareFunc(a.Parameters, b.Parameters, func(p, q *Parameter) int {
			return strings.Compare(p.Type.String(), q.Type.String())
		}),
		slices.CompareFunc(a.Parameters, b.Parameters, func(p, q *Parameter) int {
			return strings.Compare(p.Name, q.Name)
		}),
		compareBool(a.Bound, b.Bound),
		compareBool(a.Function, b.Function),
		a.Position.Compare(b.Position),
	)
}

// compareTerms orders terms by name, then by content: Graph declares some twice.
func compareTerms(a, b *Term) int {
	return cmp.Or(
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.Type.String(), b.Type.String()),
		slices.Compare(a.AppliesTo, b.AppliesTo),
		slices.CompareFunc(a.Annotated, b.Annotated, CompareAnnotations),
	)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareTargets(a, b *Target) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return slices.CompareFunc(a.Annotated, b.Annotated, CompareAnnotations)
}

// CompareAnnotations orders annotations by term, qualifier and value.
func CompareAnnotations(a, b *Annotation) int {
	if c := cmp.Or(strings.Compare(a.Term, b.Term), strings.Compare(a.Qualifier, b.Qualifier)); c != 0 {
		return c
	}
	return cmp.Or(
		compareExpressions(a.Value, b.Value),
		slices.CompareFunc(a.Annotations, b.Annotations, CompareAnnotations),
	)
}

// compareExpressions orders expressions by all of their content. A nil
// expression comes first.
func compareExpressions(a, b *Expression) int {
	if a == nil || b == nil {
		return compareBool(a != nil, b != nil)
	}
	if c := cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Value, b.Value), strings.Compare(a.Type, b.Type)); c != 0 {
		return c
	}
	return cmp.Or(
		slices.CompareFunc(a.Items, b.Items, compareExpressions),
		slices.CompareFunc(a.Properties, b.Properties, func(p, q PropertyValue) int {
			return cmp.Or(
				strings.Compare(p.Name, q.Name),
				compareExpressions(p.Value, q.Value),
				slices.CompareFunc(p.Annotations, q.Annotations, CompareAnnotations),
			)
		}),
		slices.CompareFunc(a.Annotations, b.Annotations, CompareAnnotations),
	)
}
