package describe

import (
	"fmt"
	"io"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Mermaid writes a description as a diagram (https://mermaid.js.org): a class
// diagram of a type with its relatives, or a flow chart of a path or of a
// closure.
func Mermaid(w io.Writer, d *Description) error {
	var b strings.Builder
	switch {
	case d.Type != nil:
		d.Type.mermaid(&b)
	case d.Path != nil:
		d.Path.mermaid(&b)
	default:
		closureMermaid(&b, d.Closure)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Type) mermaid(b *strings.Builder) {
	b.WriteString("classDiagram\n")
	below := t.Name
	for _, ancestor := range t.Ancestors {
		fmt.Fprintf(b, "  %s <|-- %s\n", class(ancestor), class(below))
		below = ancestor
	}
	derivedMermaid(b, t.Name, t.Derived)
	fmt.Fprintf(b, "  class %s {\n", class(t.Name))
	for _, p := range t.Properties {
		if p.DeclaredBy == t.Name && !p.Navigation {
			fmt.Fprintf(b, "    %s %s\n", memberType(p.Type), class(p.Name))
		}
	}
	for _, m := range t.Members {
		fmt.Fprintf(b, "    %s\n", class(m.Name))
	}
	b.WriteString("  }\n")
	if strings.HasPrefix(t.Kind, "abstract") {
		fmt.Fprintf(b, "  <<abstract>> %s\n", class(t.Name))
	}
	if strings.HasSuffix(t.Kind, "enumeration") {
		fmt.Fprintf(b, "  <<enumeration>> %s\n", class(t.Name))
	}
}

func derivedMermaid(b *strings.Builder, base string, tree []Derived) {
	for _, d := range tree {
		fmt.Fprintf(b, "  %s <|-- %s\n", class(base), class(d.Name))
		derivedMermaid(b, d.Name, d.Derived)
	}
}

func (p *Path) mermaid(b *strings.Builder) {
	b.WriteString("flowchart LR\n")
	last := "root"
	b.WriteString("  root[\"/\"]\n")
	for i, segment := range strings.Split(strings.Trim(p.Path, "/"), "/") {
		id := fmt.Sprintf("s%d", i)
		fmt.Fprintf(b, "  %s --> %s[%s]\n", last, id, label(segment))
		last = id
	}
	fmt.Fprintf(b, "  %s --- type[%s]\n", last, label(p.Type))
	for i, next := range p.Next {
		fmt.Fprintf(b, "  %s -.-> n%d[%s]\n", last, i, label(next))
	}
}

// closureMermaid draws each type below the one that leads to it.
func closureMermaid(b *strings.Builder, closure []Reason) {
	b.WriteString("flowchart TD\n")
	ids := map[string]string{}
	id := func(step string) string {
		if ids[step] == "" {
			ids[step] = fmt.Sprintf("t%d", len(ids))
			fmt.Fprintf(b, "  %s[%s]\n", ids[step], label(step))
		}
		return ids[step]
	}
	for _, r := range closure {
		to := id(r.Type)
		if len(r.Chain) < 2 {
			continue
		}
		last := r.Chain[len(r.Chain)-1]
		from := r.Chain[len(r.Chain)-2]
		if len(r.Chain) > 2 {
			from = from[strings.LastIndexByte(from, ' ')+1:]
		}
		why := strings.TrimSuffix(last, r.Type)
		if why = strings.TrimSuffix(strings.TrimSpace(why), " of type"); why == "" {
			fmt.Fprintf(b, "  %s --> %s\n", id(from), to)
		} else {
			fmt.Fprintf(b, "  %s -->|%s| %s\n", id(from), label(why), to)
		}
	}
}

// class returns a name as it can stand in a class diagram.
func class(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	return strings.Trim(b.String(), "_")
}

// memberType returns a type without its namespace, as it can stand before the
// name of a member.
func memberType(name string) string {
	item, collection := strings.CutPrefix(name, "Collection(")
	item = strings.TrimSuffix(item, ")")
	short := class(item[strings.LastIndexByte(item, '.')+1:])
	if collection {
		return short + "[]"
	}
	return short
}

// label returns a text as it can stand in a flow chart.
func label(text string) string {
	replacer := strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", " ")
	return `"` + replacer.Replace(source.Plain(text)) + `"`
}
