package diff

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/severity"
)

// picture is a drawing of the inheritance: each type in a line of its own, below
// its base type and to the right of that.
type picture struct {
	Width, Height int // in pixels
	Nodes         []node
	Lines         []string // SVG paths, from base types to derived ones
}

// node is a type in the picture. Those that did not change have no severity.
type node struct {
	Name, Short, Base string
	Severity          severity.Severity
	Changes           string // how many
	X, Y, Width       int
	TextX, TextY      int
}

// Sizes in the picture, in pixels.
const (
	rowHeight = 32
	boxHeight = 24
	indent    = 28
	charWidth = 8 // of the 13 pixel monospace font, a little more
)

// newPicture draws the types that changes are about, with their base types. It
// returns nil if there are none.
func newPicture(c *Comparison) *picture {
	if len(c.Bases) == 0 {
		return nil
	}
	d := &drawing{comparison: c, derived: map[string][]string{}, picture: &picture{}}
	for _, name := range slices.Sorted(maps.Keys(c.Bases)) {
		base := c.Bases[name]
		if _, known := c.Bases[base]; !known {
			base = ""
		}
		d.derived[base] = append(d.derived[base], name)
	}
	for _, root := range d.derived[""] {
		d.draw(root, "", 0)
	}
	d.picture.Height = len(d.picture.Nodes) * rowHeight
	return d.picture
}

type drawing struct {
	comparison *Comparison
	derived    map[string][]string
	picture    *picture
}

// maxLevels is how deep types are drawn to the right.
const maxLevels = 40

func (d *drawing) draw(name, base string, level int) {
	short := shown(name[strings.LastIndexByte(name, '.')+1:])
	n := node{
		Name: name, Short: short, Base: base,
		X: min(level, maxLevels)*indent + 1, Y: len(d.picture.Nodes)*rowHeight + 4,
		Width: utf8.RuneCountInString(short)*charWidth + 20,
	}
	n.TextX, n.TextY = n.X+10, n.Y+17
	n.Severity, n.Changes = d.changes(name)
	d.picture.Nodes = append(d.picture.Nodes, n)
	d.picture.Width = max(d.picture.Width, n.X+n.Width+2)
	for _, derived := range d.derived[name] {
		top := n.Y + boxHeight
		left := n.X + indent/2
		middle := len(d.picture.Nodes)*rowHeight + 4 + boxHeight/2
		d.picture.Lines = append(d.picture.Lines, fmt.Sprintf("M%d %dV%dH%d", left, top, middle, min(level+1, maxLevels)*indent+1))
		d.draw(derived, name, level+1)
	}
}

// changes returns the gravest severity of the changes of a type, "" if there
// are none, and how many there are.
func (d *drawing) changes(name string) (gravest severity.Severity, count string) {
	n := 0
	for _, ch := range d.comparison.Changes {
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
