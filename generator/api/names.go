package api

import (
	"fmt"
	"iter"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// types returns all types that a schema declares.
func types(s *model.Schema) iter.Seq[model.Type] {
	return func(yield func(model.Type) bool) {
		for _, t := range s.Structured {
			if !yield(t) {
				return
			}
		}
		for _, t := range s.Enums {
			if !yield(t) {
				return
			}
		}
		for _, t := range s.Definitions {
			if !yield(t) {
				return
			}
		}
	}
}

func typeNames(m *model.Model) []string {
	var names []string
	for _, s := range m.Schemas {
		for t := range types(s) {
			names = append(names, t.QualifiedName())
		}
	}
	return names
}

// Type returns the type with the given name: qualified by its namespace or by
// an alias, or alone where just one namespace has such a type.
func Type(m *model.Model, name string) (model.Type, error) {
	if t := findType(m, name); t != nil {
		return t, nil
	}
	var found []model.Type
	for _, s := range m.Schemas {
		if t := m.Type(s.Namespace + "." + name); t != nil {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("there is no type %s%s", name, didYouMean(name, typeNames(m)))
	case 1:
		return found[0], nil
	default:
		return nil, fmt.Errorf("there are several types %s: say which one, %s or %s", name, found[0].QualifiedName(), found[1].QualifiedName())
	}
}

// findType returns the type with the given name, qualified by its namespace
// or by an alias.
func findType(m *model.Model, name string) model.Type {
	if t := m.Type(name); t != nil {
		return t
	}
	for _, s := range m.Schemas {
		if rest, ok := strings.CutPrefix(name, s.Alias+"."); ok && s.Alias != "" {
			if t := m.Type(s.Namespace + "." + rest); t != nil {
				return t
			}
		}
	}
	return nil
}

// matchName reports whether a qualified name matches a pattern, in which "*"
// stands for any text without a dot and "**" for any text.
func matchName(pattern, name string) bool {
	star := strings.IndexByte(pattern, '*')
	if star < 0 {
		return pattern == name
	}
	if !strings.HasPrefix(name, pattern[:star]) {
		return false
	}
	rest, name := pattern[star+1:], name[star:]
	rest, deep := strings.CutPrefix(rest, "*")
	for i := 0; i <= len(name); i++ {
		if matchName(rest, name[i:]) {
			return true
		}
		if i < len(name) && name[i] == '.' && !deep {
			return false
		}
	}
	return false
}

// didYouMean returns a question that names the candidate nearest to name, or
// "" if none is near.
func didYouMean(name string, candidates []string) string {
	best, bestDistance := "", len(name)/2+1
	for _, candidate := range candidates {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
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
