// Package retain keeps what a release of the schema takes away for one more
// release, so that callers of the generated code need not change at once.
//
// [Find] compares an earlier selection with the one of now. [Found.Retained] is
// what the lock file holds of the difference; [Add] puts it back. Both work on
// models, with the removed elements marked as deprecated, so that nothing that
// turns a selection into Go has to know more.
package retain

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Found is what a selection lacks that an earlier one had, before the Go names
// of the selection are known.
type Found struct {
	// Lost are elements of the earlier selection that cannot be retained, and
	// why.
	Lost map[string]string
	// Raised are properties that a base type declares now: callers keep them.
	Raised map[string]bool

	retained api.Retained
	renamed  map[string]string // types, members and IDs of resources: the names before and now
	moved    map[string]string // keys of fields: where they are retained, and where they were
}

// Find compares an earlier version with what is selected of the model whole.
func Find(before api.Version, now *api.Selection, whole *model.Model) (*Found, error) {
	f := &finder{
		Found: &Found{
			Lost: map[string]string{}, Raised: map[string]bool{},
			renamed: renamedTypes(before.Selection, now), moved: map[string]string{},
		},
		new:      now,
		whole:    whole,
		oldTypes: map[string]model.Type{},
		newTypes: map[string]model.Type{},
		former:   map[string]string{},
		base:     map[string]string{},
		derived:  map[string][]string{},
		declared: map[string]map[string]bool{},
		visited:  map[string]bool{},
	}
	for _, t := range before.Selection.Types {
		f.former[f.now(t.QualifiedName())] = t.QualifiedName()
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

// Go names are by key, as in package golang: the name of a type; with "/" and
// another name behind it, the name of what has a declaration of its own; with
// ":" that of a field or method, whose Go name is unique in its type only.

// itemSuffix ends the ID of an item of a collection.
const itemSuffix = "/{}"

// now returns the key that an element has now.
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
	// A method has the name of its resource.
	if now, ok := f.renamed[resourceOf(key)]; ok && key[i] == ':' {
		j := strings.LastIndexByte(now, '/')
		return now[:max(j, 0)] + ":" + now[j+1:]
	}
	if now, ok := f.renamed[key[:i]]; ok {
		return now + key[i:]
	}
	return key
}

// resourceOf returns the ID of the resource that a method leads to, by the key
// of the method.
func resourceOf(key string) string { return strings.TrimPrefix(strings.Replace(key, ":", "/", 1), "/") }

// Pinned returns the Go names to pin for the selection, out of the earlier ones.
// An element that has another name in the schema now loses its Go name; fields
// and methods of a renamed type keep theirs.
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
	return pinned
}

// Retained returns what is retained, with its Go names. They are the earlier
// ones, unless the selection uses them now.
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

// Settled returns r with the names that its elements got in a package, out of all
// names there and those of the selection.
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
