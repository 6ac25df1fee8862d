package openapi

import (
	"maps"
	"net/http"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// containerName is what Graph calls its entity container. OpenAPI has no place
// for the name.
const containerName = "GraphService"

// resource is an entity set, a singleton, a navigation property, or a
// structural property that paths lead to, with everything that they say.
type resource struct {
	element  *model.Element
	ref      *model.TypeRef
	position source.Position // of the first path that leads to it
	wanted   bool            // whether a path that leads to it is asked for

	navigation bool // whether it is a navigation property

	paths   []*pathItem // that end in it
	items   []*pathItem // that end in an item of it
	casts   []cast
	likes   []likeness
	refs    bool            // whether a path ends in its $ref
	counted bool            // whether a path ends in its $count
	listed  map[string]bool // the methods of [vocab.NotListed] that paths list

	collectionRefs []*pathItem // $ref of the collection itself
	calls          []call      // of operations, and of properties that are streams

	annotated bool // whether the model has it, with what paths say about it
}

// place is where a path leads to, segment by segment.
type place struct {
	resource   *resource             // nil at the root and behind a function
	t          *model.StructuredType // of the entity, the items or the value; nil at the root
	collection bool
	isCast     bool
}

// behindFunction reports whether the path to a place calls a function.
func (at place) behindFunction() bool { return at.t != nil && at.resource == nil }

// addContainer adds the entity container, and everything that paths say about
// resources, keys, actions and functions.
func (p *parser) addContainer(root *node) {
	if len(root.children) == 0 {
		return
	}
	p.findKeys(root)
	if path := p.inParentheses; path != "" {
		p.oddity(p.docs.items[path].position, "the path %s has a key in parentheses: set keys: parentheses in the configuration if the service takes keys only there", path)
	}
	at := root.next()[0].position
	p.model.Container = &model.Container{Namespace: p.namespace, Name: containerName, Element: model.Element{
		Position: at, Annotated: []*model.Annotation{vocab.NewGraph(at)},
	}}
	p.visit(root, place{})
	p.settleProperties()
	p.addOperations()
	p.restrict()
	p.reportUnused(root, nil)
}

// visit goes on from a place to what the segments behind it lead to.
func (p *parser) visit(n *node, at place) {
	for _, next := range n.next() {
		p.step(at, n, next)
	}
}

func (p *parser) step(at place, n, next *node) {
	name, arguments, called := strings.Cut(next.segment, "(")
	switch {
	case next.isKey():
		p.stepToItem(at, next)
	case strings.HasPrefix(next.segment, "$"):
		p.stepToSystem(at, next)
	case called && p.isAlternateKey(at, n, name, next):
		p.stepToAlternateKey(at, n, name, arguments, next)
	case called || isOperation(next.item) || p.isUnmarkedAction(at, next):
		p.stepToOperation(at, name, arguments, called, next)
	case strings.Contains(name, "."):
		if p.isCast(next) && at.t != nil {
			p.stepToCast(at, next)
		} else {
			p.stepToOperation(at, name, "", false, next)
		}
	case !isResourceName(name):
		p.leaveOut(next, "%q is not a name", short(name))
	case at.t == nil:
		p.stepToSource(next)
	case at.collection:
		p.leaveOut(next, "a key must follow a collection")
	default:
		p.stepToProperty(at, next)
	}
}

// isResourceName reports whether a segment can be the name of an entity set, a
// singleton or a property.
func isResourceName(segment string) bool {
	return model.IsReadableName(segment) && !strings.Contains(segment, ".")
}

// note enters in the resource of a place what a path says that ends there.
func (p *parser) note(at place, n *node) {
	if n.item != nil {
		p.problems = append(p.problems, n.item.problems...)
	}
	r := at.resource
	if n.resource = r; r == nil {
		return
	}
	r.wanted = r.wanted || p.wanted == nil || p.wanted(n.path)
	switch {
	case n.item == nil:
	case at.isCast:
		r.likes = append(r.likes, likeness{n.item, !at.collection})
	case !at.collection && r.ref.Collection:
		r.items = append(r.items, n.item)
	default:
		r.paths = append(r.paths, n.item)
	}
}

// resourceOf returns the resource of an element, to which a node leads.
func (p *parser) resourceOf(element *model.Element, ref *model.TypeRef, n *node) *resource {
	r := p.byElement[element]
	if r == nil {
		r = &resource{element: element, ref: ref, position: n.position, listed: map[string]bool{}}
		p.byElement[element] = r
	}
	return r
}

// enter notes that a node leads from a place to a resource, and goes on behind it.
// Behind a function, paths say nothing about the requests of a resource.
func (p *parser) enter(from place, r *resource, t *model.StructuredType, n *node) {
	mark := len(p.problems)
	at := place{resource: r, t: t, collection: r.ref.Collection}
	if from.behindFunction() {
		at.resource = nil
	}
	p.note(at, n)
	if t != nil {
		p.visit(n, at)
	}
	r.element.Problems = append(r.element.Problems, p.take(mark)...)
	if r.element.Defect() != nil {
		n.reported = true
	}
}

// stepToSource goes to an entity set or a singleton.
func (p *parser) stepToSource(n *node) {
	mark := len(p.problems)
	if !model.IsIdentifier(n.segment) {
		p.warnf(n.position, "the resource name %q is not an OData identifier; it is used as it is", n.segment)
	}
	s := &model.NavigationSource{Name: n.segment, Type: p.typeAt(n)}
	s.Element = p.element(n.position, mark)
	p.model.Container.Sources = append(p.model.Container.Sources, s)
	p.enter(place{}, p.resourceOf(&s.Element, &s.Type, n), p.entityType(s.Type.Name, n), n)
}

// stepToProperty goes to a property of a type.
func (p *parser) stepToProperty(at place, n *node) {
	switch property := p.member(at.t, n.segment).(type) {
	case *model.Navigation:
		p.enterNavigation(at, property, n)
	case *model.Property:
		if p.answersBinary(n.item) {
			property.Type.Name = "Edm.Stream"
		}
		p.useStream(at, property, n)
		p.enter(at, p.resourceOf(&property.Element, &property.Type, n), p.types[property.Type.Name], n)
	default:
		if p.answersBinary(n.item) {
			property := &model.Property{
				Name: n.segment, Type: model.TypeRef{Name: "Edm.Stream", Position: n.position}, Element: model.Element{Position: n.position},
			}
			p.addMember(at.t, n.segment, property)
			p.useStream(at, property, n)
			p.enter(at, p.resourceOf(&property.Element, &property.Type, n), nil, n)
			return
		}
		mark := len(p.problems)
		if !model.IsIdentifier(n.segment) {
			p.warnf(n.position, "the property name %q of %s is not an OData identifier; it is used as it is", n.segment, at.t.QualifiedName())
		}
		ref := p.typeAt(n)
		if t := p.types[ref.Name]; t != nil && t.Kind == model.Complex && p.roleOf(ref.Name) == roleStructured {
			property := &model.Property{Name: n.segment, Type: ref}
			property.Element = p.element(n.position, mark)
			p.addMember(at.t, n.segment, property)
			p.enter(at, p.resourceOf(&property.Element, &property.Type, n), t, n)
			return
		}
		navigation := &model.Navigation{Name: n.segment, Type: ref}
		navigation.Element = p.element(n.position, mark)
		p.addMember(at.t, n.segment, navigation)
		p.enterNavigation(at, navigation, n)
	}
}

func (p *parser) enterNavigation(at place, navigation *model.Navigation, n *node) {
	r := p.resourceOf(&navigation.Element, &navigation.Type, n)
	r.navigation = true
	p.enter(at, r, p.entityType(navigation.Type.Name, n), n)
}

// answersBinary reports whether a path is that of a media stream.
func (p *parser) answersBinary(i *pathItem) bool {
	if i.has(http.MethodGet) {
		_, response := p.success(i, http.MethodGet)
		return isBinary(response)
	}
	return i.has(http.MethodPut) && isBinary(p.requestBody(i, http.MethodPut))
}

// entityType returns the structured type with a name. If the document has no
// such schema, it returns a new entity type, of which only paths say anything.
func (p *parser) entityType(name string, n *node) *model.StructuredType {
	t := p.types[name]
	if t == nil && p.roleOf(name) == roleNone && name != "" && !strings.HasPrefix(name, "Edm.") {
		t = &model.StructuredType{
			Namespace: namespaceOf(name), Name: simpleName(name), Kind: model.Entity, Element: model.Element{Position: n.position},
		}
		p.addType(t)
	}
	return t
}

// stepToSystem goes to a part of OData, such as "$ref".
func (p *parser) stepToSystem(at place, n *node) {
	if at.t == nil || n.item == nil {
		return
	}
	p.problems = append(p.problems, n.item.problems...)
	r := at.resource
	if n.resource = r; r == nil {
		return
	}
	switch n.segment {
	case "$ref":
		r.refs = true
		switch {
		case !r.navigation || at.isCast:
		case at.collection:
			r.collectionRefs = append(r.collectionRefs, n.item)
			p.useAs(r, n.item, map[string]string{http.MethodGet: vocab.KeyListRefs, http.MethodPost: vocab.KeyAddRef})
		case r.ref.Collection:
			p.useAs(r, n.item, map[string]string{http.MethodDelete: vocab.KeyRemoveRef})
		default:
			p.useAs(r, n.item, map[string]string{
				http.MethodGet: vocab.KeyListRefs, http.MethodPut: vocab.KeySetRef, http.MethodDelete: vocab.KeyRemoveRef,
			})
		}
	case "$count":
		if r.counted = r.counted || !at.isCast; at.collection {
			n.item.use(http.MethodGet)
		}
	case "$value":
		if !at.collection && at.t.Kind == model.Entity && (n.item.has(http.MethodGet) || n.item.has(http.MethodPut)) {
			at.t.HasStream = model.Yes
			p.useAs(r, n.item, map[string]string{http.MethodGet: vocab.KeyDownload, http.MethodPut: vocab.KeyUpload})
		}
	}
}

// mergeResources adds what paths say about one property to what they say about
// another one that stays.
func (p *parser) mergeResources(to, from any) {
	target, merged := p.byElement[elementOf(to)], p.byElement[elementOf(from)]
	n, isNavigation := to.(*model.Navigation)
	switch {
	case merged == nil || !isNavigation:
		return
	case target == nil:
		merged.element, merged.ref = &n.Element, &n.Type
		p.byElement[&n.Element] = merged
		return
	}
	target.wanted = target.wanted || merged.wanted
	target.refs = target.refs || merged.refs
	target.counted = target.counted || merged.counted
	target.paths = append(target.paths, merged.paths...)
	target.items = append(target.items, merged.items...)
	target.casts = append(target.casts, merged.casts...)
	target.likes = append(target.likes, merged.likes...)
	target.collectionRefs = append(target.collectionRefs, merged.collectionRefs...)
	target.calls = append(target.calls, merged.calls...)
	maps.Copy(target.listed, merged.listed)
	target.element.Problems = append(target.element.Problems, merged.element.Problems...)
	if merged.position.Compare(target.position) < 0 {
		target.position = merged.position
	}
}
