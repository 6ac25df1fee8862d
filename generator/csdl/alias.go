package csdl

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// replaceAliases replaces aliases by their namespaces everywhere, section 5.1,
// and makes equal names share their memory.
func (r *reader) replaceAliases() {
	// A schema with the name of an alias is what the name means.
	for _, s := range r.model.Schemas {
		delete(r.aliases, s.Namespace)
	}
	x := expander{aliases: r.aliases, expanded: map[string]string{}}
	for _, ref := range r.model.References {
		x.annotations(ref.Annotated)
		for _, include := range ref.Namespaces {
			x.annotations(include.Annotated)
		}
	}
	for _, s := range r.model.Schemas {
		x.schema(s)
	}
	for _, c := range r.containers {
		x.container(c)
	}
}

// expander has a method for each part of the model that holds qualified names.
type expander struct {
	aliases  map[string]string // to namespaces
	expanded map[string]string // results, by text
}

func (x *expander) schema(s *model.Schema) {
	x.annotations(s.Annotated)
	for _, t := range s.Structured {
		x.structuredType(t)
	}
	for _, t := range s.Enums {
		x.annotations(t.Annotated)
		for _, m := range t.Members {
			x.annotations(m.Annotated)
		}
	}
	for _, t := range s.Definitions {
		x.expand(&t.Underlying.Name)
		x.annotations(t.Annotated)
	}
	for _, t := range s.Terms {
		x.expand(&t.Type.Name)
		x.expand(&t.BaseTerm)
		x.annotations(t.Annotated)
	}
	for _, o := range s.Operations {
		x.operation(o)
	}
	for _, t := range s.Targets {
		t.Path = expand(t.Path, x.aliases) // hardly any occurs twice
		x.annotations(t.Annotated)
	}
}

func (x *expander) structuredType(t *model.StructuredType) {
	if t.Base != nil {
		x.expand(&t.Base.Name)
	}
	for _, p := range t.Properties {
		x.expand(&p.Type.Name)
		x.annotations(p.Annotated)
	}
	for _, n := range t.Navigation {
		x.expand(&n.Type.Name)
		x.expand(&n.Partner)
		for i := range n.Constraints {
			c := &n.Constraints[i]
			x.expand(&c.Property)
			x.expand(&c.ReferencedProperty)
			x.annotations(c.Annotated)
		}
		if n.OnDelete != nil {
			x.annotations(n.OnDelete.Annotated)
		}
		x.annotations(n.Annotated)
	}
	x.annotations(t.Annotated)
}

func (x *expander) operation(o *model.Operation) {
	x.expand(&o.EntitySetPath)
	for _, p := range o.Parameters {
		x.expand(&p.Type.Name)
		x.annotations(p.Annotated)
	}
	if o.Return != nil {
		x.expand(&o.Return.Type.Name)
		x.annotations(o.Return.Annotated)
	}
	x.annotations(o.Annotated)
}

func (x *expander) container(c *model.Container) {
	x.expand(&c.Extends)
	for _, s := range c.Sources {
		x.expand(&s.Type.Name)
		for i := range s.Bindings {
			x.expand(&s.Bindings[i].Path)
			x.expand(&s.Bindings[i].Target)
		}
		x.annotations(s.Annotated)
	}
	for _, i := range c.Imports {
		x.expand(&i.Operation)
		x.expand(&i.EntitySet)
		x.annotations(i.Annotated)
	}
	x.annotations(c.Annotated)
}

func (x *expander) annotations(list []*model.Annotation) {
	for _, a := range list {
		x.expand(&a.Term)
		x.expression(a.Value)
		x.annotations(a.Annotations)
	}
}

func (x *expander) expression(e *model.Expression) {
	if e == nil {
		return
	}
	switch e.Kind {
	case "EnumMember", "AnnotationPath", "ModelElementPath", "NavigationPropertyPath", "Path", "PropertyPath", "LabeledElementReference", "Apply":
		x.expand(&e.Value)
	}
	x.expand(&e.Type)
	for _, item := range e.Items {
		x.expression(item)
	}
	for i := range e.Properties {
		x.expression(e.Properties[i].Value)
		x.annotations(e.Properties[i].Annotations)
	}
	x.annotations(e.Annotations)
}

// expand replaces the aliases in a qualified name, a type, a list of enum
// members, a target or a path.
func (x *expander) expand(s *string) {
	if *s == "" {
		return
	}
	known, ok := x.expanded[*s]
	if !ok {
		known = expand(*s, x.aliases)
		x.expanded[*s] = known
	}
	*s = known
}

// expand replaces each alias in a text that may hold several qualified names
// with other characters between them. An alias is everything before the last dot
// of a name. Quoted strings, such as keys in paths, stay as they are.
func expand(s string, aliases map[string]string) string {
	var b strings.Builder
	done := 0 // up to where s is in b
	quoted := false
	for start := 0; start < len(s); {
		end, dot := start, 0
		for ; end < len(s) && !isSeparator(s[end]); end++ {
			if s[end] == '.' {
				dot = end
			}
		}
		if dot > start && !quoted {
			if namespace := aliases[s[start:dot]]; namespace != "" {
				b.WriteString(s[done:start])
				b.WriteString(namespace)
				done = dot
			}
		}
		if end < len(s) && s[end] == '\'' {
			quoted = !quoted
		}
		start = end + 1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// isSeparator reports whether c can stand between qualified names.
func isSeparator(c byte) bool {
	switch c {
	case '/', '@', '(', ')', ',', '#', '=', '\'', '"', ' ', '\t', '\r', '\n':
		return true
	}
	return false
}
