package csdl0

import "github.com/msgraphgen/msgraphgen/generator/model"

// container reads EntityContainer, CSDL section 13.
func (d *document) container(e element, namespace string) {
	c := &model.Container{Namespace: namespace, Position: e.at}
	if first := d.model.Container; first != nil {
		d.ds.Errorf(e.at, "a second EntityContainer, after that at %v", first.Position)
	}
	d.model.Container = c
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			c.Name = value
		case "Extends":
			c.Extends = value
			d.qualify(&c.Extends)
			d.ds.Warnf(e.at, "the resources of the container %s, which this one extends, are not read", value)
		default:
			return false
		}
		return true
	})
	d.name(e, c.Name)
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "EntitySet", "Singleton":
			c.Sources = append(c.Sources, d.source(child))
		case "ActionImport", "FunctionImport":
			c.Imports = append(c.Imports, d.operationImport(child))
		case "Annotation":
			c.Annotations = append(c.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
}

// source reads EntitySet and Singleton, CSDL sections 13.2 and 13.3.
func (d *document) source(e element) *model.NavigationSource {
	s := &model.NavigationSource{Position: e.at}
	typeAttribute := "Type"
	if e.Name.Local == "EntitySet" {
		typeAttribute = "EntityType"
		s.Type.Collection = true
	}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			s.Name = value
		case typeAttribute:
			s.Type.Name = value
			s.Type.Position = e.at
			d.qualify(&s.Type.Name)
		case "IncludeInServiceDocument":
			s.Hidden = !d.bool(e, name, value)
		case "Nullable":
			d.bool(e, name, value) // of a singleton, 4.01: there may be none
			return typeAttribute == "Type"
		default:
			return false
		}
		return true
	})
	d.name(e, s.Name)
	d.require(e, typeAttribute, s.Type.Name)
	d.children(e, func(child element) bool {
		switch child.Name.Local {
		case "NavigationPropertyBinding":
			s.Bindings = append(s.Bindings, d.binding(child))
		case "Annotation":
			s.Annotations = append(s.Annotations, d.annotation(child))
		default:
			return false
		}
		return true
	})
	return s
}

func (d *document) binding(e element) model.Binding {
	var b model.Binding
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Path":
			b.Path = value
		case "Target":
			b.Target = value
		default:
			return false
		}
		return true
	})
	d.require(e, "Path", b.Path)
	d.require(e, "Target", b.Target)
	d.annotations(e)
	return b
}

// operationImport reads ActionImport and FunctionImport, CSDL sections 13.5
// and 13.6.
func (d *document) operationImport(e element) *model.Import {
	i := &model.Import{Function: e.Name.Local == "FunctionImport", Position: e.at}
	operation := "Action"
	if i.Function {
		operation = "Function"
	}
	d.attributes(e, func(name, value string) bool {
		switch name {
		case "Name":
			i.Name = value
		case operation:
			i.Operation = value
			d.qualify(&i.Operation)
		case "EntitySet":
			i.EntitySet = value
		case "IncludeInServiceDocument":
			i.Hidden = !d.bool(e, name, value)
		default:
			return false
		}
		return true
	})
	d.name(e, i.Name)
	d.require(e, operation, i.Operation)
	i.Annotations = d.annotations(e)
	return i
}
