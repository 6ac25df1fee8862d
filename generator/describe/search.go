package describe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Hit is an element that matches a search.
type Hit struct {
	Kind string `json:"kind"` // "path", "type", "method", "property" or "member"
	Name string `json:"name"` // "microsoft.graph.user/displayName", "/users", "POST /users"

	// Description is that of the element, if it has one.
	Description string `json:"description,omitzero"`
}

// Index finds the elements of a model by words. It does not change, so that
// several goroutines can use it.
type Index struct {
	entries []entry // in the order of hits of the same rank: methods with short paths first
}

// entry is an element with its texts in lower case.
type entry struct {
	Hit
	names       []string // its own name first, then words that mean the same: "projects", "post", "create"
	description string
	whole       string // the name with its namespace or its path
	near        string // the name with the type before it, or the path
	permissions []string
	kind, depth int // the position in kinds; the number of slashes in the path of a method
}

// kinds are the kinds of hits in their order.
var kinds = [...]string{"path", "type", "method", "property", "member"}

// NewIndex returns an index of the types of a model with their properties and
// members, of the entity sets and singletons, and of some methods.
func NewIndex(m *model.Model, methods []*api.Method) *Index {
	x := &Index{}
	add := func(kind, name, last string, annotations []*model.Annotation) {
		namespace := len(name) - len(last)
		if owner, _, ok := strings.Cut(name, "/"); ok {
			namespace = strings.LastIndexByte(owner, '.') + 1
		}
		description := vocab.Description(annotations)
		x.entries = append(x.entries, entry{
			Hit: Hit{kind, name, description}, names: []string{strings.ToLower(last)}, description: strings.ToLower(description),
			whole: strings.ToLower(name), near: strings.ToLower(name[namespace:]), kind: slices.Index(kinds[:], kind),
		})
	}
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			add("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, p := range t.Properties {
				add("property", t.QualifiedName()+"/"+p.Name, p.Name, p.Annotated)
			}
			for _, n := range t.Navigation {
				add("property", t.QualifiedName()+"/"+n.Name, n.Name, n.Annotated)
			}
		}
		for _, t := range s.Enums {
			add("type", t.QualifiedName(), t.Name, t.Annotated)
			for _, member := range t.Members {
				add("member", t.QualifiedName()+"/"+member.Name, member.Name, member.Annotated)
			}
		}
		for _, t := range s.Definitions {
			add("type", t.QualifiedName(), t.Name, t.Annotated)
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			add("path", "/"+s.Name, s.Name, s.Annotated)
		}
	}
	for _, method := range methods {
		x.entries = append(x.entries, methodEntry(method))
	}
	slices.SortFunc(x.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.depth, b.depth), cmp.Compare(a.near, b.near), cmp.Compare(a.Name, b.Name))
	})
	return x
}

func methodEntry(m *api.Method) entry {
	description := vocab.Description(m.Annotations())
	if description == "" {
		description = vocab.Description(m.Resource.Annotations())
	}
	name := m.Resource.Name()
	if operation, _, _ := strings.Cut(strings.Trim(m.Suffix, "/"), "("); operation != "" && (m.Operation != nil || m.Stream != nil) {
		name = operation
	}
	e := entry{
		Hit:   Hit{"method", m.Requests()[0], description},
		names: []string{strings.ToLower(name), strings.ToLower(m.Verb), strings.ToLower(string(m.Kind))}, description: strings.ToLower(description),
	}
	e.kind, e.depth = slices.Index(kinds[:], e.Kind), strings.Count(e.Name, "/")
	for _, p := range m.Paths {
		e.near += strings.ToLower(p.String()+m.Suffix) + " "
	}
	e.whole = e.near
	for _, facts := range vocab.MethodFacts(m.Annotations(), m.Key()) {
		for _, p := range facts.Permissions {
			for _, together := range p.AnyOf {
				for _, permission := range together {
					if permission = strings.ToLower(permission); !slices.Contains(e.permissions, permission) {
						e.permissions = append(e.permissions, permission)
					}
				}
			}
		}
	}
	return e
}

// Search returns the elements that match all words of a text: elements with the name
// itself first, then those whose name begins with the word, has it in it, then those
// whose description has it, and last those that have it elsewhere: in their path, the
// type before it, or their permissions. Case does not count, nor do articles. A word
// with a dot or a slash is a part of a qualified name, a path or a permission.
func (x *Index) Search(text string) []Hit {
	words := strings.Fields(strings.ToLower(text))
	if meant := slices.DeleteFunc(slices.Clone(words), isArticle); len(meant) > 0 {
		words = meant
	}
	if len(words) == 0 {
		return nil
	}
	ranked := make([][]Hit, len(words)*farthest+1)
	for i := range x.entries {
		e, sum := &x.entries[i], 0
		for _, word := range words {
			r := e.rank(word)
			if r < 0 {
				sum = -1
				break
			}
			sum += r
		}
		if sum >= 0 {
			ranked[sum] = append(ranked[sum], e.Hit)
		}
	}
	return slices.Concat(ranked...)
}

func isArticle(word string) bool { return word == "a" || word == "an" || word == "the" }

// farthest is the last rank.
const farthest = 4

// rank returns how far a word is from the name of an entry, 0 for the name itself, or
// -1 if the entry does not have the word.
func (e *entry) rank(word string) int {
	switch {
	case slices.Contains(e.names, word), e.whole == word:
		return 0
	case strings.HasPrefix(e.names[0], word):
		return 1
	case strings.Contains(e.names[0], word):
		return 2
	case strings.Contains(e.description, word):
		return 3
	case strings.Contains(e.near, word):
		return farthest
	case slices.ContainsFunc(e.permissions, func(p string) bool { return strings.Contains(p, word) }):
		return farthest
	case strings.ContainsAny(word, "./") && strings.Contains(e.whole, word):
		return farthest
	default:
		return -1
	}
}
