package golang

import (
	"maps"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
)

// Former is the former Go name of an element that was renamed in the schema. It
// stays for one release, as an alias.
type Former struct {
	Key, Now  string // the former and the present name in the schema, as in Plan.Names
	Name, Of  string // the Go name, and the name that it stands for
	File      string // of a type
	Constants []*Former
}

// Subject returns the former name of the element in the schema: a method and a
// builder of items stand for their resource.
func (f *Former) Subject() string {
	return strings.TrimPrefix(strings.Replace(strings.TrimSuffix(f.Key, "/{}"), fieldSeparator, "/", 1), "/")
}

// former plans the aliases. An element that is not selected, or that has the
// former name itself, gets none.
func (p *planner) former() {
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
	former := map[string]*Former{} // types, by key; they come before their constants
	for _, key := range slices.Sorted(maps.Keys(p.plan.Options.Renamed)) {
		now := p.plan.Options.Renamed[key]
		f := &Former{Key: key, Now: now, Name: p.names.pinned[key], Of: p.plan.Names[now]}
		if f.Name == "" || f.Of == "" || f.Name == f.Of {
			continue
		}
		typeKey, _, _ := strings.Cut(key, "/")
		switch {
		case strings.Contains(key, fieldSeparator):
			if !p.formerMethod(f) {
				continue
			}
		case types[now]:
			p.names.declareFile(key, f.Name)
			f.File = p.file(key)
			former[key] = f
			p.plan.Former = append(p.plan.Former, f)
		case former[typeKey] != nil:
			former[typeKey].Constants = append(former[typeKey].Constants, f)
		default:
			i := slices.IndexFunc(p.plan.Enums, func(e *Enum) bool { return strings.HasPrefix(now, e.Type.QualifiedName()+"/") })
			if i < 0 {
				continue
			}
			p.plan.Enums[i].Former = append(p.plan.Enums[i].Former, f)
		}
		p.plan.Names[key] = f.Name
	}
}

// formerMethod adds the former method beside the present one.
func (p *planner) formerMethod(f *Former) bool {
	found := false
	add := func(steps *[]Step) {
		i := slices.IndexFunc(*steps, func(s Step) bool { return !s.To.Resource.Item && methodKey(s.To.Resource) == f.Now })
		if i >= 0 && free(*steps, f.Name) {
			*steps = append(*steps, Step{Method: f.Name, To: (*steps)[i].To, Former: f})
			found = true
		}
	}
	add(&p.plan.Root)
	for _, b := range p.plan.Builders {
		add(&b.Steps)
	}
	return found
}

// free reports whether a builder with some steps can have another method.
func free(steps []Step, method string) bool {
	return method != "" && !slices.Contains(operationMethods, method) && !slices.ContainsFunc(steps, func(s Step) bool { return s.Method == method })
}

// formerType renders the alias of a type, and those of its constants.
func (r *renderer) formerType(f *Former) jen.Code {
	declarations := []jen.Code{jen.Add(comment(f.Name+" is the former name of "+f.Of+".", f.deprecation())).Line().
		Type().Id(f.Name).Op("=").Id(f.Of)}
	if len(f.Constants) > 0 {
		declarations = append(declarations, jen.Const().Defs(formerConstants(f.Constants)...))
	}
	return lines(declarations...)
}

func formerConstants(list []*Former) []jen.Code {
	var constants []jen.Code
	for _, f := range list {
		constants = append(constants, jen.Add(comment(f.deprecation())).Line().Id(f.Name).Op("=").Id(f.Of))
	}
	return constants
}

// deprecation returns the paragraph on what became of the name.
func (f *Former) deprecation() string {
	was, now := lastName(f.Key), lastName(f.Now)
	what := "renamed to "
	if was == now { // in a type that has another name
		what = "its type was renamed to "
		owner, _, _ := strings.Cut(f.Now, "/")
		now = lastName(owner)
	}
	return deprecatedMark + what + now + " in the metadata. " + keptForOneRelease
}

// lastName returns a name without its namespace and type.
func lastName(key string) string {
	key = strings.TrimSuffix(key, "/{}")
	return key[strings.LastIndexAny(key, "./:")+1:]
}
