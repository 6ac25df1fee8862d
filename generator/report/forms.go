// Package report writes findings for people and programs: as text for a
// terminal, Markdown, a page of HTML, a Mermaid diagram, or JSON.
//
// Findings quote sources, which anybody can have written. The writers of this
// package take texts as arguments and escape them for the form that they write.
// Their callers decide what a report contains, and cannot forget to escape it.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates"
)

// Forms holds the functions that write findings of type T, one for each form.
// A form whose function is nil is not offered.
type Forms[T any] struct {
	Text     func(*Text, T)
	Markdown func(*Markdown, T)
	JSON     func(T) any // returns a value for encoding/json/v2
	HTML     func(T) Page
	Mermaid  func(*Mermaid, T)
}

// Names returns the names of the forms that f offers, of text, markdown, json,
// html and mermaid.
func (f Forms[T]) Names() []string {
	var names []string
	for _, form := range []struct {
		name    string
		offered bool
	}{
		{"text", f.Text != nil}, {"markdown", f.Markdown != nil}, {"json", f.JSON != nil}, {"html", f.HTML != nil}, {"mermaid", f.Mermaid != nil},
	} {
		if form.offered {
			names = append(names, form.name)
		}
	}
	return names
}

// Usage returns the names as the usage of a flag lists them:
// "text|markdown|json|html".
func (f Forms[T]) Usage() string { return strings.Join(f.Names(), "|") }

// Check returns an error if f does not offer a form.
func (f Forms[T]) Check(form string) error { return oneOf(form, f.Names()) }

// Write writes findings in a form that f offers. The options are those of a text.
func (f Forms[T]) Write(w io.Writer, form string, findings T, o TextOptions) error {
	if err := f.Check(form); err != nil {
		return err
	}
	var (
		data []byte
		err  error
	)
	switch form {
	case "text":
		t := &Text{TextOptions: o}
		f.Text(t, findings)
		data = t.out.Bytes()
	case "markdown":
		m := &Markdown{}
		f.Markdown(m, findings)
		data = m.out.Bytes()
	case "json":
		return WriteJSON(w, f.JSON(findings))
	case "html":
		page := f.HTML(findings)
		data, err = templates.Report(page.Template, page.Title, page.Data)
		data = []byte(source.PlainLines(string(data))) // html/template leaves hidden characters as they are
	case "mermaid":
		m := &Mermaid{}
		f.Mermaid(m, findings)
		data = m.out.Bytes()
	}
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// oneOf returns an error if a word is not in a list.
func oneOf(word string, list []string) error {
	if slices.Contains(list, word) {
		return nil
	}
	last := len(list) - 1
	return fmt.Errorf("%q is not known: use %s or %s", word, strings.Join(list[:last], ", "), list[last])
}
