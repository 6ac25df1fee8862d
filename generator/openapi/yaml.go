package openapi

import "bytes"

// hasAnchor reports whether data may have an anchor of YAML. What one in a path
// stands for may be needed elsewhere.
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

// isOnlyKey reports whether a line holds a key, quoted or not, and no value.
func isOnlyKey(line []byte, key string) bool {
	line = bytes.TrimRight(line, " ")
	return len(line) == len(key)+1 || line[0] != key[0] && len(line) == len(key)+3
}

// keyOf returns the key that a line of a block mapping begins with, or "".
func keyOf(line []byte) string {
	if line[0] == '\'' || line[0] == '"' {
		end := bytes.IndexByte(line[1:], line[0])
		if end < 0 || !bytes.HasPrefix(line[end+2:], []byte(":")) || bytes.ContainsRune(line[:end+1], '\\') {
			return ""
		}
		return string(line[1 : end+1])
	}
	key, rest, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(rest) > 0 && rest[0] != ' ' || bytes.ContainsAny(key, "{}[]&*?|>!%@`\"'# ") && key[0] != '/' {
		return ""
	}
	return string(key)
}
