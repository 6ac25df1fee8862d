package describe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Hit is an element that matches a word.
type Hit struct {
	Kind string `json:"kind"` // "type", "property", "member" or "path"
	Name string `json:"name"` // "microsoft.graph.user/displayName", "/users"

	// Description is that of the element, if it has one.
	Description string `json:"description,omitzero"`
}

// Search returns the elements whose names or descriptions have a word in them:
// those with the name itself first, then those whose name begins with the word,
// has it in it, and last those whose description has it. Case does not count.
func Search(m *model.Model, word string) []Hit {
	word = strings.ToLower(word)
	type ranked struct {
		Hit
		rank int
	}
	var list []ranked
	match := func(kind, name, last string, annotations []*model.Annotation) {
		description := vocab.Description(annotations)
		rank, lower := 0, strings.ToLower(last)
		switch {
		case lower == word:
		case strings.HasPrefix(lower, word):
			rank = 1
		case strings.Contains(lower, word):
			rank = 2
		case strings.Contains(strings.ToLower(description), word):
			rank = 3
		default:
			return
		}
		list = append(list, ranked{Hit{kind, name, description}, rank})
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, p := range t.Properties {
				match("property", t.QualifiedName()+"/"+p.Name, p.Name, p.Annotated)
			}
			for _, n := range t.Navigation {
				match("property", t.QualifiedName()+"/"+n.Name, n.Name, n.Annotated)
			}
		}
		for _, t := range s.Enums {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, member := range t.Members {
				match("member", t.QualifiedName()+"/"+member.Name, member.Name, member.Annotated)
			}
		}
		for _, t := range s.Definitions {
			match("type", t.QualifiedName(), t.Name, t.Annotated)
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			match("path", "/"+s.Name, s.Name, s.Annotated)
		}
	}
	kinds := []string{"path", "type", "property", "member"}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Name, b.Name))
	})
	var hits []Hit
	for _, r := range list {
		hits = append(hits, r.Hit)
	}
	return hits
}
