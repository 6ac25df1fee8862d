package docs

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// quotes are the characters that can begin a string, with those that end it.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '”': `”"`, '„': `“”"`, '\'': `'`, '‘': `’'`, '’': `’'`,
}

// quote returns how the string ends that starts here, nil if none does.
func (m *mender) quote() *string {
	open, _ := utf8.DecodeRune(m.src[m.i:])
	if ends, ok := quotes[open]; ok {
		return &ends
	}
	return nil
}

// text reads a string.
func (m *mender) text() *mistake {
	if failure := m.before(); failure != nil {
		return failure
	}
	open, size := utf8.DecodeRune(m.src[m.i:])
	end, endSize := m.stringEnd(m.i+size, quotes[open])
	if end < 0 {
		return m.fail("a string has no end")
	}
	if m.state == wantName && m.isQuotedEllipsis(end, endSize, size) {
		return nil
	}
	if open != '"' || endSize > 1 {
		m.note(m.i, "quotes other than \" are read as such")
	}
	m.insert(len(m.out), '"', m.i)
	m.i += size
	for m.i < end {
		m.character(end)
	}
	m.insert(len(m.out), '"', m.i)
	m.i += endSize
	next := m.next()
	if m.state == wantName {
		next = wantColon
	}
	m.done(next)
	return nil
}

// isQuotedEllipsis leaves out "..." in place of a member.
func (m *mender) isQuotedEllipsis(end, endSize, size int) bool {
	inner := string(bytes.TrimSpace(m.src[m.i+size : end]))
	after := bytes.TrimLeft(m.src[end+endSize:], " \t\n")
	if inner != "..." && inner != "…" || bytes.HasPrefix(after, []byte(":")) {
		return false
	}
	m.note(m.i, inner+", which stands for more, is left out")
	m.i = end + endSize
	m.elided = true
	return true
}

// stringEnd returns where the quote that ends a string is, and how long it is,
// -1 if there is none on the line. A quote of another kind than the opening
// one counts where what follows is what follows strings.
func (m *mender) stringEnd(i int, ends string) (end, size int) {
	smart, smartSize := -1, 0
	for i < len(m.src) && m.src[i] != '\n' {
		c, size := utf8.DecodeRune(m.src[i:])
		switch {
		case c == '\\' && i+1 < len(m.src) && m.src[i+1] != '\n':
			size = 2
		case strings.IndexRune(ends, c) == 0:
			return i, size
		case strings.ContainsRune(ends, c) && m.canEnd(i+size):
			return i, size
		case smart < 0 && (c == '”' || c == '“') && m.canEnd(i+size):
			smart, smartSize = i, size
		}
		i += size
	}
	return smart, smartSize
}

// canEnd reports whether what follows is what follows a string.
func (m *mender) canEnd(i int) bool {
	rest := bytes.TrimLeft(m.src[i:], " \t")
	return len(rest) == 0 || strings.IndexByte(",:}]\n", rest[0]) >= 0
}

// character takes over a character of a string, which ends at end.
func (m *mender) character(end int) {
	switch c := m.src[m.i]; {
	case c == '\t':
		m.escape('t')
	case c == '"':
		m.insert(len(m.out), '\\', m.i)
		m.copy(1)
	case c == '\\' && m.i+1 < end && strings.IndexByte(`"\/bfnrtu`, m.src[m.i+1]) >= 0:
		m.copy(2)
	case c == '\\':
		m.note(m.i, `a single \ is read as \\`)
		m.escape('\\')
	default:
		m.copy(1)
	}
}

// escape writes an escape in place of a character.
func (m *mender) escape(c byte) {
	m.insert(len(m.out), '\\', m.i)
	m.insert(len(m.out), c, m.i)
	m.i++
}
