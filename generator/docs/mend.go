package docs

import (
	"bytes"
	"slices"
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

// maxMended is how many mistakes still leave no doubt.
const maxMended = 100

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
		if len(m.mended) > maxMended {
			return m.fail("it has too many mistakes")
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
