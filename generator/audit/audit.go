// Package audit finds where sources that describe the same service disagree:
// metadata with metadata, and reference pages with metadata.
package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Finding is one disagreement.
type Finding struct {
	Severity report.Severity
	Kind     Kind
	Subject  string // an element, "microsoft.graph.itemFacet/source", or a request, "POST /me/profile/projects"
	Sides    []Side // in the order in which the sources were given

	// Also lists further places where the first side says the same.
	Also []source.Position
}

// Side is what one source says.
type Side struct {
	Source   string // Page, or the name of a metadata file
	Says     string
	Position source.Position // the file alone where the source says nothing

	Does bool // Says begins with a verb, as in "lists it"
}

// Page is the source of sides that are reference pages.
const Page = "page"

// Kind is what a disagreement is about.
type Kind string

const (
	KindType        Kind = "type"        // the type of a property, resource, parameter or result, or whether a type exists
	KindProperty    Kind = "property"    // whether a property exists
	KindParameter   Kind = "parameter"   // whether an operation has a parameter
	KindBase        Kind = "base"        // the base type
	KindAbstract    Kind = "abstract"    // whether a type is abstract
	KindOpen        Kind = "open"        // whether values can have properties that a type does not declare
	KindKey         Kind = "key"         // the key of a type
	KindDeprecated  Kind = "deprecated"  // whether an element is deprecated
	KindAllowed     Kind = "allowed"     // the allowed values of a string
	KindNullability Kind = "nullability" // whether a value can be null
	KindMember      Kind = "member"      // whether an enumeration has a member
	KindFlags       Kind = "flags"       // whether a value can combine members
	KindRequest     Kind = "request"     // whether the service takes a request
	KindStatus      Kind = "status"      // the status of a success
	KindQuery       Kind = "query"       // whether a request takes a query option
	KindSettable    Kind = "settable"    // whether a create or an update can set a property
	KindUndeclared  Kind = "undeclared"  // a member of an example
	KindValue       Kind = "value"       // a value in an example that is not of its type
	KindDescription Kind = "description" // the description of an element
	KindPage        Kind = "page"        // a mistake in the form of a page
)

// Merge sorts findings by the position of their first side, and merges those
// that say the same.
func Merge(findings []Finding) []Finding {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			a.Sides[0].Position.Compare(b.Sides[0].Position),
			cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Sides[0].Says, b.Sides[0].Says),
		)
	})
	var merged []Finding
	at := map[string]int{}
	for _, f := range findings {
		key := f.key()
		if i, ok := at[key]; ok {
			last := merged[i].Sides[0].Position
			if n := len(merged[i].Also); n > 0 {
				last = merged[i].Also[n-1]
			}
			if f.Sides[0].Position != last {
				merged[i].Also = append(merged[i].Also, f.Sides[0].Position)
			}
			continue
		}
		at[key] = len(merged)
		merged = append(merged, f)
	}
	return merged
}

// key is equal for findings that say the same.
func (f Finding) key() string {
	parts := []string{string(f.Severity), string(f.Kind), f.Subject}
	for i, side := range f.Sides {
		parts = append(parts, side.Says)
		if i > 0 {
			parts = append(parts, side.Position.String())
		}
	}
	return strings.Join(parts, "\n")
}

// comparison collects the findings between two sources.
type comparison struct {
	left, right string  // the names of the sources
	partial     [2]bool // whether they lack elements on purpose
	findings    []Finding
}

// claim is what a source says at a position.
type claim struct {
	says string
	at   source.Position
	does bool // says begins with a verb, as in "lists it"
}

// value is the claim of a source about a value.
func value(says string, at source.Position) claim { return claim{says: says, at: at} }

// does is the claim of a source that does something.
func does(says string, at source.Position) claim { return claim{says, at, true} }

// add adds a finding, unless a partial source does not declare the subject.
func (c *comparison) add(severity report.Severity, kind Kind, subject string, left, right claim) {
	if c.partial[0] && left.says == notDeclared || c.partial[1] && right.says == notDeclared {
		return
	}
	c.findings = append(c.findings, Finding{Severity: severity, Kind: kind, Subject: subject, Sides: []Side{
		{c.left, left.says, left.at, left.does},
		{c.right, right.says, right.at, right.does},
	}})
}

// absent is the claim of a source that does not have the subject, made by the
// source as a whole or by the element that would contain the subject.
func absent(at source.Position) claim { return does(notDeclared, at) }

const notDeclared = "does not declare it"
