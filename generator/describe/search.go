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
	name        string
	verbs       []string // of a method: "post", "create", "add"
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
			Hit: Hit{kind, name, description}, name: strings.ToLower(last), description: strings.ToLower(description),
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
		Hit:  Hit{"method", m.Requests()[0], description},
		name: strings.ToLower(name), verbs: append(verbs(m.Kind), strings.ToLower(m.Verb)), description: strings.ToLower(description),
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

// verbs returns the words for what methods of a kind do.
func verbs(k api.Kind) []string {
	switch k {
	case api.Get:
		return []string{"get", "read"}
	case api.List:
		return []string{"list", "read", "find"}
	case api.Count:
		return []string{"count"}
	case api.Create:
		return []string{"create", "add", "new"}
	case api.Update:
		return []string{"update", "change", "edit"}
	case api.Replace:
		return []string{"replace"}
	case api.Delete:
		return []string{"delete", "remove"}
	case api.AddRef:
		return []string{"add"}
	case api.SetRef:
		return []string{"set"}
	case api.RemoveRef:
		return []string{"remove"}
	case api.Download:
		return []string{"download", "read"}
	case api.Upload:
		return []string{"upload", "replace"}
	case api.Action, api.Function:
		return []string{"call"}
	default:
		return []string{strings.ToLower(string(k))}
	}
}

// Search returns the elements that match all words of a text: elements with the name
// itself first, then those whose name begins with the word, then those that have it in
// their name or do what it says ("create"), then those whose description has it, and
// last those that need a permission with it. If there are several words, some can also
// be in the path, or in the type before the name. Case does not count, nor do articles. A
// word with a dot or a slash is a part of a qualified name, a path or a permission.
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
		e, sum, nearest := &x.entries[i], 0, farthest
		for _, word := range words {
			r := e.rank(word)
			if r < 0 {
				sum = -1
				break
			}
			sum += r
			nearest = min(nearest, r)
		}
		if sum >= 0 && nearest < farthest {
			ranked[sum] = append(ranked[sum], e.Hit)
		}
	}
	return slices.Concat(ranked...)
}

func isArticle(word string) bool { return word == "a" || word == "an" || word == "the" }

// farthest is the last rank.
const farthest = 5

// rank returns how far a word is from the name of an entry, 0 for the name itself, or
// -1 if the entry does not have the word.
func (e *entry) rank(word string) int {
	switch {
	case e.name == word, e.whole == word:
		return 0
	case strings.HasPrefix(e.name, word):
		return 1
	case strings.Contains(e.name, word), slices.Contains(e.verbs, word):
		return 2
	case strings.Contains(e.description, word):
		return 3
	case slices.ContainsFunc(e.permissions, func(p string) bool { return strings.Contains(p, word) }):
		return 4
	case strings.ContainsAny(word, "./") && strings.Contains(e.whole, word):
		return 4
	case strings.Contains(e.near, word):
		return farthest
	default:
		return -1
	}
}
