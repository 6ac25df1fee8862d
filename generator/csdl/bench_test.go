package csdl_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
)

const benchmarkFile = "beta-2021-07-13.xml"

// BenchmarkRawTokens is what the others are to be compared with: the least
// that reading the file with encoding/xml costs.
func BenchmarkRawTokens(b *testing.B) {
	benchmarkTokens(b, (*xml.Decoder).RawToken)
}

func BenchmarkTokens(b *testing.B) {
	benchmarkTokens(b, (*xml.Decoder).Token)
}

func benchmarkTokens(b *testing.B, next func(*xml.Decoder) (xml.Token, error)) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		decoder := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := next(decoder); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := csdl.Parse(benchmarkFile, data, csdl.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseAndLink(b *testing.B) {
	data := readMetadata(b, benchmarkFile)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(benchmarkFile, data); err != nil {
			b.Fatal(err)
		}
	}
}
