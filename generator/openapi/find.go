package openapi

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// The functions in this file look for what an error is about that kin-openapi
// gives no position for.

// find returns the position of a text in the document, or in the first other
// file that has it.
func (l *loader) find(text string) source.Position {
	if at := bytes.Index(l.data, []byte(text)); at >= 0 && text != "" {
		return positionOfByte(l.at.file, l.data, at)
	}
	for _, name := range slices.Sorted(maps.Keys(l.others)) {
		if at := bytes.Index(l.others[name], []byte(text)); at >= 0 && text != "" {
			return positionOfByte(l.at.path(name), l.others[name], at)
		}
	}
	return source.Position{File: l.at.file}
}

// mentioned returns the position of the reference that a message quotes.
func (l *loader) mentioned(message string) source.Position {
	_, rest, ok := strings.Cut(message, `"`)
	if quoted, _, closed := strings.Cut(rest, `"`); ok && closed && len(quoted) > 2 {
		return l.find(quoted)
	}
	return source.Position{File: l.at.file}
}

// null returns the position of the first null that stands for an object of a
// kind: "schema", "response", "parameter".
func (l *loader) null(kind string) source.Position {
	var root yaml.Node
	if err := yaml.Unmarshal(l.data, &root); err == nil {
		if n := findNull(&root, kind, ""); n != nil {
			return l.at.at(openapi3.Location{File: l.at.name, Line: n.Line, Column: n.Column})
		}
	}
	return source.Position{File: l.at.file}
}

// schemas are the keys of lists and objects of schemas, and schema those of one.
var (
	schemas = []string{"properties", "patternProperties", "dependentSchemas", "$defs", "allOf", "anyOf", "oneOf", "prefixItems"}
	schema  = []string{"items", "not", "additionalProperties", "if", "then", "else", "contains", "propertyNames"}
)

// findNull returns the key of a null, or the null itself in a list. The value
// n has the given key.
func findNull(n *yaml.Node, kind, key string) *yaml.Node {
	holds := func(key string) bool { return key == kind+"s" || kind == "schema" && slices.Contains(schemas, key) }
	is := func(key string) bool { return key == kind || kind == "schema" && slices.Contains(schema, key) }
	for i, child := range n.Content {
		at, name := child, key
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			at = n.Content[i-1]
			name = at.Value
		}
		if child.Kind == yaml.ScalarNode && child.Tag == "!!null" && (holds(key) || is(name)) {
			return at
		}
		if found := findNull(child, kind, name); found != nil {
			return found
		}
	}
	return nil
}
