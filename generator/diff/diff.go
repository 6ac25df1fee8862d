// Package diff compares two versions of a model, and says of each change what
// it does to those who call the generated code.
//
// What a change does is not guessed from its kind. The names and signatures
// that the two generated packages export are compared too, as callers see
// them; a change that takes one of them away has the severity source, and no
// other change has.
package diff

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Version is one of the two sides.
type Version struct {
	// Name is what messages call it: the name of its file.
	Name string
	// Model is where the selection was taken from. Of a lock file, which holds
	// no more than the selection, it is that.
	Model *model.Model
	// Plan is the package that would be generated. The plan of the new version
	// is to be made with the names of the old one pinned, as the generator does.
	Plan *golang.Plan
}

// Change is one difference: what of the schema, what became of it, and what
// that does.
type Change struct {
	Severity report.Severity
	Kind     Kind
	Action   Action

	// Subject is what changed, in terms of the schema:
	// "microsoft.graph.itemFacet/source". Of something renamed it is the old name.
	Subject string

	// Symbol is what it is in Go: "ItemFacet.Source". Of a change of severity
	// source it is the first thing that callers miss, or find changed; of one
	// that adds something, what is new. It is "" for what is not in Go.
	Symbol string
	// Also are the other symbols that go, change or come for the same reason,
	// such as the fields of derived types.
	Also []string
	// NewSymbol is what has the place of Symbol, for what is renamed.
	NewSymbol string

	// Old and New are what the two sides say. One of them is "" where that side
	// has nothing.
	Old, New string
	// OldAt and NewAt are where they say so; where a side lacks the subject,
	// what would hold it. Only File is set where the position is not known.
	OldAt, NewAt source.Position

	// Evidence is what the statement rests on, where it is more than a
	// comparison: why something is taken to be renamed, or where it still is.
	Evidence string
}

// Kind is what of the schema a change is about.
type Kind string

// The kinds of changes, with their severity where nothing in Go breaks.
const (
	KindType        Kind = "type"        // a type, or the type of a property or resource. Added: additive; same values: docs; else wire
	KindProperty    Kind = "property"    // Added: additive; removed, renamed: wire
	KindMember      Kind = "member"      // of an enumeration. Added: additive; removed, renamed: wire
	KindAllowed     Kind = "value"       // a text that a property takes. Added: additive; removed: behaviour
	KindBase        Kind = "base"        // the base type. Behaviour
	KindFlags       Kind = "flags"       // whether a value can hold several members. Behaviour; docs where it was, or is, not known
	KindNullability Kind = "nullability" // Behaviour
	KindFacet       Kind = "facet"       // the greatest length, precision and so on. Behaviour
	KindOpen        Kind = "open"        // whether there can be undeclared properties. Behaviour
	KindKey         Kind = "key"         // Wire
	KindAbstract    Kind = "abstract"    // Docs
	KindStream      Kind = "stream"      // whether an entity is a media stream. Docs
	KindNumber      Kind = "number"      // of a member, or the type of the numbers. JSON has names instead: docs
	KindDeprecated  Kind = "deprecated"  // Behaviour
	KindDescription Kind = "description" // Docs
	KindPage        Kind = "page"        // the address of the reference page. Docs

	KindMethod    Kind = "method"    // Added: additive; removed, renamed: wire
	KindResource  Kind = "resource"  // a resource on the way to methods. As method
	KindPath      Kind = "path"      // a way from one resource to another. As method
	KindStatus    Kind = "status"    // of success. Wire
	KindSettable  Kind = "settable"  // whether creates can set a property. Refused now: wire; taken now: behaviour; else docs
	KindRequired  Kind = "required"  // whether a create must set a property. Now: wire; no more: behaviour
	KindEvolvable Kind = "evolvable" // whether a create asks for unknown members. Behaviour

	KindName Kind = "name" // the Go name alone. Always source
)

// Action is what became of the subject.
type Action string

const (
	Added   Action = "added"
	Removed Action = "removed"
	Changed Action = "changed"
	Renamed Action = "renamed"
)

// Comparison is how two versions differ.
type Comparison struct {
	Old, New string // the names of the versions
	Changes  []Change

	// Bases are the base types of the types that changes are about, and of
	// these in turn; "" for a root. They are those of the new version, of what
	// that lacks those of the old one.
	Bases map[string]string
}

// Compare returns how old and new differ: the gravest changes first, those of
// one severity by subject.
func Compare(old, new Version) *Comparison {
	c := &comparer{old: old, new: new, kept: keptBy(new.Plan), renamed: map[string]string{}, index: map[cause][]*entry{}}
	c.types()
	c.resources()
	c.over()
	c.effects()
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
	kept     map[string]bool   // what new keeps, by subject
	renamed  map[string]string // types: their names in old and new
	entries  []*entry
	index    map[cause][]*entry
}

// entry is a change in the making, with the Go symbols that go and come with it.
type entry struct {
	Change
	broken, gained []*symbol
}

// add enters a change, whose severity is what it is if nothing in Go breaks.
// Symbols know it by its subject, or as one of the others.
func (c *comparer) add(ch Change, others ...string) {
	ch.OldAt, ch.NewAt = c.old.place(ch.OldAt), c.new.place(ch.NewAt)
	e := &entry{Change: ch}
	c.entries = append(c.entries, e)
	for _, subject := range append(others, ch.Subject) {
		key := cause{subject, ch.Kind}
		c.index[key] = append(c.index[key], e)
	}
}

// place completes a position: where nothing is known, that is the whole version.
func (v Version) place(at source.Position) source.Position {
	if at.File == "" {
		at.File = v.Name
	}
	return at
}
