package openapi

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// addTypes adds the types that the schemas declare.
func (p *parser) addTypes() {
	for _, name := range p.names {
		s := p.schemas[name]
		at := s.position()
		mark := len(p.problems)
		p.problems = append(p.problems, p.about[name]...)
		if p.roleOf(name) != roleNone && !model.IsIdentifier(simpleName(name)) {
			p.warnf(at, "the schema name %q is not an OData identifier; it is used as it is", name)
		}
		switch p.roleOf(name) {
		case roleStructured:
			p.addType(p.structuredType(name, s, mark))
		case roleBroken:
			p.addType(&model.StructuredType{
				Namespace: namespaceOf(name), Name: simpleName(name), Kind: model.Complex, Element: p.element(at, mark),
			})
		case roleEnum:
			schema := p.schemaOf(name, at)
			schema.Enums = append(schema.Enums, p.enumType(name, s, mark))
		case roleDefinition:
			schema := p.schemaOf(name, at)
			schema.Definitions = append(schema.Definitions, p.typeDefinition(name, s, mark))
		case roleNone:
			p.model.Problems = append(p.model.Problems, p.take(mark)...)
			switch {
			case isHelper(name, s) || hasType(s, "array"):
			case !isTypeName(name):
				p.oddity(at, "the schema %q is left out: its name is not a namespace and an identifier", name)
			default:
				p.oddity(at, "the schema %s is not a type: it is neither an object nor an enumeration nor a primitive type", name)
			}
		}
	}
}

// schemaOf returns the schema of the model for a type, which it adds if needed.
func (p *parser) schemaOf(typeName string, at source.Position) *model.Schema {
	namespace := namespaceOf(typeName)
	for _, s := range p.model.Schemas {
		if s.Namespace == namespace {
			return s
		}
	}
	s := &model.Schema{Namespace: namespace, Position: at}
	p.model.Schemas = append(p.model.Schemas, s)
	return s
}

func (p *parser) addType(t *model.StructuredType) {
	p.types[t.QualifiedName()] = t
	s := p.schemaOf(t.QualifiedName(), t.Position)
	s.Structured = append(s.Structured, t)
	p.enterMembers(t)
}

// structuredType makes an entity type or a complex type of a schema.
func (p *parser) structuredType(name string, s value, mark int) *model.StructuredType {
	t := &model.StructuredType{Namespace: namespaceOf(name), Name: simpleName(name), Kind: model.Complex}
	if p.entities[name] {
		t.Kind = model.Entity
	}
	for i, base := range p.basesOf(s) {
		to := p.docs.follow(base)
		switch {
		case to.problem != "":
			p.defectf(base.position(), "the base type of %s: %s", name, to.problem)
		case i > 0:
			p.warnf(base.position(), "%s is left out as a base type of %s: a type has one base type", p.nameOf(base), name)
		default:
			t.Base = &model.TypeRef{Name: p.nameOf(base), Position: base.position()}
		}
	}
	if p.depths[name] > maxBases {
		p.defectf(s.position(), "%s has more than %d base types: extend a type further up", name, maxBases)
		t.Base = nil
	}
	var annotations []*model.Annotation
	own := map[*yaml.Node]bool{}
	p.appendParts(nil, s, func(value) bool { return false }, own)
	for _, part := range p.parts(s) {
		if p.checkSchema(name, part); !own[part.node] {
			if p.expand(part.get("properties").size()) {
				p.properties(t, part)
			}
			continue
		}
		for _, a := range p.annotations(part, s.position()) {
			if model.Find(annotations, a.Term, a.Qualifier) == nil { // those of the schema itself come first
				annotations = append(annotations, a)
			}
		}
		p.properties(t, part)
		if part.get("anyOf").exists() || part.get("oneOf").exists() {
			p.warnf(s.position(), "anyOf and oneOf of %s are left out: a type has the properties that it lists, and a base type in allOf", name)
		}
		p.checkDiscriminator(name, part.get("discriminator"))
	}
	if p.expanded > maxExpanded && len(p.referencesOf(s, true)) > 0 {
		p.defectf(s.position(), "the types of the document share more than %d properties: write fewer references to schemas that are not types", maxExpanded)
	}
	t.Element = p.element(s.position(), mark)
	t.Annotated = annotations
	return t
}

// checkSchema notes the members of a schema that cannot be read, or that have
// a name in common.
func (p *parser) checkSchema(name string, s value) {
	if properties := s.get("properties"); properties.exists() && !properties.isObject() {
		p.defectf(properties.position(), "properties of %s is %s: it must be an object", name, properties.kind())
	}
	if all := s.get("allOf"); all.exists() && !all.isList() {
		p.defectf(all.position(), "allOf of %s is %s: it must be a list", name, all.kind())
	}
	p.checkRepeated(name, s)
}

// checkRepeated notes members of a schema that have a name in common.
func (p *parser) checkRepeated(owner string, s value) {
	p.problems = append(p.problems, repeatedIn(owner, s)...)
}

// repeatedIn returns problems for the members of an object that have a name in common.
func repeatedIn(owner string, v value) []source.Diagnostic {
	var list []source.Diagnostic
	_, repeated := v.membersAndRepeated()
	for _, m := range repeated {
		if first := v.get(m.name()); sameContent(first, m) {
			list = append(list, diagnostic(m.position(), source.Warning, "%s of %s is written twice, with the same content as at %v", []any{m.name(), owner, first.position()}))
		} else {
			list = append(list, diagnostic(m.position(), source.Error, "%s of %s is written twice, with other content at %v: remove one of the two", []any{m.name(), owner, first.position()}))
		}
	}
	return list
}

// checkDiscriminator notes derived types in a discriminator that do not extend
// the type.
func (p *parser) checkDiscriminator(name string, discriminator value) {
	members := discriminator.get("mapping").sortedMembers()
	for _, m := range members {
		derived := refName(m.text())
		if _, ok := p.schemas[derived]; !ok {
			p.warnf(discriminator.position(), "the discriminator of %s names %q, which is not declared", name, derived)
		} else if !p.extends(derived, name) {
			p.warnf(discriminator.position(), "the discriminator of %s names %s, which does not extend it: allOf is used", name, derived)
		}
	}
}

// properties adds the properties in a part of a schema to a type.
func (p *parser) properties(t *model.StructuredType, part value) {
	members, repeated := part.get("properties").membersAndRepeated()
	slices.SortFunc(members, func(a, b value) int { return strings.Compare(a.name(), b.name()) })
	for _, m := range append(members, repeated...) { // Link compares those with one name
		if strings.Contains(m.name(), "@") { // control information, OData JSON Format section 4.6
			continue
		}
		if p.isBooleanSchema(m) && !m.isTrue() { // the type never has the property
			continue
		}
		p.property(t, m)
	}
}

// property adds a structural property or a navigation property to a type.
func (p *parser) property(t *model.StructuredType, m value) {
	mark := len(p.problems)
	at, owner := m.position(), t.QualifiedName()+"/"+m.name()
	typing := p.typeOf(m)
	typing.ref.Position = at
	typing.report(p, at, owner)
	switch {
	case m.name() == "":
		p.warnf(at, "a property of %s without a name is left out", t.QualifiedName())
		return
	case model.IsIdentifier(m.name()):
	case model.IsReadableName(m.name()):
		p.warnf(at, "the property name %q of %s is not an OData identifier; it is used as it is", m.name(), t.QualifiedName())
	default:
		p.defectf(at, "the property name %q of %s is not an identifier: use letters, digits and _, at most 128, and no digit at the start",
			short(m.name()), t.QualifiedName())
	}
	annotations := p.ownAnnotations(m)
	if !m.isReference() {
		p.checkRepeated(owner, m)
	}
	if typing.allowed != nil {
		annotations = append(annotations, vocab.NewAllowedValues(typing.allowed, at))
	}
	element := p.element(at, mark)
	element.Annotated = annotations
	if p.entities[typing.ref.Name] || isNavigation(m) && p.roleOf(typing.ref.Name) == roleStructured {
		t.Navigation = append(t.Navigation, &model.Navigation{Name: m.name(), Type: typing.ref, Nullable: typing.facets.Nullable, Element: element})
		return
	}
	t.Properties = append(t.Properties, &model.Property{Name: m.name(), Type: typing.ref, Facets: typing.facets, Element: element})
}

// short returns a text as it can stand in a message.
func short(text string) string {
	const most = 150
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// isNavigation reports whether a property is said to be a navigation property.
func isNavigation(property value) bool { return property.get("x-ms-navigationProperty").isTrue() }

// typeDefinition makes a type definition of a schema.
func (p *parser) typeDefinition(name string, s value, mark int) *model.TypeDefinition {
	typing := p.typeOf(s)
	typing.ref.Position = s.position()
	typing.report(p, s.position(), name)
	typing.facets.Nullable = model.Unknown // what has the type says that, CSDL section 11
	p.checkRepeated(name, s)
	t := &model.TypeDefinition{Namespace: namespaceOf(name), Name: simpleName(name), Underlying: typing.ref, Facets: typing.facets}
	annotations := p.annotations(s, s.position())
	t.Element = p.element(s.position(), mark)
	t.Annotated = annotations
	return t
}

// enumType makes an enumeration of a schema. The values of its members are
// unknown. Whether a value can combine several members is unknown too where no
// extension says so.
func (p *parser) enumType(name string, s value, mark int) *model.EnumType {
	t := &model.EnumType{Namespace: namespaceOf(name), Name: simpleName(name)}
	details := s.get("x-ms-enum")
	if flags := s.get("x-ms-enum-flags"); flags.isObject() {
		t.Flags = model.FactOf(flags.get("isFlags").isTrue())
	} else if details.isObject() { // from a tool that would say so
		t.Flags = model.No
	}
	descriptions := map[string]string{}
	for _, member := range details.get("values").items() {
		descriptions[member.get("value").text()] = member.get("description").text()
	}
	for _, item := range s.get("enum").items() {
		if item.isNull() { // stands for a value that may be null
			continue
		}
		if member := p.enumMember(name, item); member != nil {
			if text := descriptions[member.Name]; text != "" {
				member.Annotated = append(member.Annotated, vocab.NewDescription(text, member.Position))
			}
			t.Members = append(t.Members, member)
		}
	}
	p.checkRepeated(name, s)
	annotations := p.annotations(s, s.position())
	t.Element = p.element(s.position(), mark)
	t.Annotated = annotations
	return t
}

// enumMember makes a member of an enumeration of a value, or returns nil.
func (p *parser) enumMember(enum string, item value) *model.Member {
	mark := len(p.problems)
	at, name := item.position(), item.text()
	switch {
	case name == "":
		p.warnf(at, "a member of %s that has no name is left out", enum)
		return nil
	case model.IsIdentifier(name):
	case model.IsReadableName(name):
		p.warnf(at, "the member name %q of %s is not an OData identifier; it is used as it is", name, enum)
	default:
		p.defectf(at, "the member name %q of %s is not an identifier: use letters, digits and _, at most 128, and no digit at the start", short(name), enum)
	}
	return &model.Member{Name: name, Element: p.element(at, mark)}
}

// annotations returns in terms of vocabularies what a schema says besides its
// type.
func (p *parser) annotations(s value, at source.Position) []*model.Annotation {
	var list []*model.Annotation
	if text := s.get("description").text(); text != "" {
		list = append(list, vocab.NewDescription(text, at))
	}
	if s.get("readOnly").isTrue() {
		list = append(list, vocab.NewReadOnly(at))
	}
	if a := deprecation(s, at); a != nil {
		list = append(list, a)
	}
	if url := s.get("externalDocs").get("url").text(); url != "" {
		list = append(list, vocab.NewDocumentationLink(vocab.RelationType, url, at))
	}
	return list
}

// deprecation returns what a schema or an operation says about its end, or nil.
func deprecation(v value, at source.Position) *model.Annotation {
	details := v.get("x-ms-deprecation")
	if !details.isObject() && !v.get("deprecated").isTrue() {
		return nil
	}
	return vocab.NewDeprecated(vocab.Deprecation{
		Description: details.get("description").text(),
		Date:        details.get("date").text(),
		RemovalDate: details.get("removalDate").text(),
	}, at)
}

// ownAnnotations returns what is said of a property itself, and not of its
// type: in the schema that is written in place, or since OpenAPI 3.1 beside the
// reference to the type.
func (p *parser) ownAnnotations(property value) []*model.Annotation {
	if !property.isReference() || p.version31 {
		return p.annotations(property, property.position())
	}
	return nil
}

// element returns what an element of the model has in common with others: its
// problems are those found since the mark.
func (p *parser) element(at source.Position, mark int) model.Element {
	return model.Element{Position: at, Problems: p.take(mark)}
}

// take returns the problems found since a mark, which then belong to an
// element.
func (p *parser) take(mark int) []source.Diagnostic {
	if len(p.problems) == mark {
		return nil
	}
	taken := slices.Clone(p.problems[mark:])
	p.problems = p.problems[:mark]
	return taken
}
