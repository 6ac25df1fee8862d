package diff

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// builder enters the type that addresses a resource, with its methods.
func (s surface) builder(b *golang.Builder, aliases aliases) {
	s.add(symbol{name: b.Name, is: aliases.of(b.Name), form: formBuilder, shape: shapeStruct, at: place(b.Resource), causes: methodCauses(b.Resource)})
	for _, step := range b.Steps {
		s.step(b.Name, b.Resource, step, aliases)
	}
	if b.Create != nil {
		s.add(symbol{name: b.Name + ".Create", owner: b.Name, form: "*" + aliases.of(b.Create.Body.Name), rank: -1, at: place(b.Resource), causes: methodCauses(b.Resource)})
	}
}

// step enters the method that leads to another builder.
func (s surface) step(owner string, from model.Resource, step golang.Step, aliases aliases) {
	form := "*" + aliases.of(step.To.Name)
	if step.To.Resource.Item {
		form = "string → " + form
	}
	causes := methodCauses(step.To.Resource)
	causes = slices.Insert(causes, len(causes)-1, cause{wayKey(from, step.To.Resource), KindPath})
	if from.Source != nil || from.Navigation != nil {
		causes = append(causes, cause{resourceSubject(from), KindType})
	}
	sym := symbol{name: owner + "." + step.Method, owner: owner, form: form, rank: rankMethod, at: place(step.To.Resource), causes: causes}
	if f := step.Former; f != nil {
		sym.former, sym.causes = f.Of, []cause{{f.Subject(), KindResource}}
	}
	s.add(sym)
}

// methodCauses are the changes that bring or take away what stands for a
// resource.
func methodCauses(r model.Resource) []cause {
	subject := resourceSubject(r)
	return []cause{{subject, KindMethod}, {subject, KindResource}, {subject, KindType}, {subject, KindPath}}
}

// resourceSubject names a resource; a collection and its items are one.
func resourceSubject(r model.Resource) string { return strings.TrimSuffix(r.ID(), "/{}") }

// place returns where a resource is declared.
func place(r model.Resource) source.Position {
	switch {
	case r.Source != nil:
		return r.Source.Position
	case r.Navigation != nil:
		return r.Navigation.Position
	default:
		return source.Position{}
	}
}
