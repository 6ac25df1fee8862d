package retain

import (
	"fmt"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// alikeProperties gives the evidence for two properties of a type to be the
// same.
func alikeProperties(o, n *model.Property) string {
	if o.Type.String() != n.Type.String() || (o.Facets.Nullable == model.No) != (n.Facets.Nullable == model.No) {
		return ""
	}
	return "both are of type " + o.Type.String()
}

// alikeMembers gives the evidence for two members of an enumeration to be the
// same.
func alikeMembers(o, n *model.Member) string {
	switch {
	case o.Value == nil && n.Value == nil:
		return "both have no number"
	case o.Value != nil && n.Value != nil && *o.Value == *n.Value:
		return fmt.Sprintf("both have the number %d", *o.Value)
	}
	return ""
}

// alikeTypes gives the evidence for two types to be the same.
func alikeTypes(old, new model.Type) string {
	switch o := old.(type) {
	case *model.StructuredType:
		n, ok := new.(*model.StructuredType)
		if !ok || o.Kind != n.Kind || base(o) != base(n) {
			return ""
		}
		where := "with no base type"
		if o.Base != nil {
			where = "with the base type " + o.Base.Name
		}
		return content(what(o)+"s "+where, "properties", properties(o.Properties), properties(n.Properties))
	case *model.EnumType:
		if n, ok := new.(*model.EnumType); ok && o.Flags == n.Flags {
			return content("enumerations", "members", members(o.Members), members(n.Members))
		}
	case *model.TypeDefinition:
		if n, ok := new.(*model.TypeDefinition); ok && o.Underlying.Name == n.Underlying.Name {
			return "both are definitions of " + o.Underlying.Name
		}
	}
	return ""
}

// content says how much two types have in common, if that is most of both.
func content[V any](both, what string, old, new map[string]V) string {
	common := 0
	for name := range old {
		if _, ok := new[name]; ok {
			common++
		}
	}
	all := len(old) + len(new) - common
	if common == 0 || common*5 < all*4 {
		return ""
	}
	return fmt.Sprintf("both are %s, and have %d of %d %s in common", both, common, all, what)
}

// alikeResources gives the evidence for two resources to be the same.
func alikeResources(o, n api.Resource) string {
	if (o.Owner == nil) != (n.Owner == nil) || o.Owner != nil && o.Owner.QualifiedName() != n.Owner.QualifiedName() {
		return ""
	}
	if target(o) != target(n) || contains(o) != contains(n) {
		return ""
	}
	return "both lead to " + target(o)
}

// target names the type that a resource is of.
func target(r api.Resource) string {
	if r.Source != nil {
		return r.Source.Type.String()
	}
	return r.Navigation.Type.String()
}

func contains(r api.Resource) bool {
	return r.Navigation == nil || r.Navigation.ContainsTarget != model.No
}

// what names the kind of a structured type.
func what(t *model.StructuredType) string { return string(t.Kind) + " type" }

func base(t *model.StructuredType) string {
	if t.Base == nil {
		return ""
	}
	return t.Base.Name
}

func properties(list []*model.Property) map[string]*model.Property {
	byName := map[string]*model.Property{}
	for _, p := range list {
		byName[p.Name] = p
	}
	return byName
}

func members(list []*model.Member) map[string]*model.Member {
	byName := map[string]*model.Member{}
	for _, m := range list {
		byName[m.Name] = m
	}
	return byName
}
