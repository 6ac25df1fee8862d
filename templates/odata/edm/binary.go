package edm

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
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

// DecodeBody returns the body that a string in the JSON of a batch stands for: of a
// type text/*, it is the text, and else base64 or base64url (OData JSON Format 4.01,
// section 19). Microsoft Graph sends texts in base64: a text that is base64 of another
// text stands for that.
func DecodeBody(mediaType, text string) ([]byte, error) {
	if !strings.HasPrefix(strings.ToLower(mediaType), "text/") {
		var body Binary
		err := body.UnmarshalText([]byte(text))
		return []byte(body), err
	}
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil || isCount(text) || !isText(string(body)) {
		return []byte(text), nil
	}
	return body, nil
}

// isCount reports whether a text is the result of a $count, which some services
// send as it is.
func isCount(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// isText reports whether a text is UTF-8 without control characters, but white space.
func isText(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
}
