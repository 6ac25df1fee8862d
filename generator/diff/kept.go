package diff

import (
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// What becomes of something that is removed or renamed where the package keeps
// it, and what became of it before it went.
const (
	stays      = "it stays as Deprecated for one release"
	formerStay = "the old name stays as Deprecated for one release"
	over       = "it had stayed as Deprecated for one release"
)

// element is what a package has for an element of the schema.
type element struct {
	kind Kind
	says string
	at   source.Position
	kept bool // the schema lacks it

	creates bool // of a resource: it takes creates
}

// elementsOf returns what a package has, by subject.
func elementsOf(p *golang.Plan) map[string]element {
	list := map[string]element{}
	for name, t := range declared(p) {
		list[name] = element{kind: KindType, says: what(t), at: t.Pos(), kept: vocab.Kept(t.Annotations())}
	}
	for _, s := range p.Structs {
		for _, f := range s.Fields {
			property := s.Type.QualifiedName() + "/" + f.Property.Name
			list[property] = element{kind: KindProperty, says: f.Property.Type.String(), at: f.Property.Position, kept: f.Kept}
			for _, v := range f.Allowed {
				list[property+"/"+v.Text] = element{kind: KindAllowed, says: v.Text, at: f.Property.Position, kept: v.Kept}
			}
		}
	}
	for _, e := range p.Enums {
		for _, c := range e.Constants {
			list[e.Type.QualifiedName()+"/"+c.Member.Name] = element{kind: KindMember, says: c.Member.Name, at: c.Member.Position, kept: c.Kept}
		}
	}
	for _, b := range p.Builders {
		subject, r := resourceSubject(b.Resource), resource{Resource: b.Resource}
		e := list[subject]
		e.kind, e.says, e.at = KindMethod, r.typeName(), place(b.Resource)
		e.kept = e.kept || vocab.Kept(b.Resource.Annotations()) || b.Create != nil && b.Create.Kept
		e.creates = e.creates || b.Create != nil
		list[subject] = e
	}
	return list
}

// over enters what old keeps and new does not have at all any more.
func (c *comparer) over() {
	old, new := elementsOf(c.old.Plan), elementsOf(c.new.Plan)
	for _, subject := range sortedKeys(old, nil) {
		e := old[subject]
		n, ok := new[subject]
		if !e.kept || ok && (n.kept || !e.creates || n.creates) {
			continue
		}
		level := report.Wire
		if e.kind == KindAllowed {
			level = report.Behaviour
		}
		c.add(Change{Severity: level, Kind: e.kind, Action: Removed, Subject: subject, Old: e.says, OldAt: e.at, Evidence: over}, methods(e.kind)...)
	}
}

// evidence adds to what is known of a change what is kept in the new version.
func (c *comparer) evidence(subject, evidence, kept string) string {
	switch {
	case !c.kept[subject]:
		return evidence
	case evidence == "":
		return kept
	default:
		return evidence + "; " + kept
	}
}

// keptBy returns what a package has that its schema lacks, by subject: what is
// kept, and what has another name now.
func keptBy(p *golang.Plan) map[string]bool {
	list := map[string]bool{}
	for subject, e := range elementsOf(p) {
		list[subject] = e.kept
	}
	for _, f := range formers(p) {
		list[f.Subject()] = true
	}
	return list
}

// current leaves out what is kept.
func current[V any](all []V, annotations func(V) []*model.Annotation) []V {
	var list []V
	for _, v := range all {
		if !vocab.Kept(annotations(v)) {
			list = append(list, v)
		}
	}
	return list
}
