package docs

import (
	"bytes"
	"encoding/json/jsontext"
	"slices"
	"strings"
	"unicode/utf8"
)

// mender makes JSON of a text that has the mistakes of people, as far as they
// leave no doubt about what is meant.
type mender struct {
	src    []byte
	i      int    // where in src it is
	out    []byte // what is read so far
	index  []int  // where in src each byte of out is
	mended []mistake

	state state
	stack []byte // the brackets that are open

	comma   int  // where in out a comma is that nothing follows yet, -1 if there is none
	lastOut int  // where in out the last token ends, apart from commas
	lastSrc int  // and where in src
	elided  bool // an ellipsis follows the last token
}

// mistake is something wrong at an offset of src.
type mistake struct {
	at      int
	message string
}

// state is what comes next.
type state int

const (
	wantValue state = iota // at the start and after a colon
	wantItem               // of an array, or its end
	wantName               // of a member, or the end of the object
	wantColon
	wantComma // or the end of the array or object
	wantEnd
)

// mend returns why src cannot be mended, nil if out is as it should be.
func (m *mender) mend() *mistake {
	m.comma = -1
	for m.i < len(m.src) {
		if failure := m.token(); failure != nil {
			return failure
		}
	}
	return m.end()
}

// token reads a token, white space or a comment.
func (m *mender) token() *mistake {
	switch c := m.src[m.i]; {
	case c == ' ' || c == '\t' || c == '\n':
		m.copy(1)
	case m.skipComment() || m.skipEllipsis():
	case c == ',':
		return m.readComma()
	case c == ':':
		if m.state != wantColon {
			return m.fail("a colon is out of place")
		}
		m.copy(1)
		m.done(wantValue)
	case c == '{' || c == '[':
		if failure := m.before(); failure != nil {
			return failure
		}
		m.stack = append(m.stack, c)
		m.copy(1)
		m.done(map[byte]state{'{': wantName, '[': wantItem}[c])
	case c == '}' || c == ']':
		return m.closing(c)
	case m.state == wantEnd:
		return m.fail("there is text after its end")
	case m.state == wantColon:
		return m.fail("a colon is missing")
	case m.quote() != nil:
		return m.text()
	default:
		return m.word()
	}
	return nil
}

// done sets what comes after a token.
func (m *mender) done(next state) {
	m.state = next
	m.lastOut, m.lastSrc = len(m.out), m.i
	m.comma, m.elided = -1, false
}

// next returns what comes after a value.
func (m *mender) next() state {
	if len(m.stack) == 0 {
		return wantEnd
	}
	return wantComma
}

// before prepares for a value or a name, which may lack the comma before it.
func (m *mender) before() *mistake {
	switch m.state {
	case wantEnd:
		return m.fail("there is text after its end")
	case wantColon:
		return m.fail("a colon is missing")
	case wantComma:
		if !bytes.Contains(m.src[m.lastSrc:m.i], []byte("\n")) {
			return m.fail("a comma is missing")
		}
		if !m.elided {
			m.note(m.lastSrc, "a comma is missing at the end of the line, and is added")
		}
		m.insert(m.lastOut, ',', m.lastSrc)
		m.comma = m.lastOut
		m.state = m.inside()
	}
	return nil
}

// inside returns what can follow a comma.
func (m *mender) inside() state {
	if m.stack[len(m.stack)-1] == '{' {
		return wantName
	}
	return wantItem
}

func (m *mender) readComma() *mistake {
	switch m.state {
	case wantComma:
		m.comma = len(m.out)
		m.state = m.inside()
		m.copy(1)
		return nil
	case wantItem, wantName, wantEnd:
		if !m.elided {
			m.note(m.i, "a comma too many is left out")
		}
		m.i++
		return nil
	}
	return m.fail("a value is missing")
}

func (m *mender) closing(c byte) *mistake {
	if m.state == wantEnd {
		m.note(m.i, "a closing bracket too many is left out")
		m.i++
		return nil
	}
	if m.state == wantValue || m.state == wantColon {
		return m.fail("a value is missing")
	}
	open := m.stack[len(m.stack)-1]
	if (open == '{') != (c == '}') {
		return m.fail(string(c) + " is not what closes " + string(open))
	}
	m.dropComma()
	m.stack = m.stack[:len(m.stack)-1]
	m.copy(1)
	m.done(m.next())
	return nil
}

// dropComma takes back a comma that nothing follows.
func (m *mender) dropComma() {
	if m.comma < 0 {
		return
	}
	if !m.elided {
		m.note(m.index[m.comma], "a comma with nothing behind it is left out")
	}
	m.out = slices.Delete(m.out, m.comma, m.comma+1)
	m.index = slices.Delete(m.index, m.comma, m.comma+1)
	m.comma = -1
}

// end closes what is open at the end of the text.
func (m *mender) end() *mistake {
	switch m.state {
	case wantEnd:
		return nil
	case wantValue, wantColon:
		return m.fail("it ends too early")
	}
	m.dropComma()
	m.note(len(m.src), "closing brackets are missing at the end, and are added")
	for _, open := range slices.Backward(m.stack) {
		m.insert(len(m.out), map[byte]byte{'{': '}', '[': ']'}[open], len(m.src)-1)
	}
	return nil
}

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
	if bareValue.FindString(word) != word || !bytes.HasPrefix(after, []byte(":")) {
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

// copy takes bytes over as they are.
func (m *mender) copy(n int) {
	for range n {
		m.out = append(m.out, m.src[m.i])
		m.index = append(m.index, m.i)
		m.i++
	}
}

// insert adds a byte that is for the one at an offset of src.
func (m *mender) insert(at int, c byte, src int) {
	m.out = slices.Insert(m.out, at, c)
	m.index = slices.Insert(m.index, at, max(src, 0))
}

func (m *mender) note(at int, message string) {
	m.mended = append(m.mended, mistake{at, message})
}

func (m *mender) fail(message string) *mistake { return &mistake{m.i, message} }
