package openapi

import (
	"bytes"
	"sort"
)

// cut returns the document without the items that are not wanted, and of those
// that are, without the operations that are not. It also returns where lines
// are missing then.
func cut(data []byte, items []*item, wanted func(*item) bool, reads func(i *item, verb string) bool) ([]byte, gaps) {
	var kept [][]byte
	var g gaps
	at, line, missing := 0, 1, 0
	leave := func(start, end int) {
		if start > at {
			kept = append(kept, data[at:start])
			line += bytes.Count(data[at:start], []byte("\n"))
			g = append(g, gap{line: line})
		}
		missing += bytes.Count(data[start:end], []byte("\n"))
		g[len(g)-1].missing = missing
		at = end
	}
	for _, item := range items {
		if !wanted(item) {
			leave(item.start, item.end)
			continue
		}
		for _, o := range item.operations {
			if !reads(item, o.verb) {
				leave(o.start, o.end)
			}
		}
	}
	return bytes.Join(append(kept, data[at:]), nil), g
}

// gaps are where lines of a document were cut out, in order.
type gaps []gap

type gap struct {
	line    int // what is after the gap begins with this line of what is left
	missing int // how many lines are missing above it
}

// whole returns the number that a line of what is left has in the whole.
func (g gaps) whole(line int) int {
	if after := sort.Search(len(g), func(i int) bool { return g[i].line > line }); after > 0 {
		line += g[after-1].missing
	}
	return line
}
