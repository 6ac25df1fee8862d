package describe

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// JSON writes a description for other programs, in the form of the types of
// this package.
func JSON(w io.Writer, d *Description) error {
	if err := json.MarshalWrite(w, d, jsontext.Multiline(true)); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// Text writes a description for a terminal.
func Text(w io.Writer, d *Description) error {
	var b strings.Builder
	switch {
	case d.Type != nil:
		d.Type.text(&b)
	case d.Path != nil:
		d.Path.text(&b)
	default:
		for _, r := range d.Closure {
			b.WriteString(source.Plain(r.Type) + "\n\t" + source.Plain(strings.Join(r.Chain, " → ")) + "\n")
		}
		if len(d.Closure) > 1 {
			fmt.Fprintf(&b, "%d types\n", len(d.Closure))
		}
	}
	for line := range strings.Lines(b.String()) {
		// Columns that are empty leave spaces.
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func (t *Type) text(b *strings.Builder) {
	fmt.Fprintf(b, "%s: %s, %s\n", source.Plain(t.Position), source.Plain(t.Name), t.Kind)
	for _, line := range []string{t.Description, t.Deprecated, t.Page} {
		if line != "" {
			b.WriteString("\t" + source.Plain(line) + "\n")
		}
	}
	if t.Underlying != "" {
		b.WriteString("of " + source.Plain(t.Underlying) + "\n")
	}
	list(b, "ancestors, the nearest first", t.Ancestors)
	list(b, "derived types", flat(t.Derived, ""))
	if len(t.Properties) > 0 {
		b.WriteString("properties\n")
		rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
		for _, p := range t.Properties {
			inherited := ""
			if p.DeclaredBy != t.Name {
				inherited = "of " + p.DeclaredBy
			}
			fmt.Fprintf(rows, "\t%s\t%s\t%s\t%s\n", source.Plain(p.Name), source.Plain(p.Type), source.Plain(p.facts()), source.Plain(inherited))
		}
		rows.Flush()
	}
	if len(t.Members) > 0 {
		b.WriteString("members\n")
		rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
		for _, m := range t.Members {
			fmt.Fprintf(rows, "\t%s\t%s\t%s\n", source.Plain(m.Name), m.number(), source.Plain(m.Description))
		}
		rows.Flush()
	}
	list(b, "used by", t.UsedBy)
	list(b, "needed by", t.Methods)
}

// facts returns what is to be said of a property besides its type.
func (p Property) facts() string {
	var facts []string
	if p.Navigation {
		facts = append(facts, "navigation")
	}
	if p.Key {
		facts = append(facts, "key")
	}
	switch {
	case p.NotNull && strings.HasPrefix(p.Type, "Collection("):
		facts = append(facts, "items not null")
	case p.NotNull:
		facts = append(facts, "not null")
	}
	if p.ReadOnly != "" {
		facts = append(facts, "read-only ("+p.ReadOnly+")")
	}
	return strings.Join(facts, ", ")
}

// number returns the value of a member, "" if it is not known.
func (m Member) number() string {
	if m.Value == nil {
		return ""
	}
	return strconv.FormatInt(*m.Value, 10)
}

func (p *Path) text(b *strings.Builder) {
	fmt.Fprintf(b, "%s: %s, %s\n", source.Plain(p.Position), source.Plain(p.Path), source.Plain(p.Type))
	if p.Description != "" {
		b.WriteString("\t" + source.Plain(p.Description) + "\n")
	}
	b.WriteString("resource\n\t" + source.Plain(p.Resource) + "\n")
	verbs := p.Verbs
	if verbs == nil {
		verbs = []string{"none"}
	}
	list(b, "operations that can be generated", verbs)
	list(b, "a create can set", p.Settable)
	list(b, "a create cannot set", p.Refused)
	list(b, "next segments", p.Next)
}

// maxLines is how much of a list is printed.
const maxLines = 40

func list(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	b.WriteString(title + "\n")
	for _, line := range lines[:min(len(lines), maxLines)] {
		b.WriteString("\t" + source.Plain(line) + "\n")
	}
	if more := len(lines) - maxLines; more > 0 {
		fmt.Fprintf(b, "\tand %d more: --report json has all\n", more)
	}
}

// flat returns a tree of types, a level deeper by two spaces.
func flat(tree []Derived, indent string) []string {
	var lines []string
	for _, d := range tree {
		lines = append(lines, indent+d.Name)
		lines = append(lines, flat(d.Derived, indent+"  ")...)
	}
	return lines
}
