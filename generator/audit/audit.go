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
	Subject  string // in terms of the schema, "microsoft.graph.itemFacet/source", or an operation, "POST /me/profile/projects"
	Sides    []Side // what one says and the other, in the order in which they were given

	// Also are further places where the first side says the same.
	Also []source.Position
}

// Side is what one source says.
type Side struct {
	Source   string // Page, or the name of a metadata file
	Says     string
	Position source.Position // of what says it; the file alone, where nothing does
}

// Page is the source of what reference pages say.
const Page = "page"

// Kind is what a disagreement is about.
type Kind string

const (
	KindType        Kind = "type"        // of a property, or whether there is one
	KindProperty    Kind = "property"    // one side has it
	KindBase        Kind = "base"        // the base type
	KindAbstract    Kind = "abstract"    // whether a type is
	KindKey         Kind = "key"         //
	KindDeprecated  Kind = "deprecated"  //
	KindAllowed     Kind = "allowed"     // values of texts
	KindNullability Kind = "nullability" //
	KindMember      Kind = "member"      // of an enumeration
	KindFlags       Kind = "flags"       // whether a value can hold several members
	KindOperation   Kind = "operation"   // one side has it
	KindStatus      Kind = "status"      // of success
	KindSettable    Kind = "settable"    // by a create
	KindUndeclared  Kind = "undeclared"  // a member of an example
	KindValue       Kind = "value"       // in an example, that is not of its type
	KindDescription Kind = "description" //
	KindPage        Kind = "page"        // a mistake in its form
)

// Merge puts findings into order, by where the first side is, and makes one of
// those that say the same.
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
			if f.Sides[0].Position != merged[i].Sides[0].Position {
				merged[i].Also = append(merged[i].Also, f.Sides[0].Position)
			}
			continue
		}
		at[key] = len(merged)
		merged = append(merged, f)
	}
	return merged
}

// key is the same for findings that say the same.
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

// collector collects findings of two sources.
type collector struct {
	left, right string // their names
	findings    []Finding
}

// statement is what a side says, and where.
type statement struct {
	says string
	at   source.Position
}

func (r *collector) add(level report.Severity, kind Kind, subject string, left, right statement) {
	r.findings = append(r.findings, Finding{Severity: level, Kind: kind, Subject: subject, Sides: []Side{
		{r.left, left.says, left.at},
		{r.right, right.says, right.at},
	}})
}
