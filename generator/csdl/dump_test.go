package csdl_test

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// dumper writes all that is in a model, an element a line: its kind, its
// scalar fields as far as they are set, where it is, and below it what it
// holds.
type dumper struct {
	strings.Builder
	positions bool
}

func dumpModel(m *model.Model, positions bool) string {
	d := &dumper{positions: positions}
	d.element("", "", reflect.ValueOf(m))
	return d.String()
}

var facts = map[model.Fact]string{model.Unknown: "?", model.No: "no", model.Yes: "yes"}

// element writes a struct or what a pointer to a struct points to. The role is
// the name of the field that holds it.
func (d *dumper) element(indent, role string, v reflect.Value) {
	v = reflect.Indirect(v)
	d.WriteString(indent + role + v.Type().Name())
	var children []int
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch value := v.Field(i); {
		case !field.IsExported() || value.IsZero():
		case isElement(field.Type):
			children = append(children, i)
		default:
			d.scalar(field.Name, value)
		}
	}
	d.WriteString("\n")
	for _, i := range children {
		name := v.Type().Field(i).Name + " "
		if value := v.Field(i); value.Kind() == reflect.Slice {
			for j := range value.Len() {
				d.element(indent+"  ", name, value.Index(j))
			}
		} else {
			d.element(indent+"  ", name, value)
		}
	}
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
		if d.positions {
			fmt.Fprintf(d, " @%d:%d", value.Line, value.Column)
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

// typeRef writes a type, with a mark if Link has found none.
func (d *dumper) typeRef(name string, ref model.TypeRef) {
	fmt.Fprintf(d, " %s=%v", name, ref)
	if ref.Type == nil {
		d.WriteString("!")
	}
}
