package describe

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Path describes the resource that a path leads to.
type Path struct {
	Path        string   `json:"path"`
	Type        string   `json:"type"`              // "Collection(microsoft.graph.projectParticipation)"
	Resource    string   `json:"resource"`          // "microsoft.graph.profile/projects"
	Verbs       []string `json:"verbs,omitzero"`    // of the methods that can be generated
	RuledOut    []string `json:"ruledOut,omitzero"` // the verbs that the metadata rules out on this path alone
	Methods     []Method `json:"methods,omitzero"`  // that can be generated, with operations and the like
	Next        []string `json:"next,omitzero"`     // the segments that can follow
	Casts       []string `json:"casts,omitzero"`    // the type casts that can follow
	Settable    []string `json:"settable,omitzero"` // by a create, as far as is known
	Refused     []string `json:"refused,omitzero"`  // by a create
	Description string   `json:"description,omitzero"`
	Position    string   `json:"position"`
}

// Method is a method with its shortest paths.
type Method struct {
	Verb        string   `json:"verb"`
	Kind        string   `json:"kind,omitzero"` // "Create"
	Path        string   `json:"path"`
	Also        []string `json:"also,omitzero"`     // other paths to the same resource: the shortest of them
	RuledOut    []string `json:"ruledOut,omitzero"` // paths to the same resource on which the metadata rules it out
	Type        string   `json:"type"`
	Description string   `json:"description,omitzero"`
}

// OfPath describes the resource that a path leads to, or returns nil.
func OfPath(m *model.Model, path string, e Evidence) *Path {
	if strings.Trim(path, "/") == "" {
		return ofRoot(m)
	}
	steps, ok := api.Resolve(m, path)
	if !ok {
		return nil
	}
	r := steps[len(steps)-1]
	d := &Path{
		Path: path, Type: r.Ref().String(), Resource: r.Target(m),
		Description: vocab.Description(r.Annotations()), Position: r.Pos().String(),
	}
	t := r.Type()
	if t == nil {
		d.Type += ", which is not declared"
		return d
	}
	d.Type = t.QualifiedName()
	if r.Collection() {
		d.Type = "Collection(" + d.Type + ")"
	}
	for _, method := range api.MethodsAt(m, steps) {
		d.add(&method)
		if method.Suffix == "" {
			d.Verbs = append(d.Verbs, method.Verb)
		}
		if method.Kind == api.Create {
			d.Settable, d.Refused = e.created(r)
		}
	}
	for _, method := range api.Methods(m, r) {
		if method.Suffix == "" && !slices.Contains(d.Verbs, method.Verb) {
			d.RuledOut = append(d.RuledOut, method.Verb)
		}
	}
	for next := range r.Next(m) {
		if !api.Exists(append(slices.Clip(steps), next)) {
			continue
		}
		switch {
		case next.Cast != nil && r.Cast == nil:
			d.Casts = append(d.Casts, next.Name())
		case next.Item && !r.Item:
			d.Next = append(d.Next, "{"+strings.Join(t.KeyNames(), ",")+"}")
		default:
			d.Next = append(d.Next, next.Name())
		}
	}
	slices.Sort(d.Next)
	slices.Sort(d.Casts)
	return d
}

// ofRoot describes the root of the service: its entity sets, singletons and unbound
// operations.
func ofRoot(m *model.Model) *Path {
	d := &Path{Path: "/", Type: "the root of the service"}
	if m.Container == nil {
		return d
	}
	d.Resource, d.Position = m.Container.Namespace+"."+m.Container.Name, m.Container.Position.String()
	for next := range (model.Resource{}).Next(m) {
		d.Next = append(d.Next, next.Name())
	}
	slices.Sort(d.Next)
	for _, method := range api.Methods(m, model.Resource{}) {
		d.add(&method)
	}
	return d
}

// add enters a method.
func (d *Path) add(m *api.Method) {
	description := ""
	if m.Operation != nil {
		description = vocab.Description(m.Operation.Annotated)
	}
	d.Methods = append(d.Methods, Method{Verb: m.Verb, Kind: string(m.Kind), Path: strings.TrimSuffix(d.Path, "/") + m.Suffix, Type: m.Returns().String(), Description: description})
}

// behind lists the methods behind the path: "GET $count", "POST send". They are sorted by
// their segments.
func (d *Path) behind() []string {
	var list []string
	for _, m := range d.Methods {
		if rest := strings.TrimPrefix(strings.TrimPrefix(m.Path, strings.TrimSuffix(d.Path, "/")), "/"); rest != "" {
			list = append(list, m.Verb+" "+rest)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int {
		_, a, _ = strings.Cut(a, " ")
		_, b, _ = strings.Cut(b, " ")
		return strings.Compare(a, b)
	})
	return list
}

// OfMethods describes methods.
func OfMethods(methods []*api.Method) []Method {
	list := []Method{}
	for _, m := range methods {
		method := Method{
			Verb: m.Verb, Kind: string(m.Kind), Path: m.Paths[0].String() + m.Suffix, Type: m.Returns().String(), Description: vocab.Description(m.Resource.Annotations()),
		}
		for _, path := range m.Paths[1:] {
			method.Also = append(method.Also, path.String()+m.Suffix)
		}
		for _, path := range m.RuledOut {
			method.RuledOut = append(method.RuledOut, path.String()+m.Suffix)
		}
		list = append(list, method)
	}
	return list
}
