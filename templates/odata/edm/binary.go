package edm

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Binary is an Edm.Binary: bytes, which JSON holds as base64. It is a string
// type, so that it is comparable and nothing can change it; convert it from and
// to []byte.
//
// It is sent as standard base64 with padding, as Microsoft Graph sends it. That
// departs from OData JSON Format 4.01, section 7.1, which asks for base64url:
// services of Microsoft refuse that. Both alphabets are read, padded or not, and
// a value that was received in another spelling is sent back as it was received.
type Binary string

// String returns the bytes in base64.
func (v Binary) String() string { return base64.StdEncoding.EncodeToString([]byte(v)) }

// AppendText appends the bytes in base64.
func (v Binary) AppendText(b []byte) ([]byte, error) {
	return base64.StdEncoding.AppendEncode(b, []byte(v)), nil
}

// UnmarshalText decodes base64 or base64url, padded or not.
func (v *Binary) UnmarshalText(text []byte) error {
	s := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(string(text), "="))
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return fmt.Errorf("odata: not an Edm.Binary: %w", err)
	}
	*v = Binary(b)
	return nil
}
