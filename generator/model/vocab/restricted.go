package vocab

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

const capabilities = "Org.OData.Capabilities.V1."

// PathRestriction is an item of RestrictedProperties in
// Capabilities.NavigationRestrictions: facts about the resource at the end of a
// path, for paths that lead through the annotated element.
type PathRestriction struct {
	// Path has the segments behind the element, without keys.
	Path []string
	// Annotations are the facts, as annotations of the resource itself.
	Annotations []*model.Annotation
}

// DecidesMethods reports whether a restriction says which methods there are.
func (r PathRestriction) DecidesMethods() bool {
	read, update := ReadRestrictions(r.Annotations), UpdateRestrictions(r.Annotations)
	facts := []model.Fact{
		read.Readable, read.ByKey, InsertRestrictions(r.Annotations).Insertable, update.Updatable,
		Deletable(r.Annotations), Indexable(r.Annotations), QueryOptions(r.Annotations).Count,
	}
	return update.Methods != nil || Unlisted(r.Annotations) || slices.ContainsFunc(facts, func(f model.Fact) bool { return f != model.Unknown })
}

// PathRestrictions returns the path restrictions of an entity set, a singleton or
// a navigation property.
func PathRestrictions(list []*model.Annotation) []PathRestriction {
	restricted := valueOf(list, termNavigation).Property("RestrictedProperties")
	if restricted == nil {
		return nil
	}
	var all []PathRestriction
	for _, item := range restricted.Items {
		path := strings.Trim(item.Property("NavigationProperty").Text(), "/")
		if path == "" {
			continue
		}
		r := PathRestriction{Path: strings.Split(path, "/")}
		for _, p := range item.Properties {
			switch p.Name {
			case "NavigationProperty":
			case "Navigability":
				value := record(p.Position, p)
				r.Annotations = append(r.Annotations, &model.Annotation{Term: termNavigation, Value: value, Position: p.Position})
			default:
				r.Annotations = append(r.Annotations, &model.Annotation{Term: capabilities + p.Name, Value: p.Value, Position: p.Position})
			}
		}
		all = append(all, r)
	}
	return all
}

// Override returns the annotations of a resource with those of special in front,
// which apply in their place. The members of a record apply one by one: a special
// record without Insertable leaves that of the resource.
func Override(special, list []*model.Annotation) []*model.Annotation {
	if len(special) == 0 {
		return list
	}
	var all []*model.Annotation
	for _, a := range special {
		general := model.Find(list, a.Term, "")
		if general == nil || general.Value == nil || a.Value == nil || a.Value.Kind != "Record" {
			all = append(all, a)
			continue
		}
		both, value := *a, *a.Value
		both.Annotations = general.Annotations
		value.Properties = slices.Clone(a.Value.Properties)
		for _, p := range general.Value.Properties {
			if a.Value.Property(p.Name) == nil {
				value.Properties = append(value.Properties, p)
			}
		}
		both.Value = &value
		all = append(all, &both)
	}
	return append(all, list...)
}
