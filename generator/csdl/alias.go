package csdl

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// replaceAliases replaces aliases by namespaces in the whole document, section
// 5.1, and makes equal names share their memory.
func (r *reader) replaceAliases() {
	// The namespace of a schema takes precedence over an alias.
	for _, s := range r.model.Schemas {
		delete(r.aliases, s.Namespace)
	}
	x := expander{aliases: r.aliases, expanded: map[string]string{}}
	r.model.Walk(func(e *model.Element) { x.annotations(e.Annotated) })
	for _, s := range r.model.Schemas {
		x.schema(s)
	}
	for _, c := range r.containers {
		x.container(c)
	}
}

// expander replaces aliases in qualified names.
type expander struct {
	aliases  map[string]string // to namespaces
	expanded map[string]string // results, by text
}

func (x *expander) schema(s *model.Schema) {
	for _, t := range s.Structured {
		if t.Base != nil {
			x.expand(&t.Base.Name)
		}
		for _, p := range t.Properties {
			x.expand(&p.Type.Name)
		}
		for _, n := range t.Navigation {
			x.expand(&n.Type.Name)
			x.expand(&n.Partner)
			for i := range n.Constraints {
				x.expand(&n.Constraints[i].Property)
				x.expand(&n.Constraints[i].ReferencedProperty)
			}
		}
	}
	for _, t := range s.Definitions {
		x.expand(&t.Underlying.Name)
	}
	for _, t := range s.Terms {
		x.expand(&t.Type.Name)
		x.expand(&t.BaseTerm)
	}
	for _, o := range s.Operations {
		x.expand(&o.EntitySetPath)
		for _, p := range o.Parameters {
			x.expand(&p.Type.Name)
		}
		if o.Return != nil {
			x.expand(&o.Return.Type.Name)
		}
	}
	for _, t := range s.Targets {
		t.Path = expand(t.Path, x.aliases) // not cached: hardly any path occurs twice
	}
}

func (x *expander) container(c *model.Container) {
	(&model.Model{Container: c}).Walk(func(e *model.Element) { x.annotations(e.Annotated) })
	x.expand(&c.Extends)
	for _, s := range c.Sources {
		x.expand(&s.Type.Name)
		for i := range s.Bindings {
			x.expand(&s.Bindings[i].Path)
			x.expand(&s.Bindings[i].Target)
		}
	}
	for _, i := range c.Imports {
		x.expand(&i.Operation)
		x.expand(&i.EntitySet)
	}
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

// expand replaces each alias in a text that may hold several qualified names with
// separators between them. An alias is the part of a name before the last dot.
// expand does not change quoted strings, such as keys in paths.
func expand(s string, aliases map[string]string) string {
	var b strings.Builder
	done := 0 // the length of the part of s that b already holds
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
