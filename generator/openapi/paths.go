package openapi

import (
	"cmp"
	"encoding/json/v2"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// resource is what the paths say of a resource, all of them together.
type resource struct {
	listed      bool
	create      *item               // one with POST, nil if there is none
	status      string              // of a create: "201", "2XX"
	annotations []*model.Annotation // of a create that was read
	position    source.Position     // of the first path that leads there
}

// containerName is how the service calls its entity container. OpenAPI has no
// place for it.
const containerName = "GraphService"

// paths makes the entity container of the paths, and adds what they tell of
// navigation properties and keys.
func (p *parser) paths(m *model.Model, root *node) {
	p.resources = map[any]*resource{}
	if len(root.children) == 0 {
		return
	}
	m.Container = &model.Container{Namespace: p.namespace, Name: containerName, Position: root.next()[0].position}
	for _, n := range root.next() {
		if !n.isName() {
			continue
		}
		ref, ok := p.target(n)
		if !ok {
			continue
		}
		s := &model.NavigationSource{Name: n.segment, Type: ref, Position: n.position}
		m.Container.Sources = append(m.Container.Sources, s)
		p.describe(s, ref, n)
		p.follow(m, p.typeNamed(m, ref.Name, n), n, ref.Collection)
	}
}

// follow goes on from a resource whose type is known to those behind it.
func (p *parser) follow(m *model.Model, t *model.StructuredType, n *node, collection bool) {
	if collection {
		key := n.key()
		if key == nil {
			return
		}
		p.key(t, key)
		n = key
	}
	for _, next := range n.next() {
		if !next.isName() {
			continue
		}
		navigation := p.navigation(t, next.segment)
		if navigation == nil {
			if p.property(t, next.segment) != nil {
				continue // a path to a structural property
			}
			ref, ok := p.target(next)
			if !ok {
				continue
			}
			navigation = &model.Navigation{Name: next.segment, Type: ref, Position: next.position}
			t.Navigation = append(t.Navigation, navigation)
		}
		if next.children["$ref"] != nil {
			// Only what lives elsewhere has references that can be changed.
			navigation.ContainsTarget = model.No
		}
		p.describe(navigation, navigation.Type, next)
		p.follow(m, p.typeNamed(m, navigation.Type.Name, next), next, navigation.Type.Collection)
	}
}

// target returns the type of the resource that a node stands for, as its paths
// tell: by a key, or by what its operations answer. Where that was read and
// tells nothing, the type is taken to have the name of the resource; where it
// was not read, the resource is not needed.
func (p *parser) target(n *node) (ref model.TypeRef, ok bool) {
	ref.Position = n.position
	if key := n.key(); key != nil {
		ref.Collection = true
		if name, _ := key.keyName(); name != "" {
			ref.Name = p.qualified(name)
			return ref, true
		}
	}
	if answered, ok := p.answer(n); ok {
		ref.Name, ref.Collection = answered.Name, answered.Collection || ref.Collection
		return ref, true
	}
	if p.wanted != nil && !p.wanted(n.path) {
		return ref, false
	}
	ref.Name = p.qualified(n.segment)
	p.warnf(n.position, "nothing tells the type of %s: it is taken to be %s", n.path, ref.Name)
	return ref, true
}

// answer returns the type that the operations of a node tell.
func (p *parser) answer(n *node) (model.TypeRef, bool) {
	item := p.pathItem(n)
	if item == nil || item.Get == nil {
		return model.TypeRef{}, false
	}
	_, schema := success(item.Get)
	if schema == nil || schema.Value == nil {
		return model.TypeRef{}, false
	}
	if name := refName(schema.Ref); schema.Ref != "" && p.roleOf(name) != roleNone {
		return model.TypeRef{Name: name}, true
	}
	// The page of a collection, which may extend another schema.
	for _, part := range append(parts(schema.Value), schema.Value) {
		value := part.Properties["value"]
		if value == nil {
			continue
		}
		if t := p.typeOf(value); t.ref.Collection {
			return t.ref, true
		}
	}
	return model.TypeRef{}, false
}

// pathItem returns what a node's path holds, or nil if that is not read.
func (p *parser) pathItem(n *node) *openapi3.PathItem {
	if n.item == nil {
		return nil
	}
	return p.doc.Paths.Value(n.item.path)
}

// success returns the status and the body with which an operation succeeds.
func success(o *openapi3.Operation) (status string, schema *openapi3.SchemaRef) {
	for _, code := range []string{"201", "200", "2XX", "2xx", "202", "204"} {
		response := o.Responses.Value(code)
		if response == nil || response.Value == nil {
			continue
		}
		if content := jsonContent(response.Value.Content); content != nil {
			schema = content.Schema
		}
		return strings.ToUpper(code), schema
	}
	return "", nil
}

func jsonContent(content openapi3.Content) *openapi3.MediaType {
	return content.Get("application/json")
}

// describe notes what a path says of the resource that it leads to: of a
// *model.NavigationSource or a *model.Navigation.
func (p *parser) describe(element any, ref model.TypeRef, n *node) {
	r := p.resources[element]
	if r == nil {
		r = &resource{position: n.position}
		p.resources[element] = r
	}
	r.listed = true
	if n.item == nil || !ref.Collection || !slices.Contains(n.item.verbs, http.MethodPost) {
		return
	}
	item := p.pathItem(n)
	if item == nil || item.Post == nil {
		r.create = cmp.Or(r.create, n.item)
		return
	}
	if !p.takes(item.Post, ref, n) {
		return
	}
	r.create = cmp.Or(r.create, n.item)
	if r.status == "" {
		r.status, _ = success(item.Post)
		r.annotations = p.createAnnotations(item.Post)
	}
}

// takes reports whether an operation takes an item of a collection.
func (p *parser) takes(o *openapi3.Operation, ref model.TypeRef, n *node) bool {
	if o.RequestBody == nil || o.RequestBody.Value == nil {
		return true
	}
	content := jsonContent(o.RequestBody.Value.Content)
	if content == nil || content.Schema == nil {
		return true
	}
	name := p.typeOf(content.Schema).ref.Name
	if name != ref.Name {
		p.warnf(p.position(o.Origin), "POST to %s takes %s, and is no create in a collection of %s: it is left out", n.item.path, name, ref.Name)
		return false
	}
	return true
}

// createAnnotations returns what an operation says of itself: its examples and
// its reference page.
func (p *parser) createAnnotations(o *openapi3.Operation) []*model.Annotation {
	at := p.position(o.Origin)
	var list []*model.Annotation
	if o.ExternalDocs != nil && o.ExternalDocs.URL != "" {
		list = append(list, model.NewDocumentationLink(model.RelationCreate, o.ExternalDocs.URL, at))
	}
	add := func(qualifier string, content openapi3.Content) {
		media := jsonContent(content)
		if media == nil || media.Example == nil {
			return
		}
		value, err := json.Marshal(media.Example, json.Deterministic(true))
		if err != nil {
			p.warnf(at, "the example of the %s is left out: %v", qualifier, err)
			return
		}
		list = append(list, model.NewExample(qualifier, value, at))
	}
	if o.RequestBody != nil && o.RequestBody.Value != nil {
		add("request", o.RequestBody.Value.Content)
	}
	if status, _ := success(o); status != "" && o.Responses.Value(status) != nil {
		add("response", o.Responses.Value(status).Value.Content)
	}
	return list
}

// restrict annotates resources with what all paths together tell: which can be
// reached, and which take a create.
func (p *parser) restrict(m *model.Model) {
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				n.Annotations = append(n.Annotations, p.restrictions(n, n.Type, n.Position)...)
			}
		}
	}
	if m.Container != nil {
		for _, s := range m.Container.Sources {
			s.Annotations = append(s.Annotations, p.restrictions(s, s.Type, s.Position)...)
		}
	}
}

func (p *parser) restrictions(element any, ref model.TypeRef, at source.Position) []*model.Annotation {
	r := p.resources[element]
	if r == nil {
		return []*model.Annotation{model.NewUnlisted(at)}
	}
	if !ref.Collection {
		return nil
	}
	if r.create == nil {
		return []*model.Annotation{model.NewInsertRestrictions(model.Insert{Insertable: model.No}, r.position)}
	}
	list := []*model.Annotation{model.NewInsertRestrictions(model.Insert{Insertable: model.Yes}, r.create.position)}
	if r.status != "" {
		list = append(list, model.NewCreateStatus(r.status, r.create.position))
	}
	return append(list, r.annotations...)
}

// typeNamed returns the entity type with a name. If the document has none, it
// has just the way to the resources behind it.
func (p *parser) typeNamed(m *model.Model, name string, n *node) *model.StructuredType {
	if t := p.types[name]; t != nil {
		return t
	}
	t := &model.StructuredType{
		Namespace: namespaceOf(name), Name: name[strings.LastIndexByte(name, '.')+1:], Kind: model.Entity, Position: n.position,
	}
	p.addType(m, t)
	return t
}

// key notes the key property that a path names.
func (p *parser) key(t *model.StructuredType, n *node) {
	typeName, name := n.keyName()
	if typeName == "" || name == "" {
		return
	}
	owner := t
	for _, ancestor := range p.chain(t) {
		if len(ancestor.Key) > 0 {
			return
		}
		if slices.ContainsFunc(ancestor.Properties, func(q *model.Property) bool { return q.Name == name }) {
			owner = ancestor
		}
	}
	if p.property(t, name) == nil {
		t.Properties = append(t.Properties, &model.Property{
			Name: name, Type: model.TypeRef{Name: "Edm.String", Position: n.position}, Position: n.position,
		})
	}
	owner.Key = []model.PropertyRef{{Name: name, Position: n.position}}
}

// chain returns a type and its base types.
func (p *parser) chain(t *model.StructuredType) []*model.StructuredType {
	var list []*model.StructuredType
	for t != nil && !slices.Contains(list, t) {
		list = append(list, t)
		if t.Base == nil {
			break
		}
		t = p.types[t.Base.Name]
	}
	return list
}

// navigation returns the navigation property of a type or its base types.
func (p *parser) navigation(t *model.StructuredType, name string) *model.Navigation {
	for _, ancestor := range p.chain(t) {
		for _, n := range ancestor.Navigation {
			if n.Name == name {
				return n
			}
		}
	}
	return nil
}

// property returns the structural property of a type or its base types.
func (p *parser) property(t *model.StructuredType, name string) *model.Property {
	for _, ancestor := range p.chain(t) {
		for _, q := range ancestor.Properties {
			if q.Name == name {
				return q
			}
		}
	}
	return nil
}
