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

// Cache is a folder that keeps the last document from each address with its ETag,
// so that the service need not send an unchanged document again. The zero Cache
// keeps nothing.
type Cache struct{ Dir string }

// entry is the first line of a file in the cache. The document follows it.
type entry struct {
	ETag   string `json:"etag"`
	Digest string `json:"digest"`
}

// Get is like the function [Get], but also returns the earlier version of the
// document in the cache, or nil. If the service says that this is still the
// current one, the document has its data, and NotModified is set.
//
// Get ignores damaged entries.
func (c Cache) Get(ctx context.Context, address string, o Options) (document *Document, earlier []byte, err error) {
	old := c.Find(address)
	if old != nil {
		o.ETag, earlier = old.ETag, old.Data
	}
	document, err = Get(ctx, address, o)
	if err == nil && document.NotModified {
		document.Data = earlier
	}
	return document, earlier, err
}

// Put stores a document. If it is cut short, the digest does not match, and Find
// ignores the entry.
func (c Cache) Put(address string, d *Document) error {
	if c.Dir == "" {
		return nil
	}
	head, err := json.Marshal(entry{d.ETag, digest(d.Data)})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(c.file(address), slices.Concat(head, []byte("\n"), d.Data), 0o600)
}

// Find returns the stored document, or nil.
func (c Cache) Find(address string) *Document {
	if c.Dir == "" {
		return nil
	}
	content, err := os.ReadFile(c.file(address))
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
	return &Document{Name: Redacted(address), Data: data, ETag: e.ETag}
}

// file returns the name of the file for an address. The address is not part of
// the name, as it may hold a secret.
func (c Cache) file(address string) string { return filepath.Join(c.Dir, digest([]byte(address))) }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
