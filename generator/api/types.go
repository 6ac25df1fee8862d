package api

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// allTypes returns all types that a model declares.
func allTypes(m *model.Model) []model.Type {
	var list []model.Type
	for _, s := range m.Schemas {
		list = slices.AppendSeq(list, s.Types())
	}
	return list
}

// Type returns the type with the given name, which is qualified by a namespace or
// an alias. The name alone is enough if only one namespace has such a type. The
// error suggests a name.
func Type(m *model.Model, name string) (model.Type, error) {
	if t := m.Type(name); t != nil {
		return t, nil
	}
	var found []model.Type
	for _, s := range m.Schemas {
		if rest, ok := strings.CutPrefix(name, s.Alias+"."); ok && m.AliasOf(s.Namespace) != "" {
			if t := m.Type(s.Namespace + "." + rest); t != nil {
				return t, nil
			}
		}
		if t := m.Type(s.Namespace + "." + name); t != nil {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("there is no type %s%s", name, Suggest(name, typeNames(m)))
	case 1:
		return found[0], nil
	default:
		return nil, fmt.Errorf("there are several types %s: name one of them, %s or %s", name, found[0].QualifiedName(), found[1].QualifiedName())
	}
}

func typeNames(m *model.Model) []string {
	var names []string
	for _, t := range allTypes(m) {
		names = append(names, t.QualifiedName())
	}
	return names
}

// Property returns the property that a name such as
// "microsoft.graph.itemFacet/createdBy" means, and the type that declares it.
// The type is named as [Type] takes it, and can be derived from the one that
// declares the property. The error suggests a name.
func Property(m *model.Model, name string) (*model.StructuredType, *model.Property, error) {
	typeName, property, ok := strings.Cut(name, "/")
	if !ok {
		return nil, nil, errors.New("the type lacks: write TYPE/PROPERTY")
	}
	t, err := Type(m, typeName)
	if err != nil {
		return nil, nil, err
	}
	structured, ok := t.(*model.StructuredType)
	if !ok {
		return nil, nil, fmt.Errorf("%s is not a structured type: it has no properties", t.QualifiedName())
	}
	var names []string
	for owner := structured; owner != nil; owner = owner.BaseType() {
		for _, p := range owner.Properties {
			if p.Name == property {
				return owner, p, nil
			}
			names = append(names, p.Name)
		}
	}
	return nil, nil, fmt.Errorf("%s has no property %q%s", t.QualifiedName(), property, Suggest(property, names))
}

// Navigation returns the navigation property that a name such as
// "microsoft.graph.user/manager" means, and the type that declares it. The type is
// named as [Type] takes it, and can be derived from the one that declares the
// property. The error suggests a name.
func Navigation(m *model.Model, name string) (*model.StructuredType, *model.Navigation, error) {
	typeName, property, ok := strings.Cut(name, "/")
	if !ok {
		return nil, nil, errors.New("the type lacks: write TYPE/PROPERTY")
	}
	t, err := Type(m, typeName)
	if err != nil {
		return nil, nil, err
	}
	structured, _ := t.(*model.StructuredType)
	if n, owner := structured.NavigationProperty(property); n != nil {
		return owner, n, nil
	}
	var names []string
	for base := structured; base != nil; base = base.BaseType() {
		for _, n := range base.Navigation {
			names = append(names, n.Name)
		}
	}
	return nil, nil, fmt.Errorf("%s has no navigation property %q%s", t.QualifiedName(), property, Suggest(property, names))
}

// matchTypes returns the types that a pattern matches.
func matchTypes(m *model.Model, pattern string) ([]model.Type, error) {
	if !strings.Contains(pattern, "*") {
		t, err := Type(m, pattern)
		if err != nil {
			return nil, err
		}
		return []model.Type{t}, nil
	}
	list := slices.DeleteFunc(allTypes(m), func(t model.Type) bool { return !matchName(pattern, t.QualifiedName()) })
	if len(list) == 0 {
		return nil, fmt.Errorf("no type matches %s", pattern)
	}
	return list, nil
}

// matchName reports whether a qualified name matches a pattern, in which "*"
// stands for any text without a dot and "**" for any text.
func matchName(pattern, name string) bool {
	if !strings.Contains(pattern, "*") {
		return pattern == name
	}
	// at[i] reports whether the pattern so far matches the first i bytes of name.
	at := make([]bool, len(name)+1)
	at[0] = true
	for pattern != "" {
		rest, star := strings.CutPrefix(pattern, "*")
		if !star {
			for i := len(name); i > 0; i-- {
				at[i] = at[i-1] && name[i-1] == pattern[0]
			}
			at[0] = false
			pattern = pattern[1:]
			continue
		}
		rest, deep := strings.CutPrefix(rest, "*")
		for i := range name {
			at[i+1] = at[i+1] || at[i] && (deep || name[i] != '.')
		}
		pattern = rest
	}
	return at[len(name)]
}

// Suggest returns "; did you mean …?" with the candidate nearest to name, or "" if
// none is near. It compares a name without a dot with the last part of qualified
// candidates, too.
func Suggest(name string, candidates []string) string {
	short := func(s string) string { return strings.ToLower(s[strings.LastIndexByte(s, '.')+1:]) }
	best, bestDistance := "", len(name)/2+1
	lower := strings.ToLower(name)
	for _, candidate := range candidates {
		if len(name) >= len(candidate)+bestDistance {
			continue // distance takes long for long names
		}
		d := distance(lower, strings.ToLower(candidate))
		if !strings.Contains(name, ".") {
			d = min(d, distance(lower, short(candidate)))
		}
		// Of two that are equally near, --source is meant by --sorce rather than --force.
		if d < bestDistance || d == bestDistance && best != "" && commonStart(lower, candidate) > commonStart(lower, best) {
			best, bestDistance = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// commonStart returns how many bytes two texts have in common at their start.
func commonStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// distance is the Levenshtein distance of two strings in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := previous
			if a[i] != b[j] {
				substitute++
			}
			previous = row[j+1]
			row[j+1] = min(substitute, row[j]+1, previous+1)
		}
	}
	return row[len(b)]
}
