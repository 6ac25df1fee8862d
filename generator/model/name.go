package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest identifier, in characters, CSDL section 15.2.
const maxName = 128

// IsIdentifier reports whether s is a SimpleIdentifier, CSDL section 15.2.
func IsIdentifier(s string) bool {
	if len(s) > maxName && utf8.RuneCountInString(s) > maxName {
		return false
	}
	for i, c := range s {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
		case c < utf8.RuneSelf:
			if i == 0 || c < '0' || c > '9' {
				return false
			}
		case unicode.In(c, unicode.L, unicode.Nl):
		case i == 0 || !unicode.In(c, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Cf):
			return false
		}
	}
	return s != ""
}

// IsReadableName reports whether s can name a JSON member and a path segment,
// even if it is not an identifier: "request-id", "1.0", "Not set". Its
// punctuation has no meaning in OData or JSON.
func IsReadableName(s string) bool {
	for _, c := range s {
		if !unicode.In(c, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("_-.+:~ ", c) {
			return false
		}
	}
	return s != "" && s == strings.TrimSpace(s) && utf8.RuneCountInString(s) <= maxName
}
