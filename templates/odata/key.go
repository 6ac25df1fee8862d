package odata

import (
	"encoding"
	"encoding/json/v2"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Key returns the address of the item of the collection r with the given key, of
// the type of the key property: a string, an int32, a [Guid] and so on.
//
// The key is a path segment of its own (OData URL Conventions 4.01, section
// 4.3.6), or in parentheses if the service wants it there (Config). A key that
// begins with "$" or is a dot segment would mean something else as a segment: it
// stands in parentheses, as in users('$me')
// (https://learn.microsoft.com/graph/api/user-get).
func Key(r Resource, key any) Resource {
	text, isText := textOf(key)
	parentheses := open(r).client.inParentheses()
	switch {
	case isText && text == "":
		return fail(r, errors.New("odata: the key of an item of "+open(r).path+" is empty"))
	case isText && !parentheses && !strings.HasPrefix(text, "$") && !isDots(text):
		return extend(r, "/"+url.PathEscape(text))
	}
	literal, err := edm.Literal(key)
	switch {
	case err != nil:
		return fail(r, err)
	case !isText && !parentheses:
		return extend(r, "/"+url.PathEscape(literal))
	}
	return extend(r, "("+escapeLiteral(literal)+")")
}

// Argument is a property of a key with its value, or an argument of a function,
// which can be of any type that a property has.
type Argument struct {
	Name  string
	Value any
}

// Arg returns an Argument.
func Arg(name string, value any) Argument { return Argument{name, value} }

// Keys returns the address of the item of the collection r with a key of several
// properties, or with an alternate key: (a=1,b='x').
func Keys(r Resource, parts ...Argument) Resource {
	texts := make([]string, len(parts))
	for i, part := range parts {
		literal, err := edm.Literal(part.Value)
		if err == nil && (literal == "''" || literal == "null") {
			err = fmt.Errorf("odata: the key %s of an item of %s is empty", part.Name, open(r).path)
		}
		if err != nil {
			r = fail(r, err)
		}
		texts[i] = url.PathEscape(part.Name) + "=" + escapeLiteral(literal)
	}
	return extend(r, "("+strings.Join(texts, ",")+")")
}

// Function returns the address of the result of a function of r, bound or not,
// with its arguments: reminderView(startDateTime='…',endDateTime='…'). Those that
// have no literal, such as structs and slices, are query options in JSON (OData
// URL Conventions 4.01, section 5.1.1.14.1).
func Function(r Resource, name string, arguments ...Argument) Resource {
	texts := make([]string, len(arguments))
	for i, argument := range arguments {
		literal, err := edm.Literal(argument.Value)
		text := escapeLiteral(literal)
		if errors.Is(err, edm.ErrNoLiteral) {
			var value []byte
			value, err = json.Marshal(argument.Value, lenient, edm.Numbers(), json.Deterministic(true))
			text = unusedAlias(r, "@"+argument.Name)
			r = withAlias(r, param{text, string(value)})
		}
		if err != nil {
			r = fail(r, fmt.Errorf("odata: the argument %s of %s: %w", argument.Name, name, err))
		}
		texts[i] = url.PathEscape(argument.Name) + "=" + text
	}
	r = Segment(r, name)
	if len(arguments) > 0 || open(r).client.inParentheses() {
		r = extend(r, "("+strings.Join(texts, ",")+")")
	}
	return r
}

// unusedAlias returns an alias that r does not have: the given one, or one with a number
// if a function before has a parameter of the same name.
func unusedAlias(r Resource, name string) string {
	alias := name
	for n := 2; slices.ContainsFunc(open(r).aliases, func(p param) bool { return p.name == alias }); n++ {
		alias = name + strconv.Itoa(n)
	}
	return alias
}

// withAlias returns r with one more query option.
func withAlias(r Resource, option param) Resource {
	a := open(r)
	a.aliases = append(slices.Clip(a.aliases), option)
	return Resource{&a}
}

// inParentheses reports whether the service wants keys in parentheses.
func (c *Client) inParentheses() bool { return c != nil && c.parentheses }

// textOf returns a key that is a text, which is the whole segment.
func textOf(key any) (string, bool) {
	if r := reflect.ValueOf(key); r.Kind() == reflect.String {
		_, own := key.(encoding.TextAppender) // a Guid, which has to be one
		return r.String(), !own
	}
	return "", false
}

// escapeLiteral returns a literal for the path of an address. The quotes around it
// stay, so that people can read it.
func escapeLiteral(literal string) string {
	before, text, found := strings.Cut(literal, "'")
	if !found {
		return url.PathEscape(literal)
	}
	return url.PathEscape(before) + "'" + url.PathEscape(strings.TrimSuffix(text, "'")) + "'"
}
