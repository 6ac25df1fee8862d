package golang

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// A call is an operation or a stream of a resource. Its Go name is pinned for the type, so
// that all builders of the type have it, and for a builder where that needs another one.

// isNamed reports whether a method has a Go name of its own: the other ones are called
// like their kind.
func isNamed(m *api.Method) bool {
	return m.Operation != nil && m.Kind != api.Delta || isStream(m)
}

func isStream(m *api.Method) bool { return m.Kind == api.Download || m.Kind == api.Upload }

// callKey is the key of the Go name of a call.
func callKey(m *api.Method) string {
	if m.Operation != nil {
		return importKey(operationMethodKey(m.Operation), m.ImportedAs())
	}
	return streamKey(m.Resource.Type(), m.Stream)
}

// atKey is the key of the Go name of a call on one builder.
func atKey(m *api.Method) string { return callKey(m) + atBuilder + m.Resource.ID() }

const atBuilder = " at "

// streamKey is the key of the Go method for a stream: a property of t, or if that is nil,
// the value of t.
func streamKey(t *model.StructuredType, stream *model.Property) string {
	name := "$value"
	if stream != nil {
		name = stream.Name
	}
	for owner := t; owner != nil; owner = owner.BaseType() {
		if stream == nil && owner.HasStream == model.Yes || stream != nil && slices.Contains(owner.Properties, stream) {
			t = owner
		}
	}
	return fieldKey(t, name) + fieldSeparator + "stream"
}

// streamName returns the natural name of the Go method for a stream. The value of a media
// entity is its content, whatever is selected.
func (n *names) streamName(t *model.StructuredType, stream *model.Property) string {
	if stream == nil {
		return contentMethod
	}
	name := n.rules.Exported(stream.Name)
	if name == contentMethod && mayHaveStream(t, stream) {
		return name + "2"
	}
	return name
}

// contentMethod is the name of the Go method for the value of a media entity.
const contentMethod = "Content"

// mayHaveStream reports whether the type that declares a property is a media entity, or
// one of its base types or derived types is.
func mayHaveStream(t *model.StructuredType, stream *model.Property) bool {
	for t != nil && !slices.Contains(t.Properties, stream) {
		t = t.BaseType()
	}
	if t == nil {
		return false
	}
	for base := t.BaseType(); base != nil; base = base.BaseType() {
		if base.HasStream == model.Yes {
			return true
		}
	}
	if t.HasStream == model.Yes {
		return true
	}
	for d := range t.Descendants() {
		if d.HasStream == model.Yes {
			return true
		}
	}
	return false
}

// callNames decides the Go names of the calls among the steps of their builders. Those
// that builders have already come first, and the others take no name that is pinned for
// another call.
func (p *planner) callNames(sent []*api.Method, builder func(model.Resource) *Builder, methods *methods) map[*api.Method]string {
	pinned := p.names.pinned
	rank := func(m *api.Method) int {
		switch {
		case pinned[atKey(m)] != "":
			return 0
		case p.earlier[m.ID()] || p.earlier[m.FormerID()]:
			return 1
		case p.pinnedCall(m) != "":
			return 2
		}
		return 3
	}
	calls := slices.DeleteFunc(slices.Clone(sent), func(m *api.Method) bool { return !isNamed(m) })
	ranks := map[*api.Method]int{}
	for _, m := range calls {
		ranks[m] = rank(m)
	}
	slices.SortStableFunc(calls, func(a, b *api.Method) int { return cmp.Compare(ranks[a], ranks[b]) })

	names := map[*api.Method]string{}
	on := map[*Builder]map[string]string{} // the keys of the calls of a builder, by Go name
	decided := map[string]string{}         // the Go names by key, of the first builder
	at := map[string]string{}              // the Go names by atKey
	kept := map[string]bool{}              // the keys whose pinned names a builder has
	for _, m := range calls {
		b, key := builder(m.Resource), callKey(m)
		if on[b] == nil {
			on[b] = map[string]string{}
		}
		name := at[atKey(m)] // of the other method of the stream
		if name == "" {
			wish := cmp.Or(pinned[atKey(m)], p.pinnedCall(m))
			isNew := wish == "" && ranks[m] == 3
			if wish == "" {
				wish = decided[key]
			}
			if wish == "" {
				wish = p.callName(m, ranks[m] == 1)
			}
			name = ident.Unique(wish, func(name string) bool {
				isContent := name == contentMethod && isStream(m)
				return b.isClient() && clientMembers[name] || !free(b.Steps, name) && !isContent ||
					on[b][name] != "" || isNew && (stdMethods[name] || methods.isPinned(m, name))
			})
		}
		names[m], at[atKey(m)], on[b][name] = name, name, key
		decided[key] = cmp.Or(decided[key], name)
		kept[key] = kept[key] || name == p.pinnedCall(m)
	}
	for _, m := range calls {
		key := callKey(m)
		name := decided[key]
		if kept[key] {
			name = p.pinnedCall(m)
		}
		p.plan.Names[key] = name
		if names[m] != name {
			p.plan.Names[atKey(m)] = names[m]
		}
	}
	return names
}

// callName returns the natural name of a call. Earlier versions, which did not pin the
// names of streams, did not ask whether a property and the value of an entity share one.
func (p *planner) callName(m *api.Method, isEarlier bool) string {
	switch {
	case m.Import != nil:
		return p.names.rules.Exported(m.Import.Name)
	case m.Operation != nil:
		return p.names.operationName(m.Operation)
	case isEarlier && m.Stream != nil:
		return p.names.rules.Exported(m.Stream.Name)
	}
	return p.names.streamName(m.Resource.Type(), m.Stream)
}

// pinnedCall returns the Go name that is pinned for a call, or "". Earlier versions pinned
// the name of an import as that of its operation.
func (p *planner) pinnedCall(m *api.Method) string {
	if name := p.names.pinned[callKey(m)]; name != "" || m.Operation == nil {
		return name
	}
	if former := p.names.pinned[operationMethodKey(m.Operation)]; strings.EqualFold(former, p.callName(m, false)) {
		return former
	}
	return ""
}

// member is a method of builders that an earlier run gave a name: a call, or a step to a
// property.
type member struct {
	to         *model.StructuredType // nil if it is unbound
	collection bool
	key        string
}

// pinnedMembers returns the members of builders that have names already, by name: those of
// a model with pinned names, and the streams that earlier versions selected.
func (p *planner) pinnedMembers(of *model.Model, selected *api.Selection) map[string][]member {
	list := map[string][]member{}
	enter := func(name string, c member) {
		if name != "" {
			list[name] = append(list[name], c)
		}
	}
	if len(p.names.pinned) == 0 {
		return list
	}
	for _, s := range of.Schemas {
		for _, o := range s.Operations {
			key := operationMethodKey(o)
			t, collection := o.Binding()
			enter(p.names.pinned[key], member{t, collection, key})
		}
		for _, t := range s.Structured {
			step := func(r model.Resource) {
				if p.names.hadStep(r) {
					enter(p.names.pinnedStep(r), member{t, false, methodKey(r)})
				}
			}
			for _, n := range t.Navigation {
				step(model.Resource{Navigation: n, Owner: t})
			}
			for _, property := range t.Properties {
				step(model.Resource{Property: property, Owner: t})
			}
			if t.HasStream == model.Yes {
				key := streamKey(t, nil)
				enter(p.names.pinned[key], member{t, false, key})
			}
			for _, stream := range t.Properties {
				if stream.Type.Name == streamType {
					key := streamKey(t, stream)
					enter(p.names.pinned[key], member{t, false, key})
				}
			}
		}
	}
	if c := of.Container; c != nil {
		for _, source := range c.Sources {
			if r := (model.Resource{Source: source}); p.names.hadStep(r) {
				enter(p.names.pinnedStep(r), member{key: methodKey(r)})
			}
		}
		for _, i := range c.Imports {
			for _, o := range i.Overloads() {
				key := callKey(&api.Method{Operation: o, Import: i})
				enter(p.names.pinned[key], member{key: key})
			}
		}
	}
	for _, link := range selected.Steps {
		if link.IsCast() {
			enter(p.names.pinned[link.To.ID()+stepSuffix], member{link.From.Type(), link.From.Collection(), link.To.ID()})
		}
	}
	for _, m := range selected.Methods {
		if !isNamed(m) {
			continue
		}
		call := member{key: callKey(m)}
		if !m.Resource.IsRoot() {
			call.to, call.collection = m.Resource.Type(), m.Resource.Collection()
		}
		enter(p.names.pinned[atKey(m)], call)
		if isStream(m) && p.earlier[m.ID()] && p.pinnedCall(m) == "" {
			enter(p.callName(m, true), call)
		}
	}
	return list
}

const streamType = "Edm.Stream"

// isPinned reports whether an earlier run gave a name to another member than a call on the
// builders that have it.
func (m *methods) isPinned(call *api.Method, name string) bool {
	if call.Resource.IsRoot() {
		return m.isMember(nil, false, name, callKey(call))
	}
	return m.isMember(call.Resource.Type(), call.Resource.Collection(), name, callKey(call))
}

// isMember reports whether an earlier run gave a name to a member of builders of type t, or
// of one derived from it, whatever is selected. The member with a key does not count.
func (m *methods) isMember(t *model.StructuredType, collection bool, name, key string) bool {
	return slices.ContainsFunc(m.pinned[name], func(c member) bool {
		switch {
		case c.key == key || c.collection != collection:
			return false
		case t == nil || c.to == nil:
			return t == c.to
		}
		return isOrExtends(c.to, t) || isOrExtends(t, c.to)
	})
}
