package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// keySteps compares the keys in the addresses of the items that both packages lead to. A
// package need not have the types of these items: a path can pass through them. What
// structured has found about a type that it has is not added twice.
func (c *comparer) keySteps() {
	old, new := itemSteps(c.old.Plan), itemSteps(c.new.Plan)
	for _, name := range sortedKeys(old, nil) {
		o, n := old[name], new[name]
		if n.To == nil {
			continue
		}
		if isPrimary(o) {
			was, now := keyed(o.To.Resource.Type()), keyed(n.To.Resource.Type())
			c.about(now.QualifiedName(), was.Position, now.Position).texts(report.Wire, KindKey, cmp.Or(key(was), "id"), cmp.Or(key(now), "id"))
		}
		for _, key := range n.Keys {
			_, was := keyProperty(o, key.Name)
			owner, now := keyProperty(n, key.Name)
			if was != nil && now != nil {
				c.about(owner.QualifiedName()+"/"+now.Name, was.Position, now.Position).types(was.Type, now.Type)
			}
		}
	}
}

// itemSteps returns the steps of a package to items, by the step and the method of an
// alternate key.
func itemSteps(p *golang.Plan) map[string]golang.Step {
	list := map[string]golang.Step{}
	for _, b := range p.Builders {
		for _, s := range b.Steps {
			if s.Kind != golang.ToItem || s.Retained {
				continue
			}
			name := stepKey(b.Resource, s.To.Resource)
			if !isPrimary(s) {
				name += " " + s.Method
			}
			list[name] = s
		}
	}
	return list
}

// isPrimary reports whether a step to an item takes the key of its type, and not an
// alternate one.
func isPrimary(s golang.Step) bool { return s.Method == "ByID" || s.Method == "ByKey" }

// keyed returns the type that declares the key of t, or t itself.
func keyed(t *model.StructuredType) *model.StructuredType {
	for base := t; base != nil; base = base.BaseType() {
		if len(base.Key) > 0 {
			return base
		}
	}
	return t
}

// keyProperty returns the property with a name in the key of a step, and the type that
// declares it; nil if the metadata lacks it.
func keyProperty(s golang.Step, name string) (owner *model.StructuredType, p *model.Property) {
	owner = s.To.Resource.Type()
	for segment := range strings.SplitSeq(keyPath(s, name), "/") {
		if p != nil {
			owner, _ = p.Type.Type.(*model.StructuredType)
		}
		if p = owner.Property(segment); p == nil {
			return nil, nil
		}
		for !slices.Contains(owner.Properties, p) {
			owner = owner.BaseType()
		}
	}
	return owner, p
}

// keyPath returns the path of the property with a name in the key of a step.
func keyPath(s golang.Step, name string) string {
	t := s.To.Resource.Type()
	if isPrimary(s) {
		for _, ref := range t.KeyRefs() {
			if ref.InAddress() == name {
				return ref.Name
			}
		}
		return name
	}
	all := vocab.AlternateKeys(s.To.Resource.Annotations())
	for ; t != nil; t = t.BaseType() {
		all = append(all, vocab.AlternateKeys(t.Annotated)...)
	}
	for _, key := range all {
		same := func(part vocab.KeyProperty, own golang.Key) bool { return part.Name == own.Name }
		if !slices.EqualFunc(key, s.Keys, same) {
			continue
		}
		for _, part := range key {
			if part.Name == name {
				return part.Path
			}
		}
	}
	return name
}

// conventions compares how the service writes keys and operations in addresses.
func (c *comparer) conventions() {
	old, new := c.old.Model.Container, c.new.Model.Container
	if old == nil || new == nil {
		return // a package of types alone
	}
	if len(itemSteps(c.old.Plan)) > 0 && len(itemSteps(c.new.Plan)) > 0 {
		c.about(new.Namespace+"."+new.Name, old.Position, new.Position).texts(report.Wire, KindKey, keysStand(c.old), keysStand(c.new))
	}
	was, now := vocab.ServiceOf(c.old.Model), vocab.ServiceOf(c.new.Model)
	oldOperations, newOperations := operationsOf(c.old.Plan), operationsOf(c.new.Plan)
	says := func(s vocab.Service, o *model.Operation) string {
		if s.OperationName(o) == o.Name {
			return "operations without their namespace"
		}
		return "operations with their namespace"
	}
	for _, subject := range sortedKeys(oldOperations, nil) { // add leaves out what several of a namespace say
		if o, n := oldOperations[subject], newOperations[subject]; n != nil && o.Bound && n.Bound {
			c.about(n.Namespace, schemaOf(c.old.Model, o).Position, schemaOf(c.new.Model, n).Position).texts(report.Wire, KindPath, says(was, o), says(now, n))
		}
	}
}

// keysStand says where keys stand in the addresses of a version.
func keysStand(v Version) string {
	where := v.Plan.Options.Keys
	switch {
	case where != "":
	case vocab.ServiceOf(v.Model).KeysInParentheses:
		where = "parentheses"
	default:
		where = "segments"
	}
	return "in " + where
}

func schemaOf(m *model.Model, o *model.Operation) *model.Schema {
	for _, s := range m.Schemas {
		if s.Namespace == o.Namespace {
			return s
		}
	}
	return &model.Schema{}
}
