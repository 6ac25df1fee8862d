package docs

import "slices"

// readComma reads a comma.
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

// closing reads a closing bracket.
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
