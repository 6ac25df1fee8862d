package api

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Find returns the method that a request calls, with one path: the request can be
// "POST" and "/users/{id | userPrincipalName}/messages/{id}/reply". Names may be
// spelled in another case, keys may stand in parentheses, functions may have
// arguments or none, and "..." may stand between segments. answered reports whether the resource answers the method on
// this path, as far as is known. Find returns nil if no method sends such a request.
func Find(m *model.Model, verb, path string) (method *Method, answered bool) {
	for _, alternate := range []bool{false, true} {
		if method, answered = find(m, verb, splitPath(path, alternate)); method != nil {
			break
		}
	}
	return method, answered
}

func find(m *model.Model, verb string, segments []string) (method *Method, answered bool) {
	// A segment that names an operation is not a key.
	for length := min(2, len(segments)); length >= 0; length-- {
		at := len(segments) - length
		if at == 0 { // the root
			if method := called(imported(m), verb, segments); method != nil {
				method.Paths = []model.Path{nil}
				return method, newRestrictions().answersAt(m, nil, method)
			}
			continue
		}
		steps, ok := m.ResolveSegments(segments[:at], true)
		if !ok {
			continue
		}
		if slices.ContainsFunc(segments[:at], func(s string) bool { return isOperation(m, s) }) {
			continue
		}
		r := steps[len(steps)-1]
		if method := called(callable(r), verb, segments[at:]); method != nil {
			method.Paths = []model.Path{steps}
			return method, newRestrictions().answersAt(m, steps, method)
		}
	}
	return nil, false
}

// FindAll returns the methods that requests to a path call, with any verb, each with this
// path. The path can be written as for [Find], but names as the metadata spells them.
// Without arguments, all overloads of a function are meant.
func FindAll(m *model.Model, path string) []*Method {
	for _, alternate := range []bool{false, true} {
		segments := splitPath(path, alternate)
		for length := 0; length <= min(2, len(segments)); length++ {
			at := len(segments) - length
			steps, ok := resolve(m, segments[:at])
			if !ok {
				continue
			}
			var list, exact []*Method
			for _, method := range MethodsAt(m, steps) {
				own := splitPath(method.Suffix, false)
				if !slices.EqualFunc(segments[at:], own, means) {
					continue
				}
				method.Paths = []model.Path{steps}
				list = append(list, &method)
				if slices.EqualFunc(segments[at:], own, sameArguments) {
					exact = append(exact, &method)
				}
			}
			if len(exact) > 0 && strings.Contains(segments[len(segments)-1], "(") {
				return exact
			}
			if len(list) > 0 || length == 0 {
				return list
			}
		}
	}
	return nil
}

// Resolve returns the resources along a path. Keys may stand in parentheses. A segment
// that begins with $, or names an operation of the collection before it or of its items,
// is not a key.
func Resolve(m *model.Model, path string) (p model.Path, ok bool) {
	for _, alternate := range []bool{false, true} {
		if p, ok = resolve(m, splitPath(path, alternate)); ok {
			break
		}
	}
	return p, ok
}

func resolve(m *model.Model, segments []string) (model.Path, bool) {
	if len(segments) == 0 {
		return nil, true // the root
	}
	steps, ok := m.ResolveSegments(segments, false)
	if !ok {
		return nil, false
	}
	for i := 1; i < len(steps); i++ {
		if isKey(steps[i-1], steps[i]) && (strings.HasPrefix(segments[i], "$") || Binds(steps[i], segments[i]) || Binds(steps[i-1], segments[i])) {
			return nil, false
		}
	}
	return steps, true
}

// Binds reports whether a segment names an operation that is bound to a resource. The
// name can be qualified, and arguments can follow.
func Binds(r model.Resource, segment string) bool {
	name, _, _ := strings.Cut(segment, "(")
	for range r.Type().Overloads(r.Collection(), name[strings.LastIndexByte(name, '.')+1:]) {
		return true
	}
	return false
}

// isOperation reports whether a segment is the name of an operation of the model.
func isOperation(m *model.Model, segment string) bool {
	return slices.ContainsFunc(m.Schemas, func(s *model.Schema) bool {
		return slices.ContainsFunc(s.Operations, func(o *model.Operation) bool { return o.Name == segment })
	})
}

// callable returns the methods of a resource, whether or not it answers them.
func callable(r model.Resource) []Method {
	list := Possible(r)
	if t := r.Type(); t != nil && !r.Contained() {
		for o := range t.Operations(r.Collection()) {
			list = append(list, call(r, o))
		}
	}
	return list
}

// called returns the method of a list with a verb and a suffix, or nil. Of overloads
// of a function without arguments, the first one is meant.
func called(list []Method, verb string, suffix []string) *Method {
	var loose *Method
	for _, m := range list {
		own := strings.Split(strings.Trim(m.Suffix, "/"), "/")
		if m.Suffix == "" {
			own = nil
		}
		if m.Verb != verb || !slices.EqualFunc(suffix, own, means) {
			continue
		}
		if m.Operation == nil || !m.Operation.Function || slices.EqualFunc(suffix, own, sameArguments) {
			return &m
		}
		if loose == nil {
			loose = &m
		}
	}
	return loose
}

// means reports whether a segment of a request means a segment of a suffix.
func means(segment, own string) bool {
	if strings.HasPrefix(own, "{") {
		return true // any key
	}
	name, _, _ := strings.Cut(segment, "(")
	ownName, _, _ := strings.Cut(own, "(")
	name = name[strings.LastIndexByte(name, '.')+1:]
	return strings.EqualFold(name, ownName)
}

// sameArguments reports whether two segments name the same arguments.
func sameArguments(segment, own string) bool {
	_, arguments, _ := strings.Cut(segment, "(")
	_, ownArguments, _ := strings.Cut(own, "(")
	return strings.EqualFold(strings.Join(argumentNames(arguments), ","), strings.Join(argumentNames(ownArguments), ","))
}

// Segments returns the segments of a path. Each key is a segment of its own, also one
// in parentheses.
func Segments(path string) []string { return splitPath(path, true) }

// splitPath splits a path at each / that is neither in braces nor in parentheses.
// A key in parentheses becomes a segment of its own: with alternate, also one such as
// "(appId='5')", which arguments of a function look like.
func splitPath(path string, alternate bool) []string {
	var list []string
	add := func(segment string) {
		segment = strings.TrimSpace(segment)
		name, inner, ok := strings.Cut(segment, "(")
		switch key, _, _ := strings.Cut(inner, "'"); {
		case segment == "" || segment == "...":
		case ok && name != "" && inner != ")" && (alternate || !strings.Contains(key, "=")):
			list = append(list, name, "{"+strings.TrimSuffix(inner, ")")+"}")
		default:
			list = append(list, segment)
		}
	}
	start, depth := 0, 0
	for i := range len(path) {
		switch path[i] {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
		case '/':
			if depth <= 0 {
				add(path[start:i])
				start = i + 1
			}
		}
	}
	add(path[start:])
	return list
}

// Key returns the qualifier of the annotations about the method on the element that
// it belongs to: its kind, with the type of a cast and the name of a stream.
func (m *Method) Key() string {
	key := string(m.Kind)
	if name := strings.TrimPrefix(m.Suffix, "/"); m.Operation == nil && name != "" && !strings.ContainsAny(name, "${") {
		key += "_" + name
	}
	if m.Resource.Cast != nil && m.Operation == nil {
		key += "_" + strings.ReplaceAll(m.Resource.Cast.QualifiedName(), ".", "_")
	}
	return key
}

// element returns the element that the method belongs to: the operation that it calls,
// else the element that declares its resource.
func (m *Method) element() *model.Element {
	if m.Operation != nil {
		return &m.Operation.Element
	}
	return m.Resource.Element()
}

// Pos returns the position of the element that makes the request possible: the import of
// an operation that is not bound, else the element that declares the resource.
func (m *Method) Pos() source.Position {
	if m.Import != nil {
		return m.Import.Position
	}
	return m.Resource.Pos()
}

// Annotations returns the annotations of the element that the method belongs to: the
// operation that it calls, else the element that declares its resource.
func (m *Method) Annotations() []*model.Annotation { return m.element().Annotated }

// Target returns the path that annotations use for that element.
func (m *Method) Target(whole *model.Model) string {
	if m.Operation != nil {
		return m.Operation.Target()
	}
	return m.Resource.Target(whole)
}

// Facts returns what a reference page says about the method, for the first of its paths
// that a page lists.
func (m *Method) Facts() vocab.Facts {
	return vocab.About(vocab.MethodFacts(m.Annotations(), m.Key()), m.Requests())
}

// QueryParameters returns the query parameters of the service's own that the reference page
// names, such as startDateTime. Pages also list the parameters of a function, in any case.
func (m *Method) QueryParameters() []string {
	var list []string
	for _, name := range m.Facts().Options {
		own := m.Operation != nil && slices.ContainsFunc(m.Operation.Own(), func(p *model.Parameter) bool { return strings.EqualFold(p.Name, name) })
		if !own && !strings.HasPrefix(name, "$") {
			list = append(list, name)
		}
	}
	return list
}
