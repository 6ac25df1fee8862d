package openapi

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// enum makes an enumeration of a schema. Values of the members are unknown,
// and whether a value holds several members is too where no extension says so.
func (p *parser) enum(name string, s *openapi3.Schema, at source.Position) *model.EnumType {
	t := &model.EnumType{
		Namespace: namespaceOf(name),
		Name:      simpleName(name),
		Annotated: p.annotations(s),
		Position:  at,
	}
	details, described := object(s.Extensions, "x-ms-enum")
	if flags, ok := object(s.Extensions, "x-ms-enum-flags"); ok {
		t.Flags = model.FactOf(flags["isFlags"] == true)
	} else if described { // by a tool that would say so
		t.Flags = model.No
	}
	descriptions := memberDescriptions(details)
	var positions []openapi3.Location
	if s.Origin != nil {
		positions = s.Origin.Sequences["enum"]
	}
	for i, value := range s.Enum {
		if value == nil { // what may be null, enumerates null
			continue
		}
		member := &model.Member{Name: fmt.Sprint(value), Position: at}
		if len(positions) == len(s.Enum) {
			member.Position = p.at.at(positions[i])
		}
		if _, ok := value.(string); !ok {
			p.warnf(member.Position, "the member %v of %s is no text: it is taken as one", value, name)
		}
		if !isIdentifier(member.Name) {
			p.warnf(member.Position, "the member %q of %s is left out: it is no identifier", member.Name, name)
			continue
		}
		if text := descriptions[member.Name]; text != "" {
			member.Annotated = append(member.Annotated, vocab.NewDescription(text, member.Position))
		}
		t.Members = append(t.Members, member)
	}
	return t
}

// memberDescriptions returns the descriptions in x-ms-enum, by member.
func memberDescriptions(details map[string]any) map[string]string {
	descriptions := map[string]string{}
	values, _ := details["values"].([]any)
	for _, value := range values {
		member, _ := value.(map[string]any)
		name, _ := member["value"].(string)
		text, _ := member["description"].(string)
		descriptions[name] = text
	}
	return descriptions
}

// object returns an extension that is an object.
func object(extensions map[string]any, name string) (map[string]any, bool) {
	value, ok := extensions[name].(map[string]any)
	return value, ok
}
