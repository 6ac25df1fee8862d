package openapi

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"
)

// report says what keeps the document from being read.
func (l *loader) report(err error) {
	// What kin-openapi says of references and of null, and the YAML library of
	// errors in errors.
	var (
		unresolved = regexp.MustCompile(`failed to resolve "[^"]*" in fragment in URI: "([^"]*)"|bad data in "([^"]*)" \(expecting ref to (\w+) object\)`)
		empty      = regexp.MustCompile(`invalid (\w+): value MUST be an object`)
		nested     = regexp.MustCompile(`^go-yaml load error in \w+ at L(\d+)\.C(\d+): (.*)$`)
	)
	if e, ok := errors.AsType[*openapi3.DisallowedExternalRefError](err); ok {
		l.ds.Errorf(l.find(e.Ref), "the reference to %s leads to another file, which is not read: allow it with --external-refs", e.Ref)
		return
	}
	if e, ok := errors.AsType[*fileError](err); ok {
		l.ds.Errorf(l.find(e.location.String()), "%v", e)
		return
	}
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		at := openapi3.Location{File: l.last, Line: e.Mark.Line, Column: e.Mark.Column}
		message := oneLine(e.Message)
		if match := nested.FindStringSubmatch(message); match != nil {
			at.Line, _ = strconv.Atoi(match[1])
			at.Column, _ = strconv.Atoi(match[2])
			message = match[3]
		}
		l.ds.Errorf(l.at.at(at), "%s", explain(message))
		return
	}
	if match := unresolved.FindStringSubmatch(err.Error()); match != nil {
		if match[1] != "" {
			l.ds.Errorf(l.find(match[1]), "the reference %q leads nowhere", match[1])
		} else {
			l.ds.Errorf(l.find(match[2]), "the reference %q does not lead to a %s", match[2], match[3])
		}
		return
	}
	if match := empty.FindStringSubmatch(err.Error()); match != nil {
		l.ds.Errorf(l.null(match[1]), "this %s is empty: it must be an object", match[1])
		return
	}
	message := err.Error()
	for _, prefix := range []string{"failed to unmarshal data: ", "yaml error: "} {
		message = strings.TrimPrefix(message, prefix)
	}
	l.ds.Errorf(l.mentioned(message), "%s", oneLine(message))
}

// advice is what to do about messages of the YAML library.
var advice = []struct{ part, text string }{
	{"cannot start any token", "YAML is indented with spaces, not with tabs, and text that begins with a special character is quoted"},
	{"mapping values are not allowed", "text with a colon is quoted"},
	{"incompatible YAML document", "leave out the line that begins with %YAML"},
}

var kindNames = map[string]string{"seq": "a list", "map": "an object", "null": "empty"}

// explain puts messages of the YAML library into words that say what to do.
func explain(message string) string {
	// Of values that are of another type.
	var (
		notText   = regexp.MustCompile(`^cannot (?:unmarshal|construct) !!\w+ .*into string field "(\w+)"`)
		construct = regexp.MustCompile(`^cannot construct !!(\w+).* into \S+(?: in (\S+))?$`)
	)
	if match := notText.FindStringSubmatch(message); match != nil {
		return "the " + match[1] + " must be text: quote it"
	}
	if match := construct.FindStringSubmatch(message); match != nil {
		kind := kindNames[match[1]]
		if kind == "" {
			kind = "a simple value"
		}
		if match[2] == "" {
			return "the document cannot be " + kind
		}
		return match[2] + " cannot be " + kind
	}
	for _, a := range advice {
		if strings.Contains(message, a.part) {
			return message + ": " + a.text
		}
	}
	return message
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
