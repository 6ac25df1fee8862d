package edm

import "strings"

// Join returns the value of a flags enumeration that holds the given members.
func Join[E ~string](members ...E) E {
	texts := make([]string, len(members))
	for i, m := range members {
		texts[i] = string(m)
	}
	return E(strings.Join(texts, ","))
}

// Split returns the members that a value of a flags enumeration holds, including
// members that the schema does not declare. OData separates them by commas
// (OData JSON Format 4.01, section 7.1); spaces around them are tolerated.
func Split[E ~string](value E) []E {
	var members []E
	for m := range strings.SplitSeq(string(value), ",") {
		if m = strings.TrimSpace(m); m != "" {
			members = append(members, E(m))
		}
	}
	return members
}

// Has reports whether a value of a flags enumeration holds the member.
func Has[E ~string](value, member E) bool {
	for m := range strings.SplitSeq(string(value), ",") {
		if strings.TrimSpace(m) == string(member) {
			return true
		}
	}
	return false
}
