package diff

import (
	"fmt"
	"maps"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// pair is a method that both versions have.
type pair struct{ old, new *golang.Method }

// settable compares the properties that creates can set, for all creates at once:
// a property of a base type can concern many of them.
func (c *comparer) settable(pairs []pair) {
	type effect struct {
		about
		now, noMore []string // requests, and the evidence
	}
	effects := map[string]*effect{}
	note := func(d about) *effect {
		if effects[d.subject] == nil {
			effects[d.subject] = &effect{about: d}
		}
		return effects[d.subject]
	}
	for _, p := range pairs {
		old, new := fields(p.old.Type), fields(p.new.Type)
		oldRefused, newRefused := refusals(p.old), refusals(p.new)
		for _, name := range sortedKeys(old, new) {
			o, inOld := old[name]
			n, inNew := new[name]
			was, evidence := oldRefused[name], newRefused[name]
			if !inOld || !inNew || (was == "") == (evidence == "") {
				continue
			}
			e := note(c.about(n.subject, o.at, n.at))
			if evidence != "" {
				e.now = append(e.now, request(p.new)+" ("+evidence+")")
			} else {
				e.noMore = append(e.noMore, request(p.new)+" ("+was+")")
			}
		}
	}
	for _, subject := range slices.Sorted(maps.Keys(effects)) {
		e := effects[subject]
		if len(e.now) > 0 {
			e.texts(report.Wire, KindSettable, "can be set", "refused by "+some(e.now))
		}
		if len(e.noMore) > 0 {
			e.texts(report.Behaviour, KindSettable, "refused by "+some(e.noMore), "can be set")
		}
	}
	c.readOnly(func(subject string) bool { return effects[subject] != nil })
}

// request returns one request of a method.
func request(c *golang.Method) string { return c.Requests()[0] }

// some returns the first item of a list and the number of the others.
func some(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return fmt.Sprintf("%s and %d more", list[0], len(list)-1)
}

// refusals returns the evidence for each property that a method refuses.
func refusals(c *golang.Method) map[string]string {
	list := map[string]string{}
	for _, r := range c.Refused {
		list[r.Field.Property.Name] = r.Evidence
	}
	return list
}

// field is a field with its subject.
type field struct {
	subject  string
	readOnly string
	at       source.Position
}

// fields returns the fields of a struct and its base types, by property.
func fields(s *golang.Struct) map[string]field {
	list := map[string]field{}
	for _, t := range append([]*golang.Struct{s}, s.Ancestors()...) {
		for _, f := range t.Fields {
			if f.Retained {
				continue
			}
			list[f.Property.Name] = field{t.Type.QualifiedName() + "/" + f.Property.Name, f.ReadOnly, f.Property.Position}
		}
	}
	return list
}

// readOnly compares the evidence for read-only properties that settable has not
// reported: it is part of doc comments.
func (c *comparer) readOnly(done func(subject string) bool) {
	own := func(p *golang.Plan) map[string]field {
		list := map[string]field{}
		for _, s := range p.Structs {
			for _, f := range s.Fields {
				if f.Retained {
					continue
				}
				subject := s.Type.QualifiedName() + "/" + f.Property.Name
				list[subject] = field{subject, f.ReadOnly, f.Property.Position}
			}
		}
		return list
	}
	old, new := own(c.old.Plan), own(c.new.Plan)
	says := func(f field) string {
		if f.readOnly == "" {
			return "can be set"
		}
		return "read-only (" + f.readOnly + ")"
	}
	for _, subject := range slices.Sorted(maps.Keys(old)) {
		if n, ok := new[subject]; ok && !done(subject) {
			o := old[subject]
			c.about(subject, o.at, n.at).texts(report.Docs, KindSettable, says(o), says(n))
		}
	}
}
