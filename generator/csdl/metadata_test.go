package csdl_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// metadata is where the real metadata of Graph is, if it is.
const metadata = "../../../shared/metadata/csdl"

// readMetadata returns one of the real files. Where they are absent it skips
// the test.
func readMetadata(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(metadata, name))
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("the metadata of Graph is not here: %v", err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
