package diff

import (
	"cmp"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// enum compares an enumeration that both sides have.
func (c *comparer) enum(d about, o, n *model.EnumType) {
	level := report.Behaviour
	if o.Flags == model.Unknown || n.Flags == model.Unknown {
		level = report.Docs // but Split and Has come or go with it
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
			Evidence: c.evidence(d.subject+"/"+r.Old, r.Evidence, formerStay),
		}, d.subject+"/"+r.New)
		c.about(d.subject+"/"+r.New, o.Position, n.Position).member(o, n)
	}
	for _, name := range m.Removed {
		c.add(Change{
			Severity: report.Wire, Kind: KindMember, Action: Removed, Subject: d.subject + "/" + name,
			Old: name, OldAt: old[name].Position, NewAt: d.newAt, Evidence: c.evidence(d.subject+"/"+name, "", stays),
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

// member compares a member that both sides have. Where a side does not know
// its number, nothing follows.
func (d about) member(o, n *model.Member) {
	if o.Value != nil && n.Value != nil {
		d.texts(report.Docs, KindNumber, strconv.FormatInt(*o.Value, 10), strconv.FormatInt(*n.Value, 10))
	}
	d.annotations(o.Annotated, n.Annotated)
}
