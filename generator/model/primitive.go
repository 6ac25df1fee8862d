package model

import "github.com/msgraphgen/msgraphgen/generator/source"

// Primitive is a type of the Edm namespace, CSDL sections 3.3, 3.5 and 3.6.
type Primitive struct {
	Name string // "Edm.String"
}

// QualifiedName implements [Type].
func (p *Primitive) QualifiedName() string { return p.Name }

// Annotations implements [Type].
func (p *Primitive) Annotations() []*Annotation { return nil }

// Pos implements [Type].
func (p *Primitive) Pos() source.Position { return source.Position{} }

// primitives are the built-in types, concrete and abstract, that a property,
// parameter, term or type definition may use.
var primitives = func() map[string]*Primitive {
	table := map[string]*Primitive{}
	for _, name := range []string{
		"Binary", "Boolean", "Byte", "Date", "DateTimeOffset", "Decimal", "Double", "Duration", "Guid",
		"Int16", "Int32", "Int64", "SByte", "Single", "Stream", "String", "TimeOfDay",
		"Geography", "GeographyPoint", "GeographyLineString", "GeographyPolygon", "GeographyMultiPoint",
		"GeographyMultiLineString", "GeographyMultiPolygon", "GeographyCollection",
		"Geometry", "GeometryPoint", "GeometryLineString", "GeometryPolygon", "GeometryMultiPoint",
		"GeometryMultiLineString", "GeometryMultiPolygon", "GeometryCollection",
		"PrimitiveType", "ComplexType", "EntityType", "Untyped",
		"AnnotationPath", "AnyPropertyPath", "ModelElementPath", "NavigationPropertyPath", "PropertyPath",
	} {
		table["Edm."+name] = &Primitive{"Edm." + name}
	}
	return table
}()
