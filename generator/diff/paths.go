package diff

import (
	"cmp"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// paths compares the steps between resources that both versions have. The steps of
// other resources are added and removed with them.
func (c *comparer) paths(old, new map[string]*resource) {
	oldSteps, oldRetained := steps(c.old.Plan)
	newSteps, newRetained := steps(c.new.Plan)
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
		switch _, retained := newRetained[key]; {
		case inNew:
			change.Severity, change.Action, change.Old, change.New = report.Additive, Added, "", s.says()
		case retained:
			change.Evidence = isRetained
		}
		c.add(change, key)
	}
	for _, key := range sortedKeys(oldRetained, nil) {
		s := oldRetained[key]
		_, inNew := newSteps[key]
		_, retained := newRetained[key]
		if r := old[s.to]; r != nil && !inNew && !retained && (s.fromID == "" || newBuilders[s.fromID]) {
			c.add(Change{Severity: report.Wire, Kind: KindPath, Action: Removed, Subject: s.to, Old: s.says(), OldAt: r.at, Evidence: wasRetained}, key)
		}
	}
}

// step leads from one resource to another, or from a collection to its items.
type step struct {
	from, to string // subjects; "" for the client
	fromID   string // of the resource: a collection and its items have different IDs
	item     bool   // to an item
}

func (s step) says() string {
	switch {
	case s.item:
		return "by key"
	case s.from == "":
		return "from the root"
	default:
		return "from " + s.from
	}
}

// steps returns the steps in a package by stepKey: the current and the retained ones.
func steps(p *golang.Plan) (list, retained map[string]step) {
	list, retained = map[string]step{}, map[string]step{}
	add := func(from model.Resource, s golang.Step) {
		if s.To.Function != nil {
			return // it is a method
		}
		to := step{to: resourceSubject(s.To.Resource), item: s.Kind == golang.ToItem}
		if from != (model.Resource{}) {
			to.from, to.fromID = resourceSubject(from), from.ID()
		}
		if s.Retained {
			retained[stepKey(from, s.To.Resource)] = to
		} else {
			list[stepKey(from, s.To.Resource)] = to
		}
	}
	for _, s := range p.Client.Steps {
		add(model.Resource{}, s)
	}
	for _, b := range p.Builders {
		for _, s := range b.Steps {
			add(b.Resource, s)
		}
	}
	return list, retained
}

// builders returns the IDs of the resources with a builder.
func builders(p *golang.Plan) map[string]bool {
	list := map[string]bool{}
	for _, b := range p.Builders {
		if b.Function != nil {
			continue
		}
		list[b.Resource.ID()] = true
	}
	return list
}

// stepKey returns the key of a step.
func stepKey(from, to model.Resource) string { return from.ID() + " → " + to.ID() }
