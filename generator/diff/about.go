package diff

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// about is an element of the schema that both versions have.
type about struct {
	c            *comparer
	subject      string
	oldAt, newAt source.Position
}

func (c *comparer) about(subject string, oldAt, newAt source.Position) about {
	return about{c, subject, oldAt, newAt}
}

// texts adds a change if old and new differ. An empty text stands for nothing.
func (d about) texts(level report.Severity, kind Kind, old, new string) {
	if old != new {
		d.c.add(Change{Severity: level, Kind: kind, Action: Changed, Subject: d.subject, Old: old, New: new, OldAt: d.oldAt, NewAt: d.newAt})
	}
}

// facts adds a change if two known facts differ, in the words yes and no.
func (d about) facts(level report.Severity, kind Kind, old, new model.Fact, yes, no string) {
	if old == model.Unknown || new == model.Unknown {
		return
	}
	answers := map[model.Fact]string{model.Yes: yes, model.No: no}
	d.texts(level, kind, answers[old], answers[new])
}

// facets compares the facets of a type, except Nullable.
func (d about) facets(o, n model.Facets) {
	d.texts(report.Behaviour, KindFacet, facets(o), facets(n))
}

// facets returns facets as CSDL writes them: "MaxLength=20 Scale=2".
func facets(f model.Facets) string {
	var parts []string
	for _, facet := range []struct{ name, value string }{
		{"MaxLength", f.MaxLength}, {"Precision", f.Precision}, {"Scale", f.Scale}, {"SRID", f.SRID},
	} {
		if facet.value != "" {
			parts = append(parts, facet.name+"="+facet.value)
		}
	}
	if f.Unicode == model.No {
		parts = append(parts, "Unicode=false")
	}
	if f.DefaultValue != nil {
		parts = append(parts, fmt.Sprintf("DefaultValue=%q", *f.DefaultValue))
	}
	return strings.Join(parts, " ")
}

// annotations compares descriptions, links and deprecations.
func (d about) annotations(o, n []*model.Annotation) {
	d.texts(report.Docs, KindDescription, vocab.Description(o), vocab.Description(n))
	d.texts(report.Docs, KindDescription, vocab.LongDescription(o), vocab.LongDescription(n))
	d.texts(report.Docs, KindPage, vocab.DocumentationLink(o, vocab.RelationType), vocab.DocumentationLink(n, vocab.RelationType))
	d.texts(report.Behaviour, KindDeprecated, deprecated(o), deprecated(n))
}

// deprecated returns the deprecation of an element in words, or "".
func deprecated(list []*model.Annotation) string {
	d := vocab.Deprecated(list)
	if d == nil {
		return ""
	}
	text := "deprecated"
	if d.Date != "" {
		text += " since " + d.Date
	}
	if d.RemovalDate != "" {
		text += ", to be removed on " + d.RemovalDate
	}
	return text + cmp.Or(strings.TrimRight(": "+d.Description, ": "), "")
}
