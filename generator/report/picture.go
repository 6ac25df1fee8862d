package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Picture is the layout of trees of types in an SVG image. Each type has its own
// row, below its base type and to the right of it. Sizes are in pixels.
type Picture struct {
	Title         string
	Filters       bool // a click on a box filters the list of the page
	Width, Height int
	Boxes         []Box    // from top to bottom
	Lines         []string // SVG paths from base types to derived types
}

// Box is a type in a picture.
type Box struct {
	Name, Base          string // qualified; Base is "" at a root
	Short               string // the text in the box
	Class               string // CSS classes, "" for none
	Note                string // added to the name in the description of the picture
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
// given itself is left out.
func Draw(title string, bases map[string]string) *Picture {
	d := &drawing{Picture: Picture{Title: title}, derived: map[string][]string{}}
	for _, name := range slices.Sorted(maps.Keys(bases)) {
		if name == "" { // the base of a root
			continue
		}
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
	return &d.Picture
}

type drawing struct {
	Picture
	derived map[string][]string
}

// top is where the next row starts.
func (d *drawing) top() int { return len(d.Boxes) * rowHeight }

func (d *drawing) draw(name, base string, level int) {
	short := line(name[strings.LastIndexByte(name, '.')+1:], maxLabel)
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

// left is where the boxes of a level start.
func left(level int) int { return min(level, maxLevels)*indent + 1 }
