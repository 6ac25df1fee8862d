package openapi

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// item is a path that the document lists.
type item struct {
	path     string
	verbs    []string // "POST"; also those of items that are not read
	position source.Position

	start, end int    // where it is in the document, if outlined
	operations []span // in the order in which they are there, if outlined
	first      *item  // that of the same path before it, nil if there is none
	whole      bool   // there is more in it than the outline tells: it is not cut out
}

// span is where an operation begins; it goes on to where the next field of the
// path item begins, or the item ends.
type span struct {
	verb       string
	start, end int
}

// outline finds the paths of a YAML document in block style by their
// indentation, without parsing it: parsing all of a large document takes
// longer, and more memory, than all the rest. If it finds anything that it is
// not sure about, it returns false.
func outline(file string, data []byte) (items []*item, ok bool) {
	if hasOtherBreaks(data) {
		return nil, false
	}
	o := outliner{file: file, seen: map[string]*item{}}
	offset := 0
	for line := range bytes.Lines(data) {
		o.line++
		start := offset
		offset += len(line)
		text := bytes.TrimLeft(bytes.TrimRight(line, "\r\n"), " ")
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		indent := bytes.Index(line, text)
		if bytes.HasPrefix(line, []byte("---")) && len(o.items) > 0 {
			return nil, false
		}
		if done, ok := o.add(text, indent, start); !ok {
			return nil, false
		} else if done {
			break
		}
	}
	if len(o.items) == 0 {
		return nil, false
	}
	o.end(len(data))
	return o.items, !hasAnchor(data[o.items[0].start:o.items[len(o.items)-1].end])
}

type outliner struct {
	file  string
	items []*item
	seen  map[string]*item

	line   int
	inside bool // in the value of "paths"
	outer  int  // indentation of paths
	inner  int  // indentation of what is in the last path
	text   multiline
}

// add notes a line. It reports whether the paths are over, and false if it
// does not understand the line.
func (o *outliner) add(text []byte, indent, start int) (done, ok bool) {
	switch {
	case indent == 0 && o.inside:
		if len(o.items) == 0 || text[0] == '\t' {
			return false, false
		}
		o.end(start)
		return true, true
	case indent == 0:
		o.inside = keyOf(text) == "paths"
		return false, !o.inside || isOnlyKey(text, "paths")
	case !o.inside:
		return false, true
	}
	if holds, ok := o.text.holds(text, indent); holds || !ok {
		return false, ok
	}
	if text[0] == '\t' || !o.text.begin(text, indent) {
		return false, false
	}
	if o.outer == 0 {
		o.outer = indent
	}
	switch {
	case indent < o.outer:
		return false, false
	case indent == o.outer:
		return false, o.path(text, indent, start)
	}
	if o.inner == 0 {
		o.inner = indent
	}
	if last := o.items[len(o.items)-1]; indent < o.inner {
		last.whole = true
	} else if indent == o.inner {
		last.field(keyOf(text), start)
	}
	return false, true
}

// path notes a line that a path begins with.
func (o *outliner) path(text []byte, indent, start int) bool {
	path := keyOf(text)
	if !strings.HasPrefix(path, "/") {
		return false
	}
	o.end(start)
	o.items = append(o.items, &item{
		path:     path,
		position: source.Position{File: o.file, Line: o.line, Column: indent + 1},
		start:    start,
		first:    o.seen[path],
		whole:    !isOnlyKey(text, path),
	})
	o.seen[path] = o.items[len(o.items)-1]
	o.inner = 0
	return true
}

// field notes a key of a path item.
func (i *item) field(key string, start int) {
	i.endOperation(start)
	switch verb := strings.ToUpper(key); verb {
	case http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete,
		http.MethodOptions, http.MethodHead, http.MethodPatch, http.MethodTrace:
		if key == verb {
			i.whole = true // a verb is in lower case
		}
		i.verbs = append(i.verbs, verb)
		i.operations = append(i.operations, span{verb: verb, start: start})
	case "DESCRIPTION", "PARAMETERS", "SERVERS", "SUMMARY":
	default:
		i.whole = i.whole || !strings.HasPrefix(key, "x-")
	}
}

// end notes where the last path ends, unless that is known.
func (o *outliner) end(at int) {
	if len(o.items) == 0 {
		return
	}
	if last := o.items[len(o.items)-1]; last.end == 0 {
		last.end = at
		last.endOperation(at)
	}
}

// endOperation notes where the last operation ends, unless that is known.
func (i *item) endOperation(at int) {
	if n := len(i.operations); n > 0 && i.operations[n-1].end == 0 {
		i.operations[n-1].end = at
	}
}
