// Package input reads metadata from a file, from an address, or from the built-in
// snapshot.
package input

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/generator/wait"
)

// maxSize is the largest size of metadata, in bytes. The metadata of all of Graph
// has about 5 MB.
const maxSize = 64 << 20

// Document is metadata in the form in which it was read.
type Document struct {
	Name        string // for messages: as the user gave it, an address as Redacted returns it
	Data        []byte
	ETag        string // from the service, or ""
	NotModified bool   // the service says that its ETag still is Options.ETag
}

// Read returns the document with a name: a file, an address, or the snapshot.
//
// Errors are those of the system, of [Get], of ctx, or a *source.InputError for a
// document that is too large.
func Read(ctx context.Context, name string) (*Document, error) {
	switch {
	case name == Snapshot:
		return &Document{Name: name, Data: SnapshotCSDL()}, nil
	case IsAddress(name):
		return Get(ctx, name, Fetching)
	}
	// A pipe may never be written to.
	return wait.For(ctx, name+" to be read", func() (*Document, error) { return open(name) }, nil)
}

func open(name string) (*Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		if info.IsDir() {
			return nil, fmt.Errorf("%s is a folder: give the metadata file in it", name)
		}
		size = min(info.Size(), maxSize)
	}
	data, err := readFile(f, name, size)
	if err != nil {
		return nil, err
	}
	return &Document{Name: name, Data: data}, nil
}

// readFile reads up to maxSize bytes. It allocates the expected size at once, as
// growing takes as long as half of the parsing.
func readFile(r io.Reader, name string, size int64) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err := b.ReadFrom(io.LimitReader(r, maxSize+1))
	data := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxSize {
		return nil, tooLarge(name)
	}
	return data, nil
}

// Fetching are the options for metadata from the network.
var Fetching = Options{MaxSize: maxSize, Timeout: 2 * time.Minute, Attempts: 3, Wait: time.Second}

func tooLarge(name string) error {
	return source.Errorf(source.Position{File: name}, "the source is larger than %d MB, the limit for metadata: check that it is the right file", maxSize>>20)
}

// IsAddress reports whether name is an address, not the name of a file.
func IsAddress(name string) bool { return strings.Contains(name, "://") }

// Redacted returns an address for messages: without the parts that can hold a secret,
// which are the user, the password, the query and the fragment. The name of a file it
// returns as it is.
func Redacted(address string) string {
	if !IsAddress(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "the address"
	}
	return redacted(u)
}

func redacted(u *url.URL) string {
	public := *u
	public.User, public.RawQuery, public.Fragment = nil, "", ""
	if u.RawQuery != "" {
		return public.String() + "?…"
	}
	return public.String()
}

// HasPassword reports whether an address holds a user name or a password.
func HasPassword(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.User != nil
}

// PublicName returns the name of a document for files in a repository: an address
// without secrets, or the base name of a file.
func (d *Document) PublicName() string {
	if u, err := url.Parse(d.Name); err == nil && IsAddress(d.Name) {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		return u.String()
	}
	return filepath.Base(d.Name)
}
