package docs_test

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// dump returns all that is in a page, an element a line: its kind, its fields
// as far as they are set, where it is, and below it what it holds.
func dump(page *docs.Page) string {
	var b strings.Builder
	line(&b, "Page", reflect.ValueOf(page))
	for i := range page.Requests {
		line(&b, "  Request", reflect.ValueOf(&page.Requests[i]))
	}
	for _, p := range page.Body {
		line(&b, "  Body", reflect.ValueOf(p))
	}
	for _, p := range page.Properties {
		line(&b, "  Property", reflect.ValueOf(p))
	}
	for _, p := range page.Relationships {
		line(&b, "  Relationship", reflect.ValueOf(p))
	}
	if page.Response != nil {
		line(&b, "  Response", reflect.ValueOf(page.Response))
	}
	for _, e := range page.Examples {
		line(&b, "  Example", reflect.ValueOf(e))
		offset := int64(0)
		for text := range strings.Lines(string(e.Body)) {
			at := e.BodyAt(offset)
			fmt.Fprintf(&b, "    %d:%d: %s\n", at.Line, at.Column, strings.TrimRight(text, " \n"))
			offset += int64(len(text))
		}
	}
	return b.String()
}

// line writes the fields of a struct that are texts, numbers and positions.
func line(b *strings.Builder, kind string, v reflect.Value) {
	v = v.Elem()
	b.WriteString(kind)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || v.Field(i).IsZero() || field.Name == "File" {
			continue
		}
		switch value := v.Field(i).Interface().(type) {
		case source.Position:
			fmt.Fprintf(b, " @%d:%d", value.Line, value.Column)
		case string, docs.Kind:
			fmt.Fprintf(b, " %s=%q", field.Name, value)
		case int, bool, []string:
			fmt.Fprintf(b, " %s=%v", field.Name, value)
		}
	}
	b.WriteString("\n")
}
