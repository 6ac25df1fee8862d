// Package dump writes a model as text, for golden files of the front ends.
package dump

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// dumper writes the elements of a model, one a line: the kind, the scalar fields
// that are set, the position, and, indented, the elements in it.
type dumper struct {
	strings.Builder
	position func(at source.Position) string
}

// Text returns all elements of a model, or of an element such as a
// *model.StructuredType. The function writes positions; if it is nil, Text leaves
// them out.
func Text(element any, position func(at source.Position) string) string {
	d := &dumper{position: position}
	d.element("", "", reflect.ValueOf(element))
	return d.String()
}

// In returns a function for [Text] that writes the file name of a position only if
// it differs from the given one.
func In(file string) func(at source.Position) string {
	return func(at source.Position) string {
		if at.File != file {
			return at.String()
		}
		return fmt.Sprintf("%d:%d", at.Line, at.Column)
	}
}

var facts = map[model.Fact]string{model.Unknown: "?", model.No: "no", model.Yes: "yes"}

// element writes a struct or the struct that a pointer refers to. The role is the
// name of the field that holds it.
func (d *dumper) element(indent, role string, v reflect.Value) {
	v = reflect.Indirect(v)
	d.WriteString(indent + role + v.Type().Name())
	fields := fieldsOf(v)
	var children []field
	for _, f := range fields {
		if isElement(f.value.Type()) {
			children = append(children, f)
		} else {
			d.scalar(f.name, f.value)
		}
	}
	d.WriteString("\n")
	for _, f := range children {
		if f.value.Kind() == reflect.Slice {
			for j := range f.value.Len() {
				d.element(indent+"  ", f.name+" ", f.value.Index(j))
			}
		} else {
			d.element(indent+"  ", f.name+" ", f.value)
		}
	}
}

// field is an exported field that is set.
type field struct {
	name  string
	value reflect.Value
}

// fieldsOf returns the fields of a struct that are set, with those of an embedded
// [model.Element], but without the problems, which tests compare separately.
func fieldsOf(v reflect.Value) []field {
	var list []field
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch value := v.Field(i); {
		case f.Type == reflect.TypeFor[model.Element]():
			list = append(list, fieldsOf(value)...)
		case !f.IsExported() || value.IsZero() || f.Name == "Problems":
		case f.Name == "Annotated":
			list = append(list, field{"Annotations", value})
		default:
			list = append(list, field{f.Name, value})
		}
	}
	return list
}

// isElement reports whether values of a type have lines of their own.
func isElement(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[model.TypeRef](), reflect.TypeFor[*model.TypeRef](), reflect.TypeFor[source.Position]():
		return false
	}
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}

func (d *dumper) scalar(name string, v reflect.Value) {
	switch value := v.Interface().(type) {
	case source.Position:
		if d.position != nil {
			d.WriteString(" @" + d.position(value))
		}
	case model.TypeRef:
		d.typeRef(name, value)
	case *model.TypeRef:
		d.typeRef(name, *value)
	case model.Fact:
		fmt.Fprintf(d, " %s=%s", name, facts[value])
	case *string:
		fmt.Fprintf(d, " %s=%q", name, *value)
	case *int64:
		fmt.Fprintf(d, " %s=%d", name, *value)
	default:
		if text := fmt.Sprint(value); text == "" || strings.ContainsAny(text, " \n\t\"") {
			fmt.Fprintf(d, " %s=%q", name, text)
		} else {
			fmt.Fprintf(d, " %s=%s", name, text)
		}
	}
}

// typeRef writes a type reference, with a mark if Link did not resolve it.
func (d *dumper) typeRef(name string, ref model.TypeRef) {
	fmt.Fprintf(d, " %s=%v", name, ref)
	if ref.Type == nil {
		d.WriteString("!")
	}
}
