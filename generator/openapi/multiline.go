package openapi

import "bytes"

// multiline follows the scalars of a YAML document that go on over several
// lines, whose text may look like anything.
type multiline struct {
	block int  // lines that are indented more are of a block scalar; 0 if there is none
	quote byte // of the scalar that goes on, 0 if none does
	key   int  // the indentation of the line in which that began
}

// holds reports whether a line is part of such a scalar. It returns false for
// ok if it is not sure.
func (m *multiline) holds(text []byte, indent int) (holds, ok bool) {
	if m.block > 0 && indent > m.block {
		return true, true
	}
	m.block = 0
	if m.quote == 0 {
		return false, true
	}
	if indent <= m.key {
		return false, false // not allowed in YAML, but libyaml lets it go on here
	}
	if closes(text, m.quote) {
		m.quote = 0
	}
	return true, true
}

// begin notes whether a value begins in a line that goes on. It returns false
// if it is not sure.
func (m *multiline) begin(text []byte, indent int) bool {
	for bytes.HasPrefix(text, []byte("- ")) {
		rest := bytes.TrimLeft(text[1:], " ")
		indent += len(text) - len(rest)
		text = rest
	}
	value := bytes.Trim(valueOf(text), " ")
	if len(value) == 0 {
		return true
	}
	switch value[0] {
	case '|', '>':
		m.block = indent
	case '"', '\'':
		if len(value) == 1 || !closes(value, value[0]) && string(value[1:]) != string(value[:1]) {
			m.quote, m.key = value[0], indent
		}
	case '{':
		return value[len(value)-1] == '}'
	case '[':
		return value[len(value)-1] == ']'
	case '!', '?':
		return false
	}
	return true
}

// valueOf returns what follows the key in a line, or all if it has none.
func valueOf(text []byte) []byte {
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') {
		if key := keyOf(text); key != "" {
			return text[len(key)+3:]
		}
		return text
	}
	if at := bytes.Index(text, []byte(": ")); at >= 0 {
		return text[at+1:]
	}
	if bytes.HasSuffix(text, []byte(":")) {
		return nil
	}
	return text
}

// closes reports whether a line ends with a quotation mark that ends a scalar
// for sure.
func closes(text []byte, quote byte) bool {
	text = bytes.TrimRight(text, " ")
	n := len(text)
	if n == 0 || text[n-1] != quote {
		return false
	}
	return n == 1 || text[n-2] != '\\' && text[n-2] != '\''
}
