package input

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Cache is a folder that keeps the release of the last update of a package, with its
// ETag, so that the service need not send an unchanged release again. The zero Cache
// keeps nothing.
type Cache struct {
	Dir     string
	Package string // the folder of the package
}

// Cached is a release in the cache.
type Cached struct {
	Data     []byte
	ETag     string // "" if the service gave none
	Recorded string // what the lock file of the package recorded as the digest of its release
}

// entry is the first line of a file in the cache. The release follows it.
type entry struct {
	ETag     string `json:"etag"`
	Digest   string `json:"digest"`
	Recorded string `json:"recorded"`
}

// Get is like the function [Get], but also returns the stored release, or nil. If the
// service says that this is still the current one, the document has its data, and
// NotModified is set.
func (c Cache) Get(ctx context.Context, address string, o Options) (*Document, *Cached, error) {
	old := c.Find(address)
	if old != nil {
		o.ETag = old.ETag
	}
	document, err := Get(ctx, address, o)
	if err == nil && document.NotModified {
		document.Data = old.Data
	}
	return document, old, err
}

// Put stores a release of an upstream. If it is cut short, the digest does not match,
// and Find ignores the entry.
func (c Cache) Put(upstream string, d *Document, recorded string) error {
	if c.Dir == "" {
		return nil
	}
	head, err := json.Marshal(entry{d.ETag, digest(d.Data), recorded})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(c.file(upstream), slices.Concat(head, []byte("\n"), d.Data), 0o600)
}

// Find returns the stored release of an upstream, or nil. It ignores damaged entries.
func (c Cache) Find(upstream string) *Cached {
	if c.Dir == "" {
		return nil
	}
	content, err := os.ReadFile(c.file(upstream))
	if err != nil {
		return nil
	}
	head, data, _ := bytes.Cut(content, []byte("\n"))
	var e entry
	if json.Unmarshal(head, &e) != nil || e.Digest != digest(data) {
		return nil
	}
	if strings.ContainsFunc(e.ETag, unicode.IsControl) {
		e.ETag = "" // a header cannot hold it
	}
	return &Cached{data, e.ETag, e.Recorded}
}

// file returns the name of the file for an upstream. The upstream is not part of the
// name, as an address may hold a secret.
func (c Cache) file(upstream string) string {
	return filepath.Join(c.Dir, digest([]byte(upstream+"\n"+c.Package)))
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
