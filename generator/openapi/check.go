package openapi

import (
	"bytes"
	"encoding/json/jsontext"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// asYAML returns a document in which nothing is JSON that YAML does not allow:
// kin-openapi reads JSON too, but then knows no positions.
func asYAML(data []byte) []byte {
	if start := bytes.TrimLeft(data, " \t\r\n"); start[0] != '{' {
		return data
	}
	// A character that JSON writes as two, or any other escape.
	surrogates := regexp.MustCompile(`\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\.`)
	return surrogates.ReplaceAllFunc(data, func(escape []byte) []byte {
		if len(escape) < len(`\ud83d\udc04`) {
			return escape
		}
		high, _ := strconv.ParseUint(string(escape[2:6]), 16, 16)
		low, _ := strconv.ParseUint(string(escape[8:12]), 16, 16)
		return fmt.Appendf(nil, `\U%08X`, utf16.DecodeRune(rune(high), rune(low)))
	})
}

// duplicate reports a name that an object of a JSON document has twice:
// kin-openapi takes the last.
func (l *loader) duplicate() bool {
	if data := bytes.TrimLeft(l.data, " \t\r\n"); len(data) == 0 || data[0] != '{' {
		return false
	}
	_, err := jsontext.NewDecoder(bytes.NewReader(l.data)).ReadValue()
	e, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok || !errors.Is(err, jsontext.ErrDuplicateName) {
		return false // what else is wrong, YAML allows or reports
	}
	l.ds.Errorf(positionOfByte(l.at.file, l.data, int(e.ByteOffset)), "the name %q is there twice", e.JSONPointer.LastToken())
	return true
}

// isVersion3 reports a version of OpenAPI other than 3.
func (l *loader) isVersion3(doc *openapi3.T) bool {
	at := source.Position{File: l.at.file}
	switch {
	case strings.HasPrefix(doc.OpenAPI, "3."):
		return true
	case doc.OpenAPI == "":
		l.ds.Errorf(at, "this is no OpenAPI document: it has no field openapi that tells the version, such as openapi: 3.0.4")
	default:
		if doc.Origin != nil {
			if field, ok := doc.Origin.Fields.Lookup("openapi"); ok {
				at = l.at.at(field)
			}
		}
		l.ds.Errorf(at, "this document is in version %q of OpenAPI: only 3 is understood", doc.OpenAPI)
	}
	return false
}

// twice reports paths that are there twice: kin-openapi takes the last.
func (l *loader) twice(items []*item) bool {
	found := false
	for _, i := range items {
		if i.first != nil {
			found = true
			l.ds.Errorf(i.position, "the path %q is there twice, first at %v", i.path, i.first.position)
		}
	}
	return found
}
