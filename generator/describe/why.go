package describe

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Reason is why a type is part of a selection: the shortest chain that leads to
// it, from a method, or from a type that was asked for by name. In the middle of a
// chain with more than 40 steps, "…" stands for the others.
type Reason struct {
	Type  string   `json:"type"`
	Chain []string `json:"chain"` // "POST /me/profile/projects", "microsoft.graph.projectParticipation", "its base type microsoft.graph.itemFacet", …
}

// Closure returns the reason for each type of a selection.
func Closure(s *api.Selection) []Reason {
	w := &walk{in: map[model.Type]bool{}, derived: s.Derived, chains: map[model.Type]*step{}}
	for _, t := range s.Types {
		w.in[t] = true
	}
	for _, m := range s.Methods {
		for _, t := range m.Needs() {
			w.reach(t, (*step)(nil).append(m.Requests()[0]), t.QualifiedName())
		}
	}
	for _, m := range s.Methods {
		requests := m.Requests()
		for i, path := range m.Paths {
			for _, t := range api.KeyTypes(path) {
				w.reach(t, (*step)(nil).append(requests[i]), "key of type "+t.QualifiedName())
			}
		}
	}
	w.follow()
	// The rest was asked for by name, or is needed by what was.
	needed := map[model.Type]bool{}
	for _, t := range s.Types {
		for _, n := range needs(t) {
			needed[n.t] = needed[n.t] || n.t != t
		}
	}
	for _, t := range s.Named {
		if !needed[t] {
			w.reach(t, nil, t.QualifiedName()+" (asked for)")
		}
	}
	w.follow()
	for _, t := range s.Named { // in cycles
		w.reach(t, nil, t.QualifiedName()+" (asked for)")
		w.follow()
	}
	reasons := make([]Reason, len(s.Types))
	for i, t := range s.Types {
		reasons[i] = Reason{t.QualifiedName(), w.chains[t].chain()}
	}
	return reasons
}

// walk goes breadth first from type to type, as the closure does.
type walk struct {
	in      map[model.Type]bool         // the selection
	derived map[model.Type][]model.Type // as api.Selection has them
	chains  map[model.Type]*step
	queue   []model.Type
}

func (w *walk) reach(t model.Type, before *step, text string) {
	if t == nil || !w.in[t] || w.chains[t] != nil {
		return
	}
	w.chains[t] = before.append(text)
	w.queue = append(w.queue, t)
}

// step is the last step of a chain. Chains share their beginnings.
type step struct {
	text   string
	before *step // nil at the start
	first  []string
	length int
}

// maxFirst is how many steps at the beginning of a long chain are shown, and at its
// end.
const maxFirst = 20

func (s *step) append(text string) *step {
	if s == nil {
		return &step{text, nil, []string{text}, 1}
	}
	first := s.first
	if len(first) < maxFirst {
		first = append(slices.Clip(first), text)
	}
	return &step{text, s, first, s.length + 1}
}

// chain returns the texts of a chain.
func (s *step) chain() []string {
	var last []string
	for ; s.length > maxFirst && len(last) < maxFirst; s = s.before {
		last = append(last, s.text)
	}
	slices.Reverse(last)
	chain := slices.Clone(s.first)
	if s.length > len(chain) {
		chain = append(chain, "…")
	}
	return append(chain, last...)
}

func (w *walk) follow() {
	for len(w.queue) > 0 {
		t := w.queue[0]
		w.queue = w.queue[1:]
		for _, n := range needs(t) {
			w.reach(n.t, w.chains[t], n.why+n.t.QualifiedName())
		}
		for _, d := range w.derived[t] {
			w.reach(d, w.chains[t], "derived "+d.QualifiedName())
		}
	}
}

// need is a type that another one needs, and why.
type need struct {
	t   model.Type
	why string
}

// needs returns the types that the closure adds with a type, apart from derived ones.
func needs(t model.Type) []need {
	s, ok := t.(*model.StructuredType)
	if !ok {
		return nil
	}
	var list []need
	if base := s.BaseType(); base != nil {
		list = append(list, need{base, "base type "})
	}
	for _, p := range s.Properties {
		if p.Type.Type != nil {
			list = append(list, need{p.Type.Type, "property " + p.Name + " of type "})
		}
	}
	for _, n := range s.Navigation {
		if n.Type.Type != nil && vocab.Expanded(n.Annotated) {
			list = append(list, need{n.Type.Type, "expanded property " + n.Name + " of type "})
		}
	}
	return list
}

// reaching returns the methods that need a type.
func reaching(methods []*api.Method, t model.Type) []string {
	var list []string
	reached := map[model.Type]bool{}
	reaches := func(from model.Type) bool {
		found, known := reached[from]
		if !known {
			found = leads(from, t)
			reached[from] = found
		}
		return found
	}
	for _, m := range methods {
		if slices.ContainsFunc(m.Needs(), reaches) {
			list = append(list, m.Requests()...)
		}
	}
	slices.Sort(list)
	return list
}

// leads reports whether one type needs another, by way of any others.
func leads(from, to model.Type) bool {
	seen := map[model.Type]bool{}
	todo := []model.Type{from}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if t == to {
			return true
		}
		if !seen[t] {
			seen[t] = true
			for _, n := range needs(t) {
				todo = append(todo, n.t)
			}
		}
	}
	return false
}
