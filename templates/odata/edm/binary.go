package edm

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Binary is an Edm.Binary: bytes, which JSON holds as base64url. It is a string
// type so that it is comparable and nothing can change it; convert it from and
// to []byte. It is sent with padding, which OData allows and many services of
// Microsoft require. The standard alphabet is accepted, too, and so is missing
// padding; a value that was received like that is sent back like that.
type Binary string

// Stream is the value of an Edm.Stream property where it is inline, as base64url.
type Stream = Binary

// String returns the bytes in base64url.
func (v Binary) String() string { return base64.URLEncoding.EncodeToString([]byte(v)) }

// AppendText appends the bytes in base64url.
func (v Binary) AppendText(b []byte) ([]byte, error) {
	return base64.URLEncoding.AppendEncode(b, []byte(v)), nil
}

// UnmarshalText decodes base64url or standard base64, padded or not.
func (v *Binary) UnmarshalText(text []byte) error {
	s := strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(string(text), "="))
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return fmt.Errorf("odata: not an Edm.Binary: %w", err)
	}
	*v = Binary(b)
	return nil
}
