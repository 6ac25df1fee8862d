package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Picture is the layout of trees of types, to be drawn in SVG: each type has a
// line of its own, below its base type and to the right of it. Sizes are in
// pixels.
type Picture struct {
	Width, Height int
	Boxes         []Box    // from top to bottom
	Lines         []string // SVG paths, from base types to derived ones
}

// Box is a type in a picture.
type Box struct {
	Name, Base          string // qualified; Base is "" at a root
	Short               string // what stands in the box
	X, Y, Width, Height int
	TextX, TextY        int // where the text starts, on its base line
}

const (
	rowHeight = 32
	boxHeight = 24
	margin    = 4 // above a box
	indent    = 28
	charWidth = 8  // of the 13 pixel monospace font, a little more
	maxLevels = 40 // from here on, derived types are not drawn further to the right
)

// Draw lays out types, given with their base types. A base type that is not
// given itself is left out. A box holds what shown makes of the name without its
// namespace.
func Draw(bases map[string]string, shown func(string) string) Picture {
	d := drawing{derived: map[string][]string{}, shown: shown}
	for _, name := range slices.Sorted(maps.Keys(bases)) {
		base := bases[name]
		if _, known := bases[base]; !known {
			base = ""
		}
		d.derived[base] = append(d.derived[base], name)
	}
	for _, root := range d.derived[""] {
		d.draw(root, "", 0)
	}
	d.Height = d.top()
	return d.Picture
}

type drawing struct {
	Picture
	derived map[string][]string
	shown   func(string) string
}

// top is where the next line starts.
func (d *drawing) top() int { return len(d.Boxes) * rowHeight }

func (d *drawing) draw(name, base string, level int) {
	short := d.shown(name[strings.LastIndexByte(name, '.')+1:])
	b := Box{
		Name: name, Base: base, Short: short,
		X: left(level), Y: d.top() + margin,
		Width: utf8.RuneCountInString(short)*charWidth + 20, Height: boxHeight,
	}
	b.TextX, b.TextY = b.X+10, b.Y+17
	d.Boxes = append(d.Boxes, b)
	d.Width = max(d.Width, b.X+b.Width+2)
	for _, derived := range d.derived[name] {
		middle := d.top() + margin + boxHeight/2
		d.Lines = append(d.Lines, fmt.Sprintf("M%d %dV%dH%d", b.X+indent/2, b.Y+b.Height, middle, left(level+1)))
		d.draw(derived, name, level+1)
	}
}

// left is where a box of a level starts.
func left(level int) int { return min(level, maxLevels)*indent + 1 }
