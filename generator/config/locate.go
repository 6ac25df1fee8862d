package config

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Locate returns err. If err is about the content of a configuration file, each
// problem in the result begins with its position in the file, and they are sorted
// by position. The function given reports keys that a flag has replaced; problems
// with these have no position.
func Locate(err error, file string, given func(key string) bool) error {
	var problems []string
	if e, ok := errors.AsType[*Error](err); ok {
		problems = problemsOf(e.Message)
	} else if e, ok := errors.AsType[*api.Error](err); ok && e == err {
		problems = problemsOf(e.Error())
	} else {
		return err
	}
	keys := valuesIn(file)
	located := make([]problem, len(problems))
	for i, text := range problems {
		located[i].text = text
		key, _, _ := strings.Cut(text, ": ")
		if v, ok := keys[key]; ok && !given(key) {
			located[i].at = v.about(text)
			located[i].at.File = file
		}
	}
	slices.SortStableFunc(located, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
	})
	var lines []string
	for _, p := range located {
		if p.at.Line > 0 {
			p.text = p.at.String() + ": " + nameKeys(p.text, "")
		}
		lines = append(lines, p.text)
	}
	return &Error{strings.Join(lines, "\n")}
}

// NameKeys returns a message with the keys of a configuration file in place of the flags
// that it advises: "with docs in msgraphgen.yaml" for "with --docs".
func NameKeys(message, file string) string { return nameKeys(message, " in "+file) }

func nameKeys(message, where string) string {
	return flagOf.ReplaceAllStringFunc(message, func(flag string) string {
		if key := strings.TrimLeft(flag, " -"); slices.Contains(keys(), key) {
			return " " + key + where
		}
		return flag
	})
}

var flagOf = regexp.MustCompile(` --[a-z-]+`)

type problem struct {
	at   source.Position
	text string
}

// problemsOf splits a message into its problems, one a line. A line that begins
// with a tab belongs to the problem before it.
func problemsOf(message string) (problems []string) {
	for line := range strings.Lines(message) {
		if strings.HasPrefix(line, "\t") && len(problems) > 0 {
			problems[len(problems)-1] += line
		} else {
			problems = append(problems, line)
		}
	}
	for i := range problems {
		problems[i] = strings.TrimSuffix(problems[i], "\n")
	}
	return problems
}

// value is a value in a configuration file.
type value struct {
	at    source.Position
	text  string
	items []value // of a list
}

// valuesIn returns the values in a configuration file by key. A file that cannot
// be read has none.
func valuesIn(file string) map[string]value {
	keys := map[string]value{}
	data, err := os.ReadFile(file)
	if err != nil {
		return keys
	}
	document, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte(byteOrderMark)), 0)
	if err != nil || len(document.Docs) == 0 {
		return keys
	}
	for _, pair := range pairsOf(document.Docs[0].Body) {
		v := valueOf(pair.Value)
		if list, ok := pair.Value.(*ast.SequenceNode); ok {
			for _, item := range list.Values {
				v.items = append(v.items, valueOf(item))
			}
			v.at = valueOf(pair.Key).at
		}
		keys[valueOf(pair.Key).text] = v
	}
	return keys
}

// pairsOf returns the pairs of a mapping.
func pairsOf(body ast.Node) []*ast.MappingValueNode {
	switch body := body.(type) {
	case *ast.MappingNode:
		return body.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{body}
	default:
		return nil
	}
}

// about returns the position of a problem with v: of the item that the message quotes,
// or else names first, because later names are suggestions, or else of v. Of the items
// that begin alike, it names the longest.
func (v value) about(problem string) source.Position {
	_, problem, _ = strings.Cut(problem, ": ") // without the key
	for _, written := range []func(string) string{strconv.Quote, func(text string) string { return text }} {
		at, first, longest := source.Position{}, len(problem), 0
		for _, item := range v.items {
			text := written(item.text)
			if i := strings.Index(problem, text); i >= 0 && (i < first || i == first && len(text) > longest) {
				at, first, longest = item.at, i, len(text)
			}
		}
		if longest > 0 {
			return at
		}
	}
	return v.at
}

func valueOf(node ast.Node) value {
	token := node.GetToken()
	return value{
		at:   source.Position{Line: token.Position.Line, Column: token.Position.Column},
		text: token.Value,
	}
}
