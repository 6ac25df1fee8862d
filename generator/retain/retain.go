// Package retain keeps elements that a release of the schema removes in the
// generated package for one more release, so that callers need not change at
// once.
//
// [Find] finds the elements of an earlier selection that the new one lacks.
// [Found.Retained] returns the part that the lock file stores, and [Add] adds it
// to a selection. Retained elements are elements of a model with a deprecation,
// so that the packages that generate code treat them like all others.
package retain

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Found holds the elements that a selection lacks and an earlier one had. The Go
// names of the selection are not known yet.
type Found struct {
	// Lost are the elements that cannot be retained, with the reason.
	Lost map[string]string
	// Raised are the properties that moved to a base type: their fields are
	// promoted now, and callers compile as before.
	Raised map[string]bool

	retained api.Retained
	expired  map[string]string // the Go names of what the earlier version retained
	renamed  map[string]string // types, members and IDs of resources: new names by old names
	moved    map[string]string // fields: the keys that they had, by the keys where they are retained
}

// Find compares an earlier version with a new selection from the model whole.
func Find(before api.Version, now *api.Selection, whole *model.Model) (*Found, error) {
	var expired map[string]string
	if before.Retained != nil {
		expired = before.Retained.Names
	}
	f := &finder{
		Found: &Found{
			expired: expired,
			Lost:    map[string]string{}, Raised: map[string]bool{},
			renamed: renamedTypes(before.Selection, now), moved: map[string]string{},
		},
		new:        now,
		whole:      whole,
		oldTypes:   map[string]model.Type{},
		newTypes:   map[string]model.Type{},
		oldNames:   map[string]string{},
		base:       map[string]string{},
		derived:    map[string][]string{},
		declared:   map[string]map[string]bool{},
		navigation: map[string][]*model.Navigation{},
		visited:    map[string]bool{},
	}
	for _, t := range before.Selection.Types {
		f.oldNames[f.now(t.QualifiedName())] = t.QualifiedName()
	}
	f.old = translate(before.Selection, f.now)
	for _, t := range f.old.Types {
		f.oldTypes[t.QualifiedName()] = t
	}
	for _, t := range now.Types {
		f.newTypes[t.QualifiedName()] = t
	}
	if err := soundTypes(f.old); err != nil {
		return nil, err
	}
	f.hierarchy()
	for _, t := range f.old.Types {
		f.find(t)
	}
	f.resources()
	f.refused()
	f.sort()
	return f.Found, nil
}

// Go names have the keys of package golang: "TYPE" for a type, "TYPE/NAME" for a
// constant or a builder, and "TYPE:NAME" for a field or a method, whose Go name is
// unique only within its type.

// itemSuffix ends the ID of an item of a collection.
const itemSuffix = "/{}"

// now returns the new key of an element.
func (f *Found) now(key string) string {
	if now, ok := f.renamed[key]; ok {
		return now
	}
	if collection, ok := strings.CutSuffix(key, itemSuffix); ok {
		return f.now(collection) + itemSuffix
	}
	i := strings.IndexAny(key, "/:")
	if i < 0 {
		return key
	}
	// A method is renamed with its resource.
	if now, ok := f.renamed[resourceOf(key)]; ok && key[i] == ':' {
		j := strings.LastIndexByte(now, '/')
		return now[:max(j, 0)] + ":" + now[j+1:]
	}
	if now, ok := f.renamed[key[:i]]; ok {
		return now + key[i:]
	}
	return key
}

// resourceOf returns the ID of the resource that the method with a key leads to.
func resourceOf(key string) string { return strings.TrimPrefix(strings.Replace(key, ":", "/", 1), "/") }

// Pinned returns the Go names to pin for the selection, out of the earlier ones.
// Elements that were renamed in the schema get new Go names. The fields and
// methods of a renamed type keep theirs. So does an element that comes back after it was
// retained; if it does not, its name stands for nothing else for another release.
func (f *Found) Pinned(names map[string]string) map[string]string {
	pinned := maps.Clone(names)
	for _, key := range slices.Sorted(maps.Keys(names)) {
		now := f.now(key)
		if now == key {
			continue
		}
		delete(pinned, key)
		_, renamed := f.renamed[resourceOf(key)]
		if _, taken := names[now]; !taken && !renamed && strings.Contains(key, ":") {
			pinned[now] = names[key]
		}
	}
	for key, name := range f.expired {
		if pinned[key] == "" {
			pinned[key] = name
		}
	}
	return pinned
}

// Retained returns the retained elements with their earlier Go names, without the
// names that the selection uses now.
func (f *Found) Retained(earlier, now map[string]string) *api.Retained {
	taken := map[string]bool{}
	for key, name := range now {
		taken[name] = taken[name] || !strings.Contains(key, ":")
	}
	r := f.retained
	r.Names, r.Renamed = map[string]string{}, map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(earlier)) {
		name, to := earlier[key], f.now(key)
		local := strings.Contains(key, ":")
		_, renamed := f.renamed[resourceOf(key)]
		switch there := now[to] != ""; {
		case !local && taken[name]:
		case !there:
			r.Names[to] = name
		case to != key && now[to] != name && (!local || renamed):
			r.Names[key], r.Renamed[key] = name, to
		}
	}
	for to, from := range f.moved {
		for key, name := range earlier {
			if f.now(key) == from {
				r.Names[to] = name
			}
		}
	}
	return &r
}

// Settled returns r with the Go names that its elements got in a package: all
// names in the package that the selection did not get.
func Settled(r *api.Retained, all, selected map[string]string) *api.Retained {
	settled := *r
	settled.Names, settled.Renamed = map[string]string{}, map[string]string{}
	for key, name := range all {
		if selected[key] == "" {
			settled.Names[key] = name
		}
	}
	for key, now := range r.Renamed {
		if settled.Names[key] != "" {
			settled.Renamed[key] = now
		}
	}
	return &settled
}
