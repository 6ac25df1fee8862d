package docs_test

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// dump returns everything in a page: for each element a line with its kind, its
// non-zero fields and its position, with the elements that it contains below it.
func dump(page *docs.Page) string {
	var b strings.Builder
	line(&b, "Page", reflect.ValueOf(page).Elem())
	list(&b, "Request", page.Requests)
	list(&b, "Permissions", page.Permissions)
	list(&b, "Parameter", page.Parameters)
	list(&b, "QueryOption", page.QueryOptions)
	list(&b, "RequestProperty", page.RequestProperties)
	list(&b, "Response", page.Responses)
	list(&b, "Property", page.Properties)
	list(&b, "Relationship", page.Relationships)
	for _, m := range page.Representations {
		line(&b, "  Representation", reflect.ValueOf(m).Elem())
		content(&b, m)
	}
	for _, e := range page.Examples {
		line(&b, "  Example", reflect.ValueOf(e).Elem())
		if e.Request != nil {
			line(&b, "    Request", reflect.ValueOf(e.Request).Elem())
			content(&b, &e.Request.Message)
		}
		if e.Response != nil {
			line(&b, "    Response", reflect.ValueOf(e.Response).Elem())
			content(&b, &e.Response.Message)
		}
	}
	return b.String()
}

func list[T any](b *strings.Builder, kind string, elements []T) {
	for i := range elements {
		line(b, "  "+kind, reflect.Indirect(reflect.ValueOf(&elements[i]).Elem()))
	}
}

// content writes the headers and the body of a message.
func content(b *strings.Builder, m *docs.Message) {
	for _, h := range m.Headers {
		fmt.Fprintf(b, "      %d:%d: %s: %s\n", h.Position.Line, h.Position.Column, h.Name, h.Value)
	}
	if m.Text != "" {
		fmt.Fprintf(b, "      %q\n", m.Text)
	}
	offset := int64(0)
	for text := range strings.Lines(string(m.JSON)) {
		at := m.At(offset)
		fmt.Fprintf(b, "      %d:%d: %s\n", at.Line, at.Column, strings.TrimRight(text, " \n"))
		offset += int64(len(text))
	}
}

// line writes the fields of a struct that are not lists of elements.
func line(b *strings.Builder, kind string, v reflect.Value) {
	b.WriteString(kind)
	fields(b, v)
	b.WriteString("\n")
}

func fields(b *strings.Builder, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || v.Field(i).IsZero() || field.Name == "File" {
			continue
		}
		switch value := v.Field(i).Interface().(type) {
		case docs.Message:
			fields(b, v.Field(i))
		case source.Position:
			fmt.Fprintf(b, " @%d:%d", value.Line, value.Column)
		case docs.Access:
			fmt.Fprintf(b, " %s=%s%v", field.Name, map[model.Fact]string{model.Yes: "yes", model.No: "no"}[value.Supported], value.AnyOf)
		case string, docs.Kind:
			if field.Name != "Text" {
				fmt.Fprintf(b, " %s=%q", field.Name, value)
			}
		case int, bool, []string, model.Fact:
			fmt.Fprintf(b, " %s=%v", field.Name, value)
		}
	}
}
