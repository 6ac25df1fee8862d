package diff

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// The evidence of changes to retained elements.
const (
	isRetained        = "retained for one release, marked as deprecated: the service may no longer send or accept it"
	oldNameIsRetained = "the old name is retained for one release, marked as deprecated"
	wasRetained       = "it was retained for one release"
)

// element is the part of a package that belongs to an element of the schema.
type element struct {
	kind     Kind
	says     string
	at       source.Position
	retained bool // the schema lacks it

	resource string // of a method, which says its kind; else ""
}

// elementsOf returns the elements of a package by subject.
func elementsOf(p *golang.Plan) map[string]element {
	list := map[string]element{}
	for name, t := range declared(p) {
		list[name] = element{kind: KindType, says: what(t), at: t.Pos(), retained: vocab.Retained(t.Annotations())}
	}
	for _, s := range p.Structs {
		for _, f := range s.Fields {
			property := s.Type.QualifiedName() + "/" + f.Property.Name
			list[property] = element{kind: KindProperty, says: f.Property.Type.String(), at: f.Property.Position, retained: f.Retained}
			for _, v := range f.Allowed {
				list[property+"/"+v.Text] = element{kind: KindAllowed, says: v.Text, at: f.Property.Position, retained: v.Retained}
			}
		}
	}
	for _, e := range p.Enums {
		for _, c := range e.Constants {
			list[e.Type.QualifiedName()+"/"+c.Member.Name] = element{kind: KindMember, says: c.Member.Name, at: c.Member.Position, retained: c.Retained}
		}
	}
	for _, b := range p.Builders {
		if b.Function != nil {
			continue // an operation is not retained
		}
		subject, r := resourceSubject(b.Resource), resource{Resource: b.Resource}
		e := list[subject]
		e.says, e.at = r.typeName(), b.Resource.Pos()
		if len(b.Methods) > 0 {
			e.kind = KindMethod
		}
		e.kind = cmp.Or(e.kind, KindResource)
		e.retained = e.retained || vocab.Retained(b.Resource.Annotations())
		list[subject] = e
		for _, m := range b.Methods {
			list[m.ID()] = element{kind: KindMethod, says: string(m.Kind), at: e.at, retained: m.Retained, resource: subject}
		}
	}
	return list
}

// expiredElements adds the elements that old retains and new does not have at all.
func (c *comparer) expiredElements() {
	old := elementsOf(c.old.Plan)
	var retained []string
	for subject, e := range old {
		if e.retained && !old[e.resource].retained { // a removed resource has lost its methods, too
			retained = append(retained, subject)
		}
	}
	if retained == nil {
		return
	}
	slices.Sort(retained)
	new := elementsOf(c.new.Plan)
	for _, subject := range retained {
		e := old[subject]
		if _, ok := new[subject]; ok {
			continue
		}
		level := report.Wire
		if e.kind == KindAllowed {
			level = report.Behaviour
		}
		others := append(methods(e.kind), subject)
		if e.resource != "" {
			others = []string{subject, anyMethod}
		}
		c.add(Change{Severity: level, Kind: e.kind, Action: Removed, Subject: cmp.Or(e.resource, subject), Old: e.says, OldAt: e.at, Evidence: wasRetained}, others...)
	}
}

// evidence adds a note to the evidence of a change if new retains the subject.
func (c *comparer) evidence(subject, evidence, retained string) string {
	switch {
	case !c.retained[subject]:
		return evidence
	case evidence == "":
		return retained
	default:
		return evidence + "; " + retained
	}
}

// retainedBy returns the subjects that a package retains, including the old names of
// renamed elements.
func retainedBy(p *golang.Plan) map[string]bool {
	list := map[string]bool{}
	for subject, e := range elementsOf(p) {
		list[subject] = e.retained
	}
	for _, f := range oldNames(p) {
		list[f.Subject()] = true
	}
	return list
}

// current returns the elements that are not retained.
func current[V any](all []V, annotations func(V) []*model.Annotation) []V {
	var list []V
	for _, v := range all {
		if !vocab.Retained(annotations(v)) {
			list = append(list, v)
		}
	}
	return list
}
