package diff

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// enum compares an enumeration that both versions have.
func (c *comparer) enum(d about, o, n *model.EnumType) {
	level := report.Behaviour
	if o.Flags == model.Unknown || n.Flags == model.Unknown {
		level = report.Docs // unless it adds or removes Split and Has
	}
	flags := map[model.Fact]string{model.Yes: "several members at once", model.No: "one member at a time", model.Unknown: "not known"}
	d.texts(level, KindFlags, flags[o.Flags], flags[n.Flags])
	const underlying = "Edm.Int32" // the default, CSDL section 10.1
	d.texts(report.Docs, KindNumber, cmp.Or(o.Underlying, underlying), cmp.Or(n.Underlying, underlying))
	old, new := members(o), members(n)
	of := func(m *model.Member) []*model.Annotation { return m.Annotated }
	m := retain.MatchMembers(current(o.Members, of), current(n.Members, of))
	for _, name := range m.Both {
		d := c.about(d.subject+"/"+name, old[name].Position, new[name].Position)
		d.member(old[name], new[name])
	}
	for _, r := range m.Renamed {
		o, n := old[r.Old], new[r.New]
		c.add(Change{
			Severity: report.Wire, Kind: KindMember, Action: Renamed, Subject: d.subject + "/" + r.Old,
			Old: d.subject + "/" + r.Old, New: d.subject + "/" + r.New, OldAt: o.Position, NewAt: n.Position,
			Evidence: c.evidence(d.subject+"/"+r.Old, r.Evidence, oldNameIsRetained),
		}, d.subject+"/"+r.New)
		c.about(d.subject+"/"+r.New, o.Position, n.Position).member(o, n)
	}
	for _, name := range m.Removed {
		c.add(Change{
			Severity: report.Wire, Kind: KindMember, Action: Removed, Subject: d.subject + "/" + name,
			Old: name, OldAt: old[name].Position, NewAt: d.newAt, Evidence: c.evidence(d.subject+"/"+name, "", isRetained),
		})
	}
	for _, name := range m.Added {
		c.add(Change{Severity: report.Additive, Kind: KindMember, Action: Added, Subject: d.subject + "/" + name, New: name, OldAt: d.oldAt, NewAt: new[name].Position})
	}
}

func members(t *model.EnumType) map[string]*model.Member {
	list := map[string]*model.Member{}
	for _, m := range t.Members {
		list[m.Name] = m
	}
	return list
}

// member compares a member that both versions have. It compares values only if both
// are known.
func (d about) member(o, n *model.Member) {
	if o.Value != nil && n.Value != nil {
		d.texts(report.Docs, KindNumber, strconv.FormatInt(*o.Value, 10), strconv.FormatInt(*n.Value, 10))
	}
	d.annotations(o.Annotated, n.Annotated)
}

// property compares a property that both versions have.
func (c *comparer) property(d about, o, n *model.Property) {
	d.types(o.Type, n.Type)
	d.nullability(o.Type.Collection && n.Type.Collection, o.Facets, n.Facets)
	d.facets(o.Facets, n.Facets)
	d.annotations(o.Annotated, n.Annotated)
	c.allowed(d, vocab.AllowedValues(o.Annotated), vocab.AllowedValues(n.Annotated))
}

// types compares the types of a property.
func (d about) types(o, n model.TypeRef) {
	level := report.Wire
	if sameValues(o, n) {
		level = report.Docs
	}
	d.texts(level, KindType, o.String(), n.String())
}

// nullability compares whether a value can be null, or the items of collections.
func (d about) nullability(collections bool, o, n model.Facets) {
	null, notNull := "may be null", "not null"
	if collections {
		null, notNull = "items may be null", "items not null"
	}
	says := func(f model.Facets) string {
		switch {
		case f.Nullable == model.No:
			return notNull
		case f.Nullable == model.Yes && collections:
			return "items are declared nullable" // another Go type than without Nullable
		}
		return null
	}
	d.texts(report.Behaviour, KindNullability, says(o), says(n))
}

// sameValues reports whether two types have the same values: one can be a definition
// of the other.
func sameValues(a, b model.TypeRef) bool {
	primitive := func(r model.TypeRef) string {
		if d, ok := r.Type.(*model.TypeDefinition); ok {
			return d.Underlying.Name
		}
		return r.Name
	}
	return a.Collection == b.Collection && primitive(a) == primitive(b)
}

// allowed compares the allowed values of a property.
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
				Old: text, OldAt: d.oldAt, NewAt: d.newAt, Evidence: c.evidence(d.subject+"/"+text, "", isRetained),
			})
		}
	}
	for _, text := range slices.Sorted(maps.Keys(newTexts)) {
		if !oldTexts[text] {
			c.add(Change{Severity: report.Additive, Kind: KindAllowed, Action: Added, Subject: d.subject + "/" + text, New: text, OldAt: d.oldAt, NewAt: d.newAt})
		}
	}
}
