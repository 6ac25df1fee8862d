package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"strings"
	"unicode/utf8"
)

// skipComment leaves out a comment.
func (m *mender) skipComment() bool {
	rest := m.src[m.i:]
	end := -1
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if end = bytes.IndexByte(rest, '\n'); end < 0 {
			end = len(rest)
		}
	case bytes.HasPrefix(rest, []byte("/*")):
		if end = bytes.Index(rest, []byte("*/")); end >= 0 {
			end += 2
		}
	}
	if end < 0 {
		return false
	}
	m.note(m.i, "a comment in JSON is left out")
	m.i += end
	return true
}

// skipEllipsis leaves out what stands for more, where there can be more.
func (m *mender) skipEllipsis() bool {
	if m.state != wantItem && m.state != wantName && m.state != wantComma {
		return false
	}
	rest := m.src[m.i:]
	n := len(rest) - len(bytes.TrimLeft(rest, "."))
	switch {
	case n >= 3:
	case bytes.HasPrefix(rest, []byte("…")):
		n = len("…")
	default:
		return false
	}
	m.note(m.i, string(rest[:min(n, 3)])+", which stands for more, is left out")
	m.i += n
	m.elided = true
	return true
}

// word reads a number, a literal, or a name without quotes.
func (m *mender) word() *mistake {
	rest := m.src[m.i:]
	n := bytes.IndexAny(rest, " \t\n,:{}[]\"/")
	if n < 0 {
		n = len(rest)
	}
	if n == 0 {
		_, n = utf8.DecodeRune(rest)
	}
	word := string(rest[:n])
	if m.state == wantName || m.state == wantComma && m.stack[len(m.stack)-1] == '{' {
		return m.bareName(word)
	}
	literal := strings.ToLower(word)
	switch {
	case literal == "true" || literal == "false" || literal == "null":
	case jsontext.Value(word).IsValid():
		literal = word
	default:
		return m.fail(short(word) + " is no value")
	}
	if failure := m.before(); failure != nil {
		return failure
	}
	if literal != word {
		m.note(m.i, word+" is read as "+literal)
	}
	for i := range len(literal) {
		m.insert(len(m.out), literal[i], m.i+i)
	}
	m.i += n
	m.done(m.next())
	return nil
}

// bareName reads a name that lacks its quotes.
func (m *mender) bareName(word string) *mistake {
	after := bytes.TrimLeft(m.src[m.i+len(word):], " \t")
	if bareValue().FindString(word) != word || !bytes.HasPrefix(after, []byte(":")) {
		return m.fail(short(word) + " is no name in quotes")
	}
	if failure := m.before(); failure != nil {
		return failure
	}
	m.note(m.i, "quotes are missing around "+short(word)+", and are added")
	m.insert(len(m.out), '"', m.i)
	m.copy(len(word))
	m.insert(len(m.out), '"', m.i-1)
	m.done(wantColon)
	return nil
}
