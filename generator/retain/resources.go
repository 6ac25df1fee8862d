package retain

import (
	"cmp"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
)

// itemSuffix ends the ID of an item of a collection.
const itemSuffix = "/{}"

// resources keeps the resources that are gone, with the ways to them and the
// creates that they took.
func (f *finder) resources() {
	a := addresses{
		old: linked(f.old), new: linked(f.new),
		renamed: map[string]string{}, kept: map[string]bool{},
	}
	m := MatchResources(collections(a.old), collections(a.new))
	for _, r := range m.Renamed {
		a.renamed[r.Old] = r.New
		f.renamed[f.formerID(a.old[r.Old])] = r.New
	}
	for _, id := range m.Removed {
		a.kept[id] = f.resource(a.old[id])
	}
	a.items()
	f.links(a)
	f.creates(a)
}

// addresses are the resources of both sides by their IDs.
type addresses struct {
	old, new map[string]api.Resource
	renamed  map[string]string // of collections and single resources: their IDs before and now
	kept     map[string]bool
}

// linked returns the resources of a selection.
func linked(s *api.Selection) map[string]api.Resource {
	list := map[string]api.Resource{}
	for _, l := range s.Links {
		list[l.To.ID()] = l.To
	}
	return list
}

// collections returns what is no item.
func collections(all map[string]api.Resource) map[string]api.Resource {
	list := map[string]api.Resource{}
	for id, r := range all {
		if !r.Item {
			list[id] = r
		}
	}
	return list
}

// id returns the ID that a resource has now.
func (a addresses) id(r api.Resource) string {
	collection := strings.TrimSuffix(r.ID(), itemSuffix)
	if to, ok := a.renamed[collection]; ok {
		return to + strings.TrimPrefix(r.ID(), collection)
	}
	return r.ID()
}

// items keeps the items that are gone, of collections that are there or kept.
func (a addresses) items() {
	for _, r := range a.old {
		id := a.id(r)
		if collection, ok := strings.CutSuffix(id, itemSuffix); ok && !a.there(id) {
			a.kept[id] = a.kept[collection] || a.new[collection].Collection()
		}
	}
}

// there reports whether there will be a resource with an ID.
func (a addresses) there(id string) bool {
	_, ok := a.new[id]
	return ok || a.kept[id] || id == ""
}

// links keeps the steps that are gone between resources that will be there.
func (f *finder) links(a addresses) {
	done := map[Link]bool{}
	for _, l := range f.new.Links {
		done[Link{l.From.ID(), l.To.ID()}] = true
	}
	for _, l := range f.old.Links {
		link := Link{a.id(l.From), a.id(l.To)}
		if !done[link] && a.there(link.From) && a.there(link.To) && f.leads(cmp.Or(a.new[link.From], l.From), l.To) {
			done[link] = true
			f.kept.Links = append(f.kept.Links, link)
		}
	}
}

// leads reports whether a resource, as it is now, leads to a navigation property
// still: its type can be another one.
func (f *finder) leads(from, to api.Resource) bool {
	if to.Owner == nil || to.Item {
		return true
	}
	owner := to.Owner.QualifiedName()
	for name, ok := from.Type().QualifiedName(), true; ok; name, ok = f.base[name] {
		if name == owner {
			return true
		}
	}
	return false
}

// creates keeps the creates that are gone, of resources that will be there with
// items of the same type.
func (f *finder) creates(a addresses) {
	taken := map[string]bool{}
	for _, o := range f.new.Operations {
		taken[o.Resource.ID()] = true
	}
	for _, o := range f.old.Operations {
		id := a.id(o.Resource)
		now := a.new[id]
		same := now.Collection() && now.Type().QualifiedName() == o.Resource.Type().QualifiedName()
		if !taken[id] && (a.kept[id] || same) {
			f.kept.Creates = append(f.kept.Creates, id)
		}
	}
}

// formerID returns the ID that a resource had.
func (f *finder) formerID(r api.Resource) string {
	if r.Owner == nil {
		return r.ID()
	}
	owner := r.Owner.QualifiedName()
	return cmp.Or(f.before[owner], owner) + "/" + r.Name()
}
