package csdl

import (
	"bytes"
	"encoding/xml"
	"io"
)

// token is a token of a document, or the error that ends it.
type token struct {
	xml.Token
	err          error
	line, column int   // of the start
	start, end   int64 // offsets
}

// batchSize is the number of tokens that pass from the decoder to the reader at a time.
const batchSize = 512

// readAhead decodes the tokens of a document in another goroutine, in batches, until an
// error or the end. The decoder takes more time than everything that the reader does
// with the tokens. The caller has to call stop.
func readAhead(data []byte) (batches <-chan []token, stop func()) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, charsetError(charset)
	}
	out, stopped := make(chan []token), make(chan struct{})
	go func() {
		defer close(out)
		// The reader takes one batch when it has read the other one.
		var buffers [2][]token
		for i := 0; ; i = 1 - i {
			batch := decodeBatch(buffers[i][:0], decoder, data)
			buffers[i] = batch
			select {
			case out <- batch:
			case <-stopped:
				return
			}
			if batch[len(batch)-1].err != nil {
				return
			}
		}
	}()
	return out, func() { close(stopped) }
}

// decodeBatch decodes tokens into the memory of an earlier batch, up to the first error.
func decodeBatch(batch []token, decoder *xml.Decoder, data []byte) []token {
	for len(batch) < batchSize {
		t := token{start: decoder.InputOffset()}
		t.line, t.column = decoder.InputPos()
		t.Token, t.err = decoder.RawToken()
		t.end = decoder.InputOffset()
		if text, ok := t.Token.(xml.CharData); ok {
			// The decoder writes the next text into the same memory.
			if same := data[t.start:t.end]; bytes.Equal(same, text) {
				t.Token = xml.CharData(same)
			} else {
				t.Token = text.Copy()
			}
		}
		batch = append(batch, t)
		if t.err != nil {
			break
		}
	}
	return batch
}
