package openapi

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// A document lists requests, and the model has methods. This file holds one against
// the other: a request without a method is reported, and a method whose request
// is not listed is ruled out.

// likeness is a path to a resource behind a type cast or by an alternate key. It
// has the methods that the resource has without.
type likeness struct {
	item *pathItem
	one  bool // whether the path leads to an entity, not to a collection
}

// cast is a type cast that paths have behind a resource or an item of it.
type cast struct {
	typeName string
	item     bool
	readable bool // whether a path with GET ends in it
}

// call is a request to something that a resource has where it has a path of its own.
type call struct {
	item *pathItem
	verb string
}

// useStream notes the methods of a property that is a stream.
func (p *parser) useStream(at place, property *model.Property, n *node) {
	if property.Type.Name == "Edm.Stream" && !property.Type.Collection && !at.collection && at.resource != nil {
		for verb, key := range map[string]string{http.MethodGet: vocab.KeyDownload, http.MethodPut: vocab.KeyUpload} {
			if n.item.has(verb) {
				at.resource.call(n.item, verb, key+"_"+property.Name)
			}
		}
	}
}

// call notes a request, which is the method with a key.
func (r *resource) call(i *pathItem, verb, key string) {
	r.listed[key] = true
	r.calls = append(r.calls, call{i, verb})
}

// useAs notes that operations of a path are methods of a resource, whose keys
// are given by HTTP method.
func (p *parser) useAs(r *resource, i *pathItem, keys map[string]string) {
	for verb, key := range keys {
		if i.has(verb) {
			i.use(verb)
			r.listed[key] = true
		}
	}
}

// useAll notes the requests that become methods of a resource: those of its paths,
// and of its paths behind a type cast or by an alternate key.
func (p *parser) useAll(r *resource, single []*pathItem) {
	if p.types[r.ref.Name] == nil {
		return
	}
	one := []string{http.MethodGet, http.MethodPatch, http.MethodPut, http.MethodDelete}
	all := []string{http.MethodGet, http.MethodPost}
	for _, i := range single {
		i.use(one...)
	}
	if r.ref.Collection {
		for _, i := range r.paths {
			i.use(all...)
		}
	}
	for _, like := range r.likes {
		items, verbs := r.paths, all
		if like.one {
			items, verbs = single, one
		}
		for _, verb := range verbs {
			if first(items, verb) != nil {
				like.item.use(verb)
			}
		}
	}
	if r.listed[vocab.KeyRemoveRef] {
		for _, i := range r.collectionRefs { // the same, with the address of the item in the query
			i.use(http.MethodDelete)
		}
	}
}

// overloads returns the operations by the type that they are bound to.
func (p *parser) overloads() map[string][]*model.Operation {
	bound := map[string][]*model.Operation{}
	for _, s := range p.model.Schemas {
		for _, o := range s.Operations {
			if o.Bound {
				name := o.Parameters[0].Type.Name
				bound[name] = append(bound[name], o)
			}
		}
	}
	return bound
}

// annotateNotListed says which requests the resource does not take although others
// of their kind are listed, for it or for its type: the document lists GET of a
// stream or a reference without PUT, or an action for another resource. Streams
// and operations are called where the resource has a path of its own.
func (p *parser) annotateNotListed(r *resource, own bool, overloads map[string][]*model.Operation) {
	if own {
		for _, c := range r.calls {
			c.item.use(c.verb)
		}
	}
	var keys []string
	if first(r.paths, http.MethodGet) != nil && r.ref.Collection && !r.counted && vocab.QueryOptions(r.element.Annotated).Count == model.Unknown {
		keys = append(keys, vocab.KeyCount)
	}
	switch {
	case r.refs && r.ref.Collection:
		keys = append(keys, vocab.KeyAddRef, vocab.KeyRemoveRef, vocab.KeyListRefs)
	case r.refs:
		keys = append(keys, vocab.KeySetRef, vocab.KeyRemoveRef, vocab.KeyListRefs)
	}
	for t := range p.chain(p.types[r.ref.Name]) {
		if t.HasStream == model.Yes {
			keys = append(keys, vocab.KeyDownload, vocab.KeyUpload)
		}
		if !own {
			continue
		}
		for _, q := range t.Properties {
			if q.Type.Name == "Edm.Stream" && !q.Type.Collection {
				keys = append(keys, vocab.KeyDownload+"_"+q.Name, vocab.KeyUpload+"_"+q.Name)
			}
		}
		bound := overloads[t.QualifiedName()]
		if !p.expand(len(bound)) {
			return // no document of Graph comes near that
		}
		for _, o := range bound {
			if r.ref.Collection || !o.Parameters[0].Type.Collection {
				keys = append(keys, o.Signature())
			}
		}
	}
	slices.Sort(keys)
	keys = slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return r.listed[key] })
	if len(keys) > 0 {
		r.element.Annotated = append(r.element.Annotated, vocab.NewNotListed(keys, r.position))
	}
}

// isUnmarkedAction reports whether a path can only be that of an action,
// although it does not say so: its one request is a POST that neither takes nor
// answers an entity, so that it does not create one.
func (p *parser) isUnmarkedAction(at place, n *node) bool {
	if n.item.onlyVerb() != http.MethodPost || len(n.children) > 0 || n.item.kind() != "" || !isResourceName(n.segment) {
		return false
	}
	if at.t != nil && p.member(at.t, n.segment) != nil {
		return false
	}
	_, creates := p.createdType(n.item)
	_, problem := p.brokenContent(n.item)
	return !creates && problem == ""
}

// leaveOut reports that a path and all paths behind it are left out.
func (p *parser) leaveOut(n *node, format string, args ...any) {
	behind := "is"
	if len(n.children) > 0 {
		behind = "and those behind it are"
	}
	p.oddity(n.position, "the path %s %s left out: %s", n.path, behind, fmt.Sprintf(format, args...))
	n.reported = true
}

// reportUnused reports the operations that no method stands for, as problems of the
// resource that their path leads to or through.
func (p *parser) reportUnused(n *node, r *resource) {
	if n.reported {
		return
	}
	if n.resource != nil && n.resource.annotated {
		r = n.resource
	}
	if n.item != nil {
		for _, verb := range n.item.verbs {
			if o := n.item.operations[verb]; !o.used {
				reason := "no method makes this request"
				if verb == http.MethodPost {
					reason = "the path is neither a collection nor that of an action; x-ms-docs-operation-type: action marks one"
				}
				if r != nil {
					r.element.Warnf(o.at, "%s %s is left out: %s", verb, n.path, reason)
				} else {
					p.oddity(o.at, "%s %s is left out: %s", verb, n.path, reason)
				}
			}
		}
	}
	for _, next := range n.next() {
		p.reportUnused(next, r)
	}
}
