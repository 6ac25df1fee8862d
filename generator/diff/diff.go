// Package diff compares two versions of a model, and finds the effect of each
// change on callers of the generated code.
//
// The effect does not follow from the kind of the change alone. Package diff also
// compares the names and signatures that the two generated packages export. A
// change has severity source if and only if it removes or changes one of them.
package diff

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Version is one of the two versions to compare.
type Version struct {
	// Name is the name of its file, for messages.
	Name string
	// Model is the model that the selection was made from. A lock file has only
	// the selected part.
	Model *model.Model
	// Plan is the generated package. The plan of the new version must have the
	// names of the old one pinned.
	Plan *golang.Plan
}

// Change is a difference between two versions of the schema.
type Change struct {
	Severity report.Severity
	Kind     Kind
	Action   Action

	// Subject is the changed element of the schema,
	// "microsoft.graph.itemFacet/source". A renamed element has its old name.
	Subject string

	// Symbol is the Go name of the subject: "ItemFacet.Source". For a change of
	// severity source it is the first name that is removed or changed, for an
	// addition the new name. It is "" if the subject has no Go name.
	Symbol string
	// Also are the other symbols that the change removes, changes or adds, such as
	// the fields of derived types.
	Also []string
	// NewSymbol is the new name of a renamed Symbol.
	NewSymbol string

	// Old and New are the values in the two versions. One of them is "" if the
	// version has none.
	Old, New string
	// OldAt and NewAt are the positions of the values. If a version lacks the
	// subject, its position is the element that would hold the subject. Only File
	// is set if the position is unknown.
	OldAt, NewAt source.Position

	// Evidence explains a change that is not obvious: why an element is taken to
	// be renamed, or that the package retains it.
	Evidence string

	// Requests are the requests of the methods that were added or removed: Old or New in
	// parts. They are unknown for retained methods.
	Requests []string

	Constant bool // the Symbol is a constant that stops compiling

	// Whole reports that a change of methods is about all that a resource has, and that
	// one of the selection is about all of a type or resource.
	Whole bool
}

// Kind is the aspect of the schema that changed.
type Kind string

// The kinds of changes, with their severity if no Go name breaks.
const (
	KindType        Kind = "type"        // a type, or the type of a property, resource, parameter or result. Added: additive; same values: docs; else wire
	KindProperty    Kind = "property"    // Added: additive; removed, renamed: wire
	KindMember      Kind = "member"      // of an enumeration. Added: additive; removed, renamed: wire
	KindAllowed     Kind = "value"       // an allowed value of a property. Added: additive; removed: behaviour
	KindBase        Kind = "base"        // the base type. Behaviour
	KindFlags       Kind = "flags"       // whether a value can hold several members. Behaviour; docs if it was or is unknown
	KindNullability Kind = "nullability" // Behaviour
	KindFacet       Kind = "facet"       // the greatest length, precision and so on. Behaviour
	KindOpen        Kind = "open"        // whether a type can have undeclared properties. Behaviour
	KindKey         Kind = "key"         // of a type, an alternate key of the items of a resource, or where the service has keys. Wire; only more alternate keys: additive
	KindAbstract    Kind = "abstract"    // Now, of a type that requests send: wire; not any more: behaviour; else docs
	KindStream      Kind = "stream"      // whether an entity is a media stream. Docs
	KindNumber      Kind = "number"      // the value of a member, or its type, which JSON does not carry. Docs
	KindDeprecated  Kind = "deprecated"  // Behaviour
	KindDescription Kind = "description" // Docs
	KindPage        Kind = "page"        // the address of the reference page. Docs

	KindMethod    Kind = "method"    // Added: additive; removed, renamed: wire
	KindResource  Kind = "resource"  // a resource on a path to methods. As method
	KindPath      Kind = "path"      // a step from one resource to another. As method. Changed: operations of a schema have their namespace or not: wire; a method is ruled out on more paths: wire; on fewer: additive
	KindSettable  Kind = "settable"  // whether creates can set a property. Not any more: wire; now: behaviour; else docs
	KindRequired  Kind = "required"  // whether a create must set a property. Now: wire; not any more: behaviour
	KindQuery     Kind = "query"     // the query options that a list does not support. More: wire; fewer: additive
	KindParameter Kind = "parameter" // the query parameters that the page of a method names. Docs
	KindAccess    Kind = "access"    // the permissions that callers need. Behaviour; docs if no page gave any
	KindEvolvable Kind = "evolvable" // whether a create asks for unknown members. Behaviour

	KindName      Kind = "name"      // the Go name alone. Always source
	KindSelection Kind = "selection" // a type or resource, or parts of it, that the configuration does not select any more. Always source
)

// Action is what happened to the subject.
type Action string

const (
	Added   Action = "added"
	Removed Action = "removed"
	Changed Action = "changed"
	Renamed Action = "renamed"
)

// Comparison is how two versions differ.
type Comparison struct {
	Old, New  string // the names of the versions; Old is "" if there was none
	Selection string // the file whose selection was compared, if the user did not name the selection; else ""
	Changes   []Change

	// Bases are the base types of the types with changes and of their base types;
	// "" for a root. They are taken from the new version if it has the type.
	Bases map[string]string
}

// Compare compares two versions. The changes are sorted by severity, the gravest
// first, and then by subject.
func Compare(old, new Version) *Comparison {
	c := &comparer{old: old, new: new, retained: retainedBy(new.Plan), renamed: map[string]string{}, index: map[cause][]*entry{}}
	var s surfaces
	var other sync.WaitGroup
	other.Go(func() { s = surfacesOf(old.Plan, new.Plan) })
	c.types()
	c.resources()
	c.keySteps()
	c.operations()
	c.conventions()
	c.navigations()
	c.expiredElements()
	other.Wait()
	c.effects(s)
	result := &Comparison{Old: old.Name, New: new.Name}
	for _, e := range c.entries {
		result.Changes = append(result.Changes, e.Change)
	}
	slices.SortFunc(result.Changes, compareChanges)
	result.Bases = bases(result.Changes, old.Plan, new.Plan)
	return result
}

func compareChanges(a, b Change) int {
	return cmp.Or(
		cmp.Compare(slices.Index(report.Severities, a.Severity), slices.Index(report.Severities, b.Severity)),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Action, b.Action),
		cmp.Compare(a.Old, b.Old),
		cmp.Compare(a.New, b.New),
		cmp.Compare(a.Symbol, b.Symbol),
	)
}

// AtLeast reports whether there is a change as grave as level, or graver.
func (c *Comparison) AtLeast(level report.Severity) bool {
	return slices.ContainsFunc(c.Changes, func(c Change) bool { return c.Severity.AtLeast(level) })
}

// comparer collects changes.
type comparer struct {
	old, new Version
	retained map[string]bool   // the elements that new retains, by subject
	renamed  map[string]string // types: their names in old and new
	entries  []*entry
	index    map[cause][]*entry
}

// entry is an unfinished change, with the Go symbols that it removes and adds.
type entry struct {
	Change
	method         string // its ID, if the change is about a single one
	broken, gained []*symbol
	revalued       []*symbol // constants that have another value now
}

// add adds a change with its severity if no Go name breaks. Symbols find it by its
// subject, or by one of the other subjects.
func (c *comparer) add(ch Change, others ...string) {
	if len(ch.Requests) > 0 {
		at := &ch.New
		if ch.Action == Removed {
			at = &ch.Old
		}
		*at = strings.Join(ch.Requests, ", ")
	}
	ch.OldAt, ch.NewAt = c.old.place(ch.OldAt), c.new.place(ch.NewAt)
	// Several methods of a resource can change alike.
	if ch.Action == Changed && slices.ContainsFunc(c.index[cause{ch.Subject, ch.Kind}], func(e *entry) bool {
		return e.Subject == ch.Subject && e.Action == Changed && e.Old == ch.Old && e.New == ch.New && e.Severity == ch.Severity
	}) {
		return
	}
	e := &entry{Change: ch, method: ch.Subject}
	if ch.Kind == KindMethod && len(others) > 0 {
		e.method, e.Whole = cmp.Or(others[0], ch.Subject), others[0] == anyMethod
	}
	c.entries = append(c.entries, e)
	for _, subject := range append(others, ch.Subject) {
		key := cause{subject, ch.Kind}
		c.index[key] = append(c.index[key], e)
	}
}

// place completes a position: an unknown one is the version as a whole.
func (v Version) place(at source.Position) source.Position {
	if at.File == "" {
		at.File = v.Name
	}
	return at
}
