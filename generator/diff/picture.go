package diff

import (
	"fmt"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// drawing shows the types that changes are about, with their base types.
type drawing struct {
	report.Picture
	Nodes []node
}

// node is a type in the drawing. Those that did not change have no severity.
type node struct {
	report.Box
	Severity report.Severity
	Changes  string // how many
}

// draw returns nil if no type changed.
func draw(c *Comparison) *drawing {
	if len(c.Bases) == 0 {
		return nil
	}
	d := &drawing{Picture: report.Draw(c.Bases, shown)}
	for _, box := range d.Boxes {
		n := node{Box: box}
		n.Severity, n.Changes = c.changesOf(box.Name)
		n.Name, n.Base = shown(n.Name), shown(n.Base)
		d.Nodes = append(d.Nodes, n)
	}
	return d
}

// changesOf returns the gravest severity of the changes of a type, "" if there
// are none, and how many there are.
func (c *Comparison) changesOf(name string) (gravest report.Severity, count string) {
	n := 0
	for _, ch := range c.Changes {
		if typeOf(ch.Subject) != name && !(ch.Action == Renamed && typeOf(ch.New) == name) {
			continue
		}
		n++
		if gravest == "" { // the gravest are first
			gravest = ch.Severity
		}
	}
	if n == 1 {
		return gravest, "1 change"
	}
	return gravest, fmt.Sprintf("%d changes", n)
}
