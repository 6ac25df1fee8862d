package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// GoType is the type of the value of a property: the type parameter of its Opt,
// or of its List if it is a collection.
type GoType struct {
	Slice    bool // a collection of these
	Nullable bool // and items that are not structured can be null

	// Struct is the struct that a pointer type points to, Enum the enumeration.
	// Any other type is Name in the package Path, which is "" for predeclared
	// types.
	Struct *Struct
	Enum   *Enum
	Path   string
	Name   string
}

// Paths of packages that generated code imports. odataPath stands for the support
// package, whose import path is an option.
const (
	odataPath    = "odata"
	jsontextPath = "encoding/json/jsontext"
)

// primitives are the Go types of the primitive types of CSDL section 3.3. Values of
// other types (geographies, geometries, untyped values) are JSON.
var primitives = map[string]GoType{
	"Edm.Binary":         {Path: odataPath, Name: "Binary"},
	"Edm.Boolean":        {Name: "bool"},
	"Edm.Byte":           {Name: "uint8"},
	"Edm.Date":           {Path: odataPath, Name: "Date"},
	"Edm.DateTimeOffset": {Path: "time", Name: "Time"},
	"Edm.Decimal":        {Path: odataPath, Name: "Decimal"},
	"Edm.Double":         {Name: "float64"},
	"Edm.Duration":       {Path: odataPath, Name: "Duration"},
	"Edm.Guid":           {Path: odataPath, Name: "Guid"},
	"Edm.Int16":          {Name: "int16"},
	"Edm.Int32":          {Name: "int32"},
	"Edm.Int64":          {Name: "int64"},
	"Edm.SByte":          {Name: "int8"},
	"Edm.Single":         {Name: "float32"},
	"Edm.Stream":         {Path: odataPath, Name: "Binary"},
	"Edm.String":         {Name: "string"},
	"Edm.TimeOfDay":      {Path: odataPath, Name: "TimeOfDay"},
}

// anyJSON is the type of a value that can be any JSON.
var anyJSON = GoType{Path: jsontextPath, Name: "Value"}

func primitive(name string) GoType {
	if t, known := primitives[name]; known {
		return t
	}
	return anyJSON
}

// goType returns the Go type of a property.
func (p *planner) goType(property *model.Property) GoType {
	return p.typeOf(property.Type, property.Facets)
}

// typeOf returns the Go type of a use of a type.
func (p *planner) typeOf(ref model.TypeRef, facets model.Facets) GoType {
	var t GoType
	switch schemaType := ref.Type.(type) {
	case *model.StructuredType:
		if t.Struct = p.structs[schemaType]; t.Struct == nil {
			t = anyJSON
		}
	case *model.EnumType:
		t.Enum = p.enums[schemaType]
	case *model.TypeDefinition:
		t = primitive(schemaType.Underlying.Name)
	default:
		t = primitive(ref.Name)
	}
	t.Slice = ref.Collection
	// Without Nullable, CSDL section 7.2.1 does not say whether items can be null.
	// Graph's metadata has Nullable="true" if they can.
	t.Nullable = t.Slice && t.Struct == nil && t != anyJSON.list() && facets.Nullable == model.Yes
	return t
}

func (t GoType) list() GoType {
	t.Slice = true
	return t
}

// item returns the type of the items of a collection, or t itself.
func (t GoType) item() GoType {
	t.Slice, t.Nullable = false, false
	return t
}

// Wrapper returns the name of the type around the value: "List" or "Opt".
func (t GoType) Wrapper() string {
	if t.Slice {
		return "List"
	}
	return "Opt"
}

// code renders the type parameter.
func (t GoType) code(r *renderer) *jen.Statement {
	switch {
	case t.Nullable:
		return jen.Op("*").Add(t.item().code(r))
	case t.Struct != nil:
		return jen.Op("*").Add(r.local(t.Struct.Name))
	case t.Enum != nil:
		return r.local(t.Enum.Name)
	case t.Path == odataPath:
		return r.odata(t.Name)
	case t.Path != "":
		return jen.Qual(t.Path, t.Name)
	default:
		return jen.Id(t.Name)
	}
}
