package model

import (
	"iter"
	"strings"
)

// Operation is an action or a function, CSDL section 12. Operations that
// share a name are overloads.
type Operation struct {
	Namespace     string       `json:"-"` // of its schema
	Name          string       `json:"name"`
	Function      bool         `json:"function,omitzero"`
	Bound         bool         `json:"bound,omitzero"`
	Composable    bool         `json:"composable,omitzero"`    // functions only
	EntitySetPath string       `json:"entitySetPath,omitzero"` // "" if there is none
	Parameters    []*Parameter `json:"parameters,omitzero"`
	Return        *ReturnType  `json:"return,omitzero"` // nil if it returns nothing
	Element
}

// Parameter is a parameter of an operation, CSDL section 12.9.
type Parameter struct {
	Name   string  `json:"name"`
	Type   TypeRef `json:"type"`
	Facets Facets  `json:"facets,omitzero"`
	Element
}

// ReturnType is the type of the result of an operation, CSDL section 12.8.
type ReturnType struct {
	Type   TypeRef `json:"type"`
	Facets Facets  `json:"facets,omitzero"`
	Element
}

// QualifiedName returns the namespace-qualified name, "microsoft.graph.sendMail".
// Overloads share it.
func (o *Operation) QualifiedName() string { return o.Namespace + "." + o.Name }

// Own returns the parameters that a request has values for: all but the binding
// parameter.
func (o *Operation) Own() []*Parameter {
	if o.Bound && len(o.Parameters) > 0 {
		return o.Parameters[1:]
	}
	return o.Parameters
}

// Signature returns a name that no overload with the same binding parameter
// shares: "microsoft.graph.reminderView(StartDateTime,EndDateTime)". The
// parameters of actions are not part of it, because overloads of actions differ
// in the binding parameter alone, CSDL section 12.2.
func (o *Operation) Signature() string {
	var names []string
	if o.Function {
		for _, p := range o.Own() {
			names = append(names, p.Name)
		}
	}
	return o.QualifiedName() + "(" + strings.Join(names, ",") + ")"
}

// Subject returns the signature with the type that the operation is bound to:
// "microsoft.graph.user/microsoft.graph.sendMail()".
func (o *Operation) Subject() string {
	t, collection := o.Binding()
	switch {
	case t == nil:
		return o.Signature()
	case collection:
		return t.QualifiedName() + "/{}/" + o.Signature()
	}
	return t.QualifiedName() + "/" + o.Signature()
}

// Declaration returns the types of the operation:
// "microsoft.graph.getSchedule(microsoft.graph.calendar, schedules Collection(Edm.String)): Collection(microsoft.graph.scheduleInformation)".
func (o *Operation) Declaration() string {
	var parts []string
	if t, collection := o.Binding(); t != nil {
		parts = append(parts, TypeRef{Name: t.QualifiedName(), Collection: collection}.String())
	}
	for _, p := range o.Own() {
		parts = append(parts, p.Name+" "+p.Type.String())
	}
	text := o.QualifiedName() + "(" + strings.Join(parts, ", ") + ")"
	if o.Return != nil {
		text += ": " + o.Return.Type.String()
	}
	return text
}

// Target returns the path that annotations use for this overload alone, CSDL section
// 14.2.2: "microsoft.graph.reply(microsoft.graph.message,Edm.String)".
func (o *Operation) Target() string {
	types := make([]string, len(o.Parameters))
	for i, p := range o.Parameters {
		types[i] = p.Type.String()
	}
	return o.QualifiedName() + "(" + strings.Join(types, ",") + ")"
}

// Binding returns the type that the operation is bound to, or nil.
func (o *Operation) Binding() (t *StructuredType, collection bool) {
	if !o.Bound || len(o.Parameters) == 0 {
		return nil, false
	}
	ref := o.Parameters[0].Type
	t, _ = ref.Type.(*StructuredType)
	return t, ref.Collection
}

// Operations returns the operations that are bound to t or its base types, or to
// collections of them. Of several with the same signature it returns the one that
// is bound to the most derived type.
func (t *StructuredType) Operations(collection bool) iter.Seq[*Operation] {
	return t.operations(collection, func(*Operation) bool { return true })
}

// Overloads returns the operations of [StructuredType.Operations] with a name.
func (t *StructuredType) Overloads(collection bool, name string) iter.Seq[*Operation] {
	return t.operations(collection, func(o *Operation) bool { return o.Name == name })
}

func (t *StructuredType) operations(collection bool, wanted func(*Operation) bool) iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) {
		seen := map[string]bool{}
		for ; t != nil; t = t.BaseType() {
			for _, o := range t.bound {
				if _, many := o.Binding(); many != collection || !wanted(o) || seen[o.Signature()] {
					continue
				}
				seen[o.Signature()] = true
				if !yield(o) {
					return
				}
			}
		}
	}
}

// bind enters the bound operations into the types that they are bound to.
func (l *linker) bind() {
	for _, s := range l.model.Schemas {
		for _, o := range s.Operations {
			if t, _ := o.Binding(); t != nil {
				t.bound = append(t.bound, o)
			}
		}
	}
}

// checkOverloads warns of operations that are left out, because another one, which has
// the warning, is called in the same way.
func (l *linker) checkOverloads() {
	type call struct {
		subject string
		bound   bool
	}
	first := map[call]*Operation{}
	for _, s := range l.model.Schemas {
		for _, o := range s.Operations {
			if t, _ := o.Binding(); o.Name == "" || o.Bound && t == nil {
				continue
			}
			key := call{o.Subject(), o.Bound}
			before := first[key]
			switch {
			case before == nil:
				first[key] = o
			case saysTheSame(before, o):
				twice(&before.Element, &o.Element, "overload "+o.Declaration(), true)
			default:
				must := "overloads of an action must differ in the type that they are bound to"
				if before.Function {
					must = "overloads of a function must differ in the names of their parameters"
				}
				before.Warnf(o.Position, "overload %s is left out, as there is %s at %v: %s", o.Declaration(), before.Declaration(), before.Position, must)
			}
		}
	}
}
