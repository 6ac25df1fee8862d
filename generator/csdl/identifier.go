package csdl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isIdentifier reports whether s is a SimpleIdentifier, section 15.2.
func isIdentifier(s string) bool {
	if len(s) > 128 && utf8.RuneCountInString(s) > 128 {
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

// isNamespace reports whether s is a namespace, section 15.1.
func isNamespace(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !isIdentifier(part) {
			return false
		}
	}
	return utf8.RuneCountInString(s) <= 511
}

// isReserved reports whether s can be neither namespace nor alias, section 5.
func isReserved(s string) bool {
	return s == "Edm" || s == "odata" || s == "System" || s == "Transient"
}
