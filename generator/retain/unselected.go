package retain

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
)

// Unselected returns the part of r that a larger selection from the same release does not
// have by itself. The names stay: see [Settled].
func Unselected(r *api.Retained, s *api.Selection) *api.Retained {
	if r.IsZero() {
		return nil
	}
	rest := *r
	steps, methods := map[api.RetainedStep]bool{}, map[string]bool{}
	for _, step := range s.Steps {
		steps[api.RetainedStep{From: step.From.ID(), To: step.To.ID()}] = true
	}
	for _, m := range s.Methods {
		methods[m.ID()] = true
	}
	rest.Steps = slices.DeleteFunc(slices.Clone(r.Steps), func(step api.RetainedStep) bool { return steps[step] })
	rest.Methods = slices.DeleteFunc(slices.Clone(r.Methods), func(id string) bool { return methods[id] })
	if r.Model == nil {
		return &rest
	}
	rest.Model = slice.Used(r.Model) // a copy
	for _, part := range rest.Model.Schemas {
		selected := func(name string) model.Type {
			i := slices.IndexFunc(s.Types, func(t model.Type) bool { return t.QualifiedName() == part.Namespace+"."+name })
			if i < 0 {
				return nil
			}
			return s.Types[i]
		}
		part.Structured = slices.DeleteFunc(part.Structured, func(t *model.StructuredType) bool {
			now, ok := selected(t.Name).(*model.StructuredType)
			if ok {
				t.Properties = slices.DeleteFunc(t.Properties, func(p *model.Property) bool { return now.Property(p.Name) != nil })
			}
			// A type that a path leads through has only the navigation properties on it.
			if on, ok := s.Model.Type(part.Namespace + "." + t.Name).(*model.StructuredType); ok {
				t.Navigation = slices.DeleteFunc(t.Navigation, func(n *model.Navigation) bool {
					return slices.ContainsFunc(on.Navigation, func(there *model.Navigation) bool { return there.Name == n.Name })
				})
			}
			return ok && len(t.Properties)+len(t.Navigation) == 0
		})
		part.Enums = slices.DeleteFunc(part.Enums, func(t *model.EnumType) bool {
			now, ok := selected(t.Name).(*model.EnumType)
			if ok {
				t.Members = slices.DeleteFunc(t.Members, func(m *model.Member) bool {
					return slices.ContainsFunc(now.Members, func(n *model.Member) bool { return n.Name == m.Name })
				})
			}
			return ok && len(t.Members) == 0
		})
		part.Definitions = slices.DeleteFunc(part.Definitions, func(t *model.TypeDefinition) bool { return selected(t.Name) != nil })
	}
	if c := rest.Model.Container; c != nil && s.Model.Container != nil {
		c.Sources = slices.DeleteFunc(c.Sources, func(source *model.NavigationSource) bool { return s.Model.Container.Source(source.Name) != nil })
	}
	rest.Model.Schemas = slices.DeleteFunc(rest.Model.Schemas, func(s *model.Schema) bool {
		return len(s.Structured)+len(s.Enums)+len(s.Definitions) == 0
	})
	if len(rest.Model.Schemas) == 0 && (rest.Model.Container == nil || len(rest.Model.Container.Sources) == 0) {
		rest.Model = nil
	}
	return &rest
}
