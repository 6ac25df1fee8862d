package fake

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"strings"
)

// selection is the properties that a $select names, with those that it names within
// their values. nil selects all.
type selection map[string]selection

// parseSelect reads a $select about values of a type.
func (t types) parseSelect(text, typ string) (selection, error) {
	s := selection{}
	for path := range strings.SplitSeq(text, ",") {
		if err := s.add(t, typ, strings.Split(strings.TrimSpace(path), "/")); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// add adds a path, such as from/emailAddress, or microsoft.graph.user/mail of values of
// a base type.
func (s selection) add(t types, typ string, path []string) error {
	name, rest := path[0], path[1:]
	annotation := strings.HasPrefix(name, "@")
	switch {
	case strings.Contains(name, ".") && !annotation && len(rest) > 0:
		return s.add(t, t.spelled(name), rest)
	case name != "*" && !annotation && !t.knows(typ, name):
		return unknownProperty(typ, name)
	case len(rest) == 0:
		s[name] = nil
		return nil
	}
	inner, again := s[name]
	all := again && inner == nil
	if inner == nil {
		inner = selection{}
	}
	target, _ := item(t.declared(typ, name))
	if err := inner.add(t, target, rest); err != nil || all {
		return err
	}
	s[name] = inner
	return nil
}

// cut returns the properties of an object that are selected, with their annotations, and
// the annotations of the object itself.
func (s selection) cut(o object) object {
	_, all := s["*"]
	if s == nil || all {
		return o
	}
	kept := object{}
	for name, value := range o {
		property, _, annotated := strings.Cut(name, "@")
		switch inner, ok := s[property]; {
		case annotated && (ok || property == ""):
			kept[name] = value
		case ok:
			kept[name] = inner.within(value)
		}
	}
	return kept
}

// within returns what is selected of a complex value, or of each one of a list.
func (s selection) within(v jsontext.Value) jsontext.Value {
	if s == nil {
		return v
	}
	switch v.Kind() {
	case jsontext.KindBeginObject:
		var o object
		_ = json.Unmarshal(v, &o, lenient)                               // it is an object
		v, _ = json.Marshal(s.cut(o), json.Deterministic(true), lenient) // all is JSON
	case jsontext.KindBeginArray:
		var list []jsontext.Value
		_ = json.Unmarshal(v, &list, lenient) // it is an array
		for i, value := range list {
			list[i] = s.within(value)
		}
		v, _ = json.Marshal(list, lenient)
	}
	return v
}
