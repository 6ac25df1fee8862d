package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxSize is how large a source may be, in bytes. The metadata of the whole
// of Graph is about 5 MB.
const maxSize = 64 << 20

// fetchTimeout is how long reading a source from the network may take.
const fetchTimeout = 2 * time.Minute

// input is a source that was read. Its name is for messages and the lock
// file: as the user gave it.
type document struct {
	name     string
	data     []byte
	upstream *output.Upstream // what it was taken from, if that is known
}

// since completes the input with what an earlier run knows of it.
func (in document) since(old *output.Lock) document {
	if in.upstream == nil && old != nil && old.Source.Digest == digest(in.data) {
		in.upstream = old.Source.Upstream
	}
	return in
}

// read returns the contents of a source: a file, an address, or the snapshot.
func read(ctx context.Context, name string) (document, error) {
	switch {
	case name == input.Snapshot:
		return document{name: name, data: input.SnapshotCSDL()}, nil
	case isAddress(name):
		return fetchSource(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return document{}, fmt.Errorf("source: %w", err)
	}
	defer f.Close()
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		if info.IsDir() {
			return document{}, fmt.Errorf("source: %s is a folder: name the metadata file in it", name)
		}
		size = min(info.Size(), maxSize)
	}
	data, err := readAll(f, name, size)
	return document{name: name, data: data}, err
}

// readAll reads up to maxSize bytes. Memory for the size that is expected is
// had at once: to grow into it takes as long as half of the parsing.
func readAll(r io.Reader, name string, size int64) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err := b.ReadFrom(io.LimitReader(r, maxSize+1))
	data := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("source: %s: %w", name, err)
	}
	if len(data) > maxSize {
		return nil, tooLarge(name)
	}
	return data, nil
}

// fetching says how a source is read from the network.
var fetching = input.Options{MaxSize: maxSize, Timeout: fetchTimeout, Attempts: 3, Wait: time.Second}

// fetchSource reads a source from the network.
func fetchSource(ctx context.Context, address string) (document, error) {
	fetched, err := input.Get(ctx, address, fetching)
	if err != nil {
		return document{}, fetchError("source", address, err)
	}
	return document{name: redacted(address), data: fetched.Data}, nil
}

// fetchError says for what an address was to be read.
func fetchError(what, address string, err error) error {
	if _, ok := errors.AsType[*input.SchemeError](err); ok {
		return &ConfigError{what + ": " + err.Error()}
	}
	if _, ok := errors.AsType[*input.SizeError](err); ok {
		return tooLarge(redacted(address))
	}
	return fmt.Errorf("%s: %w", what, err)
}

// isAddress tells an address from the name of a file.
func isAddress(name string) bool { return strings.Contains(name, "://") }

// redacted returns an address without its password.
func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the address"
	}
	return u.Redacted()
}

func tooLarge(name string) error {
	var ds source.Diagnostics
	ds.Errorf(source.Position{File: name}, "the source is larger than %d MB, which no metadata of Graph is: is it the right one?", maxSize>>20)
	return ds.Err()
}

// lockName returns the name of a source as it stands in the lock file, which
// holds no path of the machine, and nothing that may be a secret.
func (in document) lockName() string {
	if u, err := url.Parse(in.name); err == nil && isAddress(in.name) {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		return u.String()
	}
	return filepath.Base(in.name)
}
