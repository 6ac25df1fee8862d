package openapi

import (
	"cmp"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// resource is what the paths say of a resource, all of them together.
type resource struct {
	listed *node // the first path that leads there
	wanted bool  // whether one that leads there is asked for
	create *item // the first with POST, nil if there is none
	read   *item // the first with POST that was read, nil if there is none

	// Of the create that was read:
	status      string // "201", "2XX"
	annotations []*model.Annotation
}

// resources are by *model.NavigationSource or *model.Navigation.
type resources map[any]*resource

// at returns the resource of an element, to which a node leads.
func (all resources) at(element any, n *node) *resource {
	r := all[element]
	if r == nil {
		r = &resource{listed: n}
		all[element] = r
	}
	return r
}

// merge adds to a resource what the paths say of another, as though all led to
// the first.
func (all resources) merge(element, other any) {
	r, o := all[element], all[other]
	switch {
	case o == nil:
		return
	case r == nil:
		all[element] = o
		return
	}
	r.wanted = r.wanted || o.wanted
	if strings.Compare(o.listed.path, r.listed.path) < 0 {
		r.listed = o.listed
	}
	if before(o.create, r.create) {
		r.create = o.create
	}
	if before(o.read, r.read) {
		r.read, r.status, r.annotations = o.read, o.status, o.annotations
	}
}

// unread returns the paths of creates that were not read, though no other path
// tells of the create of a resource that is asked for.
func (all resources) unread() []string {
	var paths []string
	for _, r := range all {
		if r.wanted && r.create != nil && r.read == nil {
			paths = append(paths, r.create.path)
		}
	}
	return paths
}

// before reports whether a comes before b, in order of paths.
func before(a, b *item) bool {
	return a != nil && (b == nil || cmp.Less(a.path, b.path))
}

// restrict annotates resources with what all paths together tell: which can be
// reached, and which take a create.
func (p *parser) restrict(m *model.Model) {
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				n.Annotated = append(n.Annotated, p.restrictions(n, n.Type, n.Position)...)
			}
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			s.Annotated = append(s.Annotated, p.restrictions(s, s.Type, s.Position)...)
		}
	}
}

func (p *parser) restrictions(element any, ref model.TypeRef, at source.Position) []*model.Annotation {
	r := p.resources[element]
	if r == nil {
		return []*model.Annotation{vocab.NewUnlisted(at)}
	}
	if !ref.Collection {
		return nil
	}
	if r.create == nil {
		return []*model.Annotation{vocab.NewInsertRestrictions(vocab.Insert{Insertable: model.No}, r.listed.position)}
	}
	list := []*model.Annotation{vocab.NewInsertRestrictions(vocab.Insert{Insertable: model.Yes}, r.create.position)}
	if r.status != "" {
		list = append(list, vocab.NewCreateStatus(r.status, r.create.position))
	}
	return append(list, r.annotations...)
}
