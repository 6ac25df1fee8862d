package diff

import (
	"cmp"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// paths compares the ways between resources that both sides have. Where a
// resource comes or goes, so do the ways.
func (c *comparer) paths(old, new map[string]*resource) {
	oldSteps, oldKept := steps(c.old.Plan)
	newSteps, newKept := steps(c.new.Plan)
	oldBuilders, newBuilders := builders(c.old.Plan), builders(c.new.Plan)
	for _, key := range sortedKeys(oldSteps, newSteps) {
		o, inOld := oldSteps[key]
		n, inNew := newSteps[key]
		s := cmp.Or(o, n)
		r, q := old[s.to], new[s.to]
		if inOld == inNew || r == nil || q == nil || s.fromID != "" && !(oldBuilders[s.fromID] && newBuilders[s.fromID]) {
			continue
		}
		change := Change{Severity: report.Wire, Kind: KindPath, Action: Removed, Subject: s.to, Old: s.says(), OldAt: r.at, NewAt: q.at}
		switch _, kept := newKept[key]; {
		case inNew:
			change.Severity, change.Action, change.Old, change.New = report.Additive, Added, "", s.says()
		case kept:
			change.Evidence = stays
		}
		c.add(change, key)
	}
	for _, key := range sortedKeys(oldKept, nil) {
		s := oldKept[key]
		_, inNew := newSteps[key]
		_, kept := newKept[key]
		if r := old[s.to]; r != nil && !inNew && !kept && (s.fromID == "" || newBuilders[s.fromID]) {
			c.add(Change{Severity: report.Wire, Kind: KindPath, Action: Removed, Subject: s.to, Old: s.says(), OldAt: r.at, Evidence: over}, key)
		}
	}
}

// way is a step from one resource to another, or from a collection to its items.
type way struct {
	from, to string // subjects; "" is the client
	fromID   string // tells an item from the collection
	item     bool   // to an item
}

func (w way) says() string {
	switch {
	case w.item:
		return "by key"
	case w.from == "":
		return "from the root"
	default:
		return "from " + w.from
	}
}

// steps returns the ways that a package has, and those that it keeps.
func steps(p *golang.Plan) (list, kept map[string]way) {
	list, kept = map[string]way{}, map[string]way{}
	add := func(from model.Resource, s golang.Step) {
		w := way{to: resourceSubject(s.To.Resource), item: s.To.Resource.Item}
		if from != (model.Resource{}) {
			w.from, w.fromID = resourceSubject(from), from.ID()
		}
		if s.Kept {
			kept[wayKey(from, s.To.Resource)] = w
		} else {
			list[wayKey(from, s.To.Resource)] = w
		}
	}
	for _, s := range p.Root {
		add(model.Resource{}, s)
	}
	for _, b := range p.Builders {
		for _, s := range b.Steps {
			add(b.Resource, s)
		}
	}
	return list, kept
}

// builders returns the identities of the resources that a package addresses.
func builders(p *golang.Plan) map[string]bool {
	list := map[string]bool{}
	for _, b := range p.Builders {
		list[b.Resource.ID()] = true
	}
	return list
}

// wayKey names a step.
func wayKey(from, to model.Resource) string { return from.ID() + " → " + to.ID() }
