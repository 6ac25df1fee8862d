package edm

import (
	"fmt"
	"strings"
)

// Guid is an Edm.Guid: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
// Guids that were received or come from ParseGuid are in lower case, so that ==
// compares them. Other forms cannot be sent.
type Guid string

// ParseGuid returns s in lower case if it is a GUID.
func ParseGuid(s string) (Guid, error) {
	const form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
	ok := len(s) == len(form)
	for i := 0; ok && i < len(s); i++ {
		if form[i] == '-' {
			ok = s[i] == '-'
		} else {
			ok = '0' <= s[i] && s[i] <= '9' || 'a' <= s[i]|0x20 && s[i]|0x20 <= 'f'
		}
	}
	if !ok {
		return "", fmt.Errorf("odata: %q is not an Edm.Guid, like %q", s, form)
	}
	return Guid(strings.ToLower(s)), nil
}

// AppendText appends the GUID in lower case. It fails if g is not a GUID.
func (g Guid) AppendText(b []byte) ([]byte, error) {
	g, err := ParseGuid(string(g))
	return append(b, g...), err
}

// UnmarshalText parses a GUID, like [ParseGuid].
func (g *Guid) UnmarshalText(text []byte) (err error) {
	*g, err = ParseGuid(string(text))
	return err
}
