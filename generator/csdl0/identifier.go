package csdl0

import "unicode"

// maxIdentifier is how many characters an identifier has at most.
const maxIdentifier = 128

// isIdentifier reports whether s is a SimpleIdentifier, CSDL section 17.2.
func isIdentifier(s string) bool {
	n := 0
	for _, c := range s {
		n++
		switch {
		case c == '_' || unicode.In(c, unicode.L, unicode.Nl):
		case n > 1 && unicode.In(c, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Cf):
		default:
			return false
		}
	}
	return 0 < n && n <= maxIdentifier
}
