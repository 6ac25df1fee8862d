package retain

import (
	"maps"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Go names are by key, as in package golang: the name of a type, with "/" and
// a name behind it for what has a declaration of its own, with ":" and a name
// for fields and methods, whose names are unique in their type only.

// named returns the key that something has now.
func (f *Found) named(key string) string {
	if now, ok := f.renamed[key]; ok {
		return now
	}
	if collection, ok := strings.CutSuffix(key, itemSuffix); ok {
		return f.named(collection) + itemSuffix
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

// Pinned returns the Go names to pin for what is selected, out of those from
// before. What has another name in the schema loses its Go name to that: but
// for fields and methods of a type, which are the same in the type that it is.
func (f *Found) Pinned(names map[string]string) map[string]string {
	pinned := maps.Clone(names)
	for _, key := range slices.Sorted(maps.Keys(names)) {
		now := f.named(key)
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

// Kept returns what is kept, with its Go names. They are those from before,
// unless what is selected has them now.
func (f *Found) Kept(names, now map[string]string) *Kept {
	taken := map[string]bool{}
	for key, name := range now {
		taken[name] = taken[name] || !strings.Contains(key, ":")
	}
	kept := f.kept
	kept.Names, kept.Renamed = map[string]string{}, map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		name, to := names[key], f.named(key)
		local := strings.Contains(key, ":")
		_, renamed := f.renamed[resourceOf(key)]
		switch there := now[to] != ""; {
		case !local && taken[name]:
		case !there:
			kept.Names[to] = name
		case to != key && now[to] != name && (!local || renamed):
			kept.Names[key], kept.Renamed[key] = name, to
		}
	}
	for to, from := range f.moved {
		for key, name := range names {
			if f.named(key) == from {
				kept.Names[to] = name
			}
		}
	}
	return &kept
}

// Settle has the names be those that what is kept has in the package, given all
// names in it and those of what is selected. It reports whether any differed.
func (k *Kept) Settle(all, selected map[string]string) (changed bool) {
	names := map[string]string{}
	for key, name := range all {
		if selected[key] == "" {
			names[key] = name
		}
	}
	changed = !maps.Equal(names, k.Names)
	k.Names = names
	maps.DeleteFunc(k.Renamed, func(key, _ string) bool { return names[key] == "" })
	return changed
}

// translated returns a selection in which types have other names.
func translated(s *api.Selection, named func(string) string) (*api.Selection, error) {
	old := slice.Used(s.Model)
	m := &model.Model{Container: old.Container}
	ref := func(r *model.TypeRef) { r.Name = named(r.Name) }
	for _, s := range old.Schemas {
		for _, t := range s.Structured {
			if t.Base != nil {
				ref(t.Base)
			}
			for _, p := range t.Properties {
				ref(&p.Type)
			}
			for _, n := range t.Navigation {
				ref(&n.Type)
			}
			to := move(m, s.Namespace, &t.Name, named)
			to.Structured = append(to.Structured, t)
		}
		for _, t := range s.Enums {
			to := move(m, s.Namespace, &t.Name, named)
			to.Enums = append(to.Enums, t)
		}
		for _, t := range s.Definitions {
			to := move(m, s.Namespace, &t.Name, named)
			to.Definitions = append(to.Definitions, t)
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			ref(&s.Type)
		}
	}
	var ds source.Diagnostics
	model.Link(m, &ds)
	if err := ds.Err(); err != nil {
		return nil, err
	}
	return onto(m, s, named), nil
}

// move gives a type the name that it has now, and returns the schema that it
// belongs to.
func move(m *model.Model, namespace string, name *string, named func(string) string) *model.Schema {
	now := named(namespace + "." + *name)
	i := strings.LastIndexByte(now, '.')
	*name = now[i+1:]
	return schemaOf(m, now[:i])
}
