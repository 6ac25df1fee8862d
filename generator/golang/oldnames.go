package golang

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
)

// OldName is the old Go name of an element that was renamed in the schema. The
// package retains it for one release, as an alias of the new name.
type OldName struct {
	Key, NewKey   string // the old and the new key in Plan.Names
	Name, NewName string // in Go
	File          string // of a type
	Constants     []*OldName
}

// Subject returns the old name of the element in the schema. For a method or a
// builder it is the ID of the resource, without the suffix of an item.
func (f *OldName) Subject() string {
	return strings.TrimPrefix(strings.Replace(strings.TrimSuffix(f.Key, "/{}"), fieldSeparator, "/", 1), "/")
}

// oldNames plans the aliases. An element that is not selected, or that still has
// its old Go name, gets none.
func (p *planner) oldNames() {
	types := map[string]bool{}
	for _, s := range p.plan.Structs {
		types[s.Type.QualifiedName()] = true
	}
	for _, e := range p.enums {
		types[e.Type.QualifiedName()] = true
	}
	for _, a := range p.plan.Aliases {
		types[a.Type.QualifiedName()] = true
	}
	for _, b := range p.plan.Builders {
		types[b.Resource.ID()] = true
	}
	old := map[string]*OldName{} // of types, by key; a type sorts before its constants
	for _, key := range slices.Sorted(maps.Keys(p.plan.Options.Renamed)) {
		now := p.plan.Options.Renamed[key]
		f := &OldName{Key: key, NewKey: now, Name: cmp.Or(p.names.pinned[key+stepSuffix], p.names.pinned[key]), NewName: cmp.Or(p.plan.Names[now+stepSuffix], p.plan.Names[now])}
		if f.Name == "" || f.NewName == "" || f.Name == f.NewName {
			continue
		}
		typeKey, _, _ := strings.Cut(key, "/")
		switch {
		case strings.Contains(key, fieldSeparator):
			if !p.oldMethod(f) {
				continue
			}
		case types[now]:
			p.names.declareFile(key, f.Name)
			f.File = p.file(key)
			old[key] = f
			p.plan.OldNames = append(p.plan.OldNames, f)
		case old[typeKey] != nil:
			old[typeKey].Constants = append(old[typeKey].Constants, f)
		default:
			i := slices.IndexFunc(p.plan.Enums, func(e *Enum) bool { return strings.HasPrefix(now, e.Type.QualifiedName()+"/") })
			if i < 0 {
				continue
			}
			p.plan.Enums[i].OldNames = append(p.plan.Enums[i].OldNames, f)
		}
		p.plan.Names[key] = f.Name
	}
}

// oldMethod adds a method with the old name to the builders that have the new one.
// It reports whether there is such a builder.
func (p *planner) oldMethod(f *OldName) bool {
	found := false
	add := func(steps *[]Step) {
		i := slices.IndexFunc(*steps, func(s Step) bool {
			return s.Kind == ToProperty && methodKey(s.To.Resource) == f.NewKey
		})
		if i >= 0 && free(*steps, f.Name) {
			*steps = append(*steps, Step{Method: f.Name, To: (*steps)[i].To, OldName: f})
			found = true
		}
	}
	add(&p.plan.Client.Steps)
	for _, b := range p.plan.Builders {
		add(&b.Steps)
	}
	return found
}

// free reports whether a builder with some steps can have another method with the
// given name.
func free(steps []Step, method string) bool {
	return method != "" && !slices.Contains(reservedMethods, method) && !slices.ContainsFunc(steps, func(s Step) bool { return s.Method == method })
}

// oldType renders the aliases of a type and its constants.
func (r *renderer) oldType(f *OldName) jen.Code {
	declarations := []jen.Code{jen.Add(comment(f.Name+" is the old name of "+f.NewName+".", f.deprecation())).Line().
		Type().Id(f.Name).Op("=").Id(f.NewName)}
	if len(f.Constants) > 0 {
		declarations = append(declarations, jen.Const().Defs(oldConstants(f.Constants)...))
	}
	return lines(declarations...)
}

func oldConstants(list []*OldName) []jen.Code {
	var constants []jen.Code
	for _, f := range list {
		constants = append(constants, jen.Add(comment(f.deprecation())).Line().Id(f.Name).Op("=").Id(f.NewName))
	}
	return constants
}

// deprecation returns the deprecation of the old name.
func (f *OldName) deprecation() string {
	text, now := "renamed to ", lastName(f.NewKey)
	if lastName(f.Key) == now { // a member of a renamed type
		text = "its type was renamed to "
		owner, _, _ := strings.Cut(f.NewKey, "/")
		now = lastName(owner)
	}
	return deprecatedMark + text + now + " in the metadata. " + retainedForOneRelease
}

// lastName returns a name without its namespace and type.
func lastName(key string) string {
	key = strings.TrimSuffix(key, "/{}")
	return key[strings.LastIndexAny(key, "./:")+1:]
}
