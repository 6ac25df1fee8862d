package report

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// WriteJSON writes a value as indented JSON. Hidden characters are written as
// escapes of JSON, so that the document is safe to show and decodes to the same
// texts. Bytes that are not UTF-8 become U+FFFD.
func WriteJSON(w io.Writer, v any) error {
	data, err := json.Marshal(v, jsontext.Multiline(true), json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, r := range string(data) {
		switch {
		case r < ' ' || !source.Hidden(r): // outside of strings, or nothing to hide
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}
