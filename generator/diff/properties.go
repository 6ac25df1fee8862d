package diff

import (
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// property compares a property that both sides have.
func (c *comparer) property(d about, o, n *model.Property) {
	level := report.Wire
	if sameValues(o.Type, n.Type) {
		level = report.Docs
	}
	d.texts(level, KindType, o.Type.String(), n.Type.String())
	null, notNull := "may be null", "not null"
	collections := o.Type.Collection && n.Type.Collection
	if collections {
		null, notNull = "items may be null", "items not null"
	}
	nullable := func(p *model.Property) string {
		switch {
		case p.Facets.Nullable == model.No:
			return notNull
		case p.Facets.Nullable == model.Yes && collections:
			return "items are declared nullable" // another type of Go than where the source does not say
		}
		return null
	}
	d.texts(report.Behaviour, KindNullability, nullable(o), nullable(n))
	d.facets(o.Facets, n.Facets)
	d.annotations(o.Annotated, n.Annotated)
	c.allowed(d, vocab.AllowedValues(o.Annotated), vocab.AllowedValues(n.Annotated))
}

// sameValues reports whether two types have the same values: one may be the
// other by a definition.
func sameValues(a, b model.TypeRef) bool {
	primitive := func(r model.TypeRef) string {
		if d, ok := r.Type.(*model.TypeDefinition); ok {
			return d.Underlying.Name
		}
		return r.Name
	}
	return a.Collection == b.Collection && primitive(a) == primitive(b)
}

// allowed compares the texts that a property takes.
func (c *comparer) allowed(d about, old, new []string) {
	set := func(list []string) map[string]bool {
		texts := map[string]bool{}
		for _, text := range list {
			texts[text] = true
		}
		return texts
	}
	oldTexts, newTexts := set(old), set(new)
	for _, text := range slices.Sorted(maps.Keys(oldTexts)) {
		if !newTexts[text] {
			c.add(Change{
				Severity: report.Behaviour, Kind: KindAllowed, Action: Removed, Subject: d.subject + "/" + text,
				Old: text, OldAt: d.oldAt, NewAt: d.newAt, Evidence: c.evidence(d.subject+"/"+text, "", stays),
			})
		}
	}
	for _, text := range slices.Sorted(maps.Keys(newTexts)) {
		if !oldTexts[text] {
			c.add(Change{Severity: report.Additive, Kind: KindAllowed, Action: Added, Subject: d.subject + "/" + text, New: text, OldAt: d.oldAt, NewAt: d.newAt})
		}
	}
}
