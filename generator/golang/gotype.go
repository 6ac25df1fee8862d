package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// GoType is the type parameter of the Opt of a property.
type GoType struct {
	Slice bool

	// One of these: a struct, held by pointer; an enumeration; or a type
	// called Name of the package Path, where "" is the universe.
	Struct *Struct
	Enum   *Enum
	Path   string
	Name   string
}

// Paths of packages that generated code imports. odataPath stands for the
// support package, whose real path is known when the code is rendered.
const (
	odataPath    = "odata"
	jsontextPath = "encoding/json/jsontext"
)

// primitives maps the types of CSDL section 4.4 that have a Go type of their
// own; for the others (geographies, geometries, untyped values), whatever JSON
// there is.
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
	"Edm.Stream":         {Path: odataPath, Name: "Stream"},
	"Edm.String":         {Name: "string"},
	"Edm.TimeOfDay":      {Path: odataPath, Name: "TimeOfDay"},
}

func primitive(name string) (t GoType, known bool) {
	if t, known = primitives[name]; known {
		return t, true
	}
	return GoType{Path: jsontextPath, Name: "Value"}, false
}

// goType returns the Go type for a use of a type of the schema.
func (p *planner) goType(ref model.TypeRef) GoType {
	var t GoType
	switch schemaType := ref.Type.(type) {
	case *model.StructuredType:
		t.Struct = p.structs[schemaType]
	case *model.EnumType:
		t.Enum = p.enums[schemaType]
	case *model.TypeDefinition:
		t, _ = primitive(schemaType.Underlying.Name)
	default:
		t, _ = primitive(ref.Name)
	}
	t.Slice = ref.Collection
	return t
}

// item returns the type of the items of a slice, or t itself.
func (t GoType) item() GoType {
	t.Slice = false
	return t
}

// code returns t as it stands in generated code.
func (t GoType) code(r *renderer) *jen.Statement {
	switch {
	case t.Slice:
		return jen.Index().Add(t.item().code(r))
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
