package csdl

import "github.com/msgraphgen/msgraphgen/generator/model"

// entityContainer reads an entity container, section 13.
func (e element) entityContainer(namespace string) *model.Container {
	c := &model.Container{
		Namespace: namespace,
		Name:      e.identifier("Name"),
		Extends:   e.optional("Extends"),
	}
	var annotations []*model.Annotation
	for child := range e.children() {
		switch child.name {
		case "EntitySet":
			c.Sources = append(c.Sources, child.entitySet())
		case "Singleton":
			c.Sources = append(c.Sources, child.singleton())
		case "ActionImport":
			c.Imports = append(c.Imports, child.actionImport())
		case "FunctionImport":
			c.Imports = append(c.Imports, child.functionImport())
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	c.Element = e.done(annotations)
	return c
}

// entitySet reads an entity set, section 13.2.
func (e element) entitySet() *model.NavigationSource {
	s := &model.NavigationSource{
		Name:   e.identifier("Name"),
		Type:   model.TypeRef{Name: e.item("EntityType", e.required("EntityType"), "name the type of its items"), Collection: true, Position: e.at},
		Hidden: e.boolean("IncludeInServiceDocument", model.Yes) == model.No,
	}
	e.navigationSource(s)
	return s
}

// singleton reads a singleton, section 13.3.
func (e element) singleton() *model.NavigationSource {
	s := &model.NavigationSource{
		Name:     e.identifier("Name"),
		Type:     model.TypeRef{Name: e.item("Type", e.required("Type"), "declare an EntitySet, or name the type of one entity"), Position: e.at},
		Nullable: e.boolean("Nullable", model.No),
	}
	e.navigationSource(s)
	return s
}

// navigationSource reads the children of an entity set or a singleton.
func (e element) navigationSource(s *model.NavigationSource) {
	var annotations []*model.Annotation
	for child := range e.children() {
		switch child.name {
		case "NavigationPropertyBinding":
			s.Bindings = append(s.Bindings, child.navigationPropertyBinding())
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	s.Element = e.done(annotations)
}

// navigationPropertyBinding reads a binding, section 13.4.
func (e element) navigationPropertyBinding() model.Binding {
	b := model.Binding{Path: e.optional("Path"), Target: e.optional("Target")}
	e.empty()
	return b
}

// actionImport reads an action import, section 13.5.
func (e element) actionImport() *model.Import {
	return &model.Import{
		Name:      e.identifier("Name"),
		Operation: e.required("Action"),
		EntitySet: e.optional("EntitySet"),
		Hidden:    true,
		Element:   e.done(e.annotations()),
	}
}

// functionImport reads a function import, section 13.6.
func (e element) functionImport() *model.Import {
	return &model.Import{
		Name:      e.identifier("Name"),
		Function:  true,
		Operation: e.required("Function"),
		EntitySet: e.optional("EntitySet"),
		Hidden:    e.boolean("IncludeInServiceDocument", model.No) == model.No,
		Element:   e.done(e.annotations()),
	}
}
