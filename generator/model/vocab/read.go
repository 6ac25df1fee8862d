// Package vocab reads and builds the annotations that the generator understands:
// terms of the OASIS vocabularies, and a few of its own under Msgraphgen.V1.
package vocab

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Terms of the OASIS vocabularies,
// https://docs.oasis-open.org/odata/odata-vocabularies/v4.0/.
const (
	termDescription     = "Org.OData.Core.V1.Description"
	termLongDescription = "Org.OData.Core.V1.LongDescription"
	termComputed        = "Org.OData.Core.V1.Computed"
	termPermissions     = "Org.OData.Core.V1.Permissions"
	termRevisions       = "Org.OData.Core.V1.Revisions"
	termLinks           = "Org.OData.Core.V1.Links"
	termExample         = "Org.OData.Core.V1.Example"
	termAllowedValues   = "Org.OData.Validation.V1.AllowedValues"
	termInsert          = "Org.OData.Capabilities.V1.InsertRestrictions"
	termNavigation      = "Org.OData.Capabilities.V1.NavigationRestrictions"

	// No vocabulary has terms for these.
	termRetained = "Msgraphgen.V1.Retained" // on a Core.Revisions
)

// Used reports whether the generator reads the annotations with a term. All other
// annotations have no effect on the output.
func Used(term string) bool {
	switch term {
	case termDescription, termLongDescription, termComputed, termPermissions, termRevisions, termLinks, termExample,
		termAllowedValues, termInsert, termNavigation, termAlternateKeys, termCasts, termNotListed, termGoNames, termInstance, termExpanded, termGraph, termKeyAsSegment, termDefaultNamespace,
		termRead, termUpdate, termDelete, termTop, termSkip, termCount, termFilter, termSearch, termSort, termExpand, termIndexable,
		termSelect, termSelectOlder, termMethod, termOperation:
		return true
	}
	return false
}

// Description returns the Core.Description among the annotations, or "".
func Description(list []*model.Annotation) string { return text(list, termDescription) }

// LongDescription returns the Core.LongDescription among the annotations, or "".
func LongDescription(list []*model.Annotation) string { return text(list, termLongDescription) }

func text(list []*model.Annotation, term string) string {
	if a := model.Find(list, term, ""); a != nil {
		return constantText(a.Value)
	}
	return ""
}

// constantText returns the text of a constant, or "" for an expression, such as a
// path, whose value only the service knows.
func constantText(e *model.Expression) string {
	if e == nil || slices.Contains([]model.ExpressionKind{"Path", "Apply", "LabeledElement", "LabeledElementReference"}, e.Kind) {
		return ""
	}
	return e.Value
}

// ReadOnly reports whether Core.Computed or Core.Permissions says that a client
// cannot set a property, and names the term.
func ReadOnly(list []*model.Annotation) (term string, readOnly bool) {
	// The default value of Computed is true.
	if a := model.Find(list, termComputed, ""); a != nil && (a.Value == nil || a.Value.Value == "true") {
		return "Core.Computed", true
	}
	if a := model.Find(list, termPermissions, ""); a != nil {
		permissions := enumMembers(a.Value)
		has := func(name string) bool { return slices.Contains(permissions, name) }
		if (has("Read") || has("None")) && !has("Write") && !has("ReadWrite") {
			return "Core.Permissions", true
		}
	}
	return "", false
}

// enumMember returns the name of a single enum member, which CSDL spells
// with its type: "Org.OData.Core.V1.Permission/Read".
func enumMember(e *model.Expression) string {
	member := e.Text()
	return member[strings.LastIndexByte(member, '/')+1:]
}

// enumMembers returns the names of the members of a value with flags, which CSDL
// separates with spaces.
func enumMembers(e *model.Expression) []string {
	var list []string
	for _, member := range strings.Fields(e.Text()) {
		list = append(list, member[strings.LastIndexByte(member, '/')+1:])
	}
	return list
}

// Deprecation is a revision of kind Deprecated in a Core.Revisions.
type Deprecation struct {
	Description string
	Date        string // "2021-04-11", or ""
	RemovalDate string
}

// Deprecated returns the first revision of kind Deprecated, or nil.
func Deprecated(list []*model.Annotation) *Deprecation {
	a := model.Find(list, termRevisions, "")
	if a == nil || a.Value == nil {
		return nil
	}
	for _, revision := range a.Value.Items {
		if enumMember(revision.Property("Kind")) == "Deprecated" {
			return &Deprecation{
				Description: constantText(revision.Property("Description")),
				Date:        constantText(revision.Property("Date")),
				RemovalDate: constantText(revision.Property("RemovalDate")),
			}
		}
	}
	return nil
}

// Retained reports whether the schema no longer has an element: the package
// retains it for one release.
func Retained(list []*model.Annotation) bool {
	a := model.Find(list, termRevisions, "")
	return a != nil && model.Find(a.Annotations, termRetained, "") != nil
}

// Link relations of Core.Links: Graph uses RelationCreate for the reference page
// of a create. RelationType is the IANA relation for the page of a type, or of
// another element that has one page.
const (
	RelationCreate = "https://graph.microsoft.com/rels/docs/create"
	RelationType   = "describedby"
)

// DocumentationLink returns the address of the reference page that Core.Links
// gives under the relation, or "".
func DocumentationLink(list []*model.Annotation, relation string) string {
	a := model.Find(list, termLinks, "")
	if a == nil || a.Value == nil {
		return ""
	}
	for _, link := range a.Value.Items {
		if link.Property("rel").Text() == relation {
			return constantText(link.Property("href"))
		}
	}
	return ""
}

// AllowedValues returns the constants of Validation.AllowedValues.
func AllowedValues(list []*model.Annotation) []string { return allowedValues(list, false) }

// RetainedValues returns the constants that [RetainValues] has added.
func RetainedValues(list []*model.Annotation) []string { return allowedValues(list, true) }

func allowedValues(list []*model.Annotation, retained bool) []string {
	a := model.Find(list, termAllowedValues, "")
	if a == nil || a.Value == nil {
		return nil
	}
	var values []string
	for _, item := range a.Value.Items {
		value := constantText(item.Property("Value"))
		if e := item.Property("Value"); e != nil && e.Kind == "EnumMember" {
			value = enumMember(e)
		}
		if value != "" && Retained(item.Annotations) == retained {
			values = append(values, value)
		}
	}
	return values
}

// Insert is the content of a Capabilities.InsertRestrictions.
type Insert struct {
	Insertable    model.Fact
	NonInsertable []string // paths of properties that a create cannot set
	Required      []string // paths of properties that a create must set
	Page          string   // the address of the reference page that it was read from, or ""
}

// InsertRestrictions returns the Capabilities.InsertRestrictions of a collection.
func InsertRestrictions(list []*model.Annotation) Insert {
	a := model.Find(list, termInsert, "")
	if a == nil || a.Value == nil {
		return Insert{}
	}
	var insert Insert
	switch a.Value.Property("Insertable").Text() {
	case "true":
		insert.Insertable = model.Yes
	case "false":
		insert.Insertable = model.No
	}
	insert.NonInsertable = paths(a.Value.Property("NonInsertableProperties"))
	insert.Required = paths(a.Value.Property("RequiredProperties"))
	insert.Page = DocumentationLink(a.Annotations, RelationType)
	return insert
}

func paths(collection *model.Expression) []string {
	if collection == nil {
		return nil
	}
	var list []string
	for _, item := range collection.Items {
		list = append(list, item.Text())
	}
	return list
}

// Unlisted reports whether the service has no resource for a navigation property.
func Unlisted(list []*model.Annotation) bool { return NavigationRestrictions(list).Unlisted }

// Example returns the value of the Core.Example with the given qualifier, or
// nil.
func Example(list []*model.Annotation, qualifier string) *model.Expression {
	if a := model.Find(list, termExample, qualifier); a != nil {
		return a.Value.Property("Value")
	}
	return nil
}

// Evolvable reports whether an enumeration has the sentinel member
// unknownFutureValue: the service sends later members only to clients that ask
// for them
// (https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations).
func Evolvable(t *model.EnumType) bool {
	for _, m := range t.Members {
		if m.Name == "unknownFutureValue" && !Retained(m.Annotated) {
			return true
		}
	}
	return false
}

// Conflicts returns a warning for each term that the generator reads and for
// which an element has several values.
func Conflicts(e *model.Element) []source.Diagnostic {
	var list []source.Diagnostic
	for i, a := range e.Annotated {
		if i > 0 && a.Term == e.Annotated[i-1].Term && a.Qualifier == e.Annotated[i-1].Qualifier && Used(a.Term) {
			list = append(list, source.Diagnostic{
				Position: a.Position, Severity: source.Warning,
				Message: "the element has several values for " + a.Term + ": which one applies is undefined",
			})
		}
	}
	return list
}
