package diff

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// bases returns the base types of the types that changes are about.
func bases(changes []Change, old, new *golang.Plan) map[string]string {
	oldTypes, newTypes := declared(old), declared(new)
	list := map[string]string{}
	enter := func(name string) {
		for name != "" {
			t, ok := newTypes[name]
			if !ok {
				t, ok = oldTypes[name]
			}
			if _, done := list[name]; done || !ok {
				return
			}
			list[name] = ""
			if s, ok := t.(*model.StructuredType); ok {
				list[name] = base(s)
			}
			name = list[name]
		}
	}
	for _, ch := range changes {
		enter(typeOf(ch.Subject))
		if ch.Action == Renamed {
			enter(typeOf(ch.New))
		}
	}
	return list
}

// typeOf returns the type that a subject is or belongs to.
func typeOf(subject string) string {
	name, _, _ := strings.Cut(subject, "/")
	return name
}
