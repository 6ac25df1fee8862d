package yamlcut

import "bytes"

// multiline follows the scalars of a YAML document that continue over several
// lines, whose text may look like anything.
type multiline struct {
	block int  // lines that are indented more belong to a block scalar; 0 if there is none
	quote byte // of the quoted scalar that continues; 0 if there is none
	key   int  // the indentation of the line in which that scalar begins
}

// holds reports whether a line belongs to such a scalar. It returns false for
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
		return false, false // not allowed in YAML, but libyaml continues the scalar
	}
	if closes(text, m.quote) {
		m.quote = 0
	}
	return true, true
}

// begin notes whether a value that continues begins in a line. It returns
// false if it is not sure.
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

// closes reports whether a line certainly ends a scalar with its quotation
// mark.
func closes(text []byte, quote byte) bool {
	text = bytes.TrimRight(text, " ")
	n := len(text)
	if n == 0 || text[n-1] != quote {
		return false
	}
	return n == 1 || text[n-2] != '\\' && text[n-2] != '\''
}

// valueOf returns the value in a line: the text after the key, or the whole
// text if there is no key.
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

// keyOf returns the key at the start of a line of a block mapping, or "".
func keyOf(line []byte) string {
	if line[0] == '\'' || line[0] == '"' {
		end := bytes.IndexByte(line[1:], line[0])
		if end < 0 || !bytes.HasPrefix(line[end+2:], []byte(":")) || bytes.ContainsRune(line[:end+1], '\\') {
			return ""
		}
		return string(line[1 : end+1])
	}
	key, rest, ok := bytes.Cut(line, []byte(":"))
	special := "{}[]&*?|>!%@`\"'# \t"
	if len(key) > 0 && key[0] == '/' {
		special = "# \t" // the name of a path can have the others
	}
	if !ok || len(rest) > 0 && rest[0] != ' ' || bytes.ContainsAny(key, special) {
		return ""
	}
	return string(key)
}

// isOnlyKey reports whether a line holds a key, quoted or not, and no value.
func isOnlyKey(line []byte, key string) bool {
	line = bytes.TrimRight(line, " ")
	return len(line) == len(key)+1 || len(line) == len(key)+3 && line[0] != key[0]
}

// hasAnchor reports whether data may have an anchor of YAML. Its value may be
// needed elsewhere.
func hasAnchor(data []byte) bool {
	for at := 0; ; at++ {
		next := bytes.IndexByte(data[at:], '&')
		if next < 0 {
			return false
		}
		at += next
		before := at == 0 || bytes.IndexByte([]byte(" \t\n[{,:"), data[at-1]) >= 0
		after := at+1 < len(data) && bytes.IndexByte([]byte(" \t\r\n"), data[at+1]) < 0
		if before && after {
			return true
		}
	}
}
