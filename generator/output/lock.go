package output

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// LockName is the name of the lock file in the output folder.
const LockName = "msgraphgen.lock.json"

// Lock is the content of the lock file: what the output was made from, and how to
// know it again. It holds no time and no path of the machine that wrote it.
type Lock struct {
	// Tool is the version of msgraphgen.
	Tool string `json:"tool"`
	// Source is the metadata that was read.
	Source Source `json:"source"`
	// Closure is the digest of the selected model.
	Closure string `json:"closure"`
	// Config is the digest of the configuration.
	Config string `json:"config"`
	// Names are the pinned names: the OData name of each element and its Go name.
	Names map[string]string `json:"names"`
	// Files are the paths of the files that were written, as in [Files], and the
	// digest of each: "sha256:" and 64 hexadecimal digits.
	Files map[string]string `json:"files"`
	// Pending is there only while files are written, or after a run that was cut
	// short: the paths that it set out to change, and the digest of the content to
	// come, or "" for a file to remove.
	Pending map[string]string `json:"pending,omitempty"`
	// Model is the selected model.
	Model jsontext.Value `json:"model"`
	// Kept is what of the model before this one is kept until there is another one.
	Kept jsontext.Value `json:"kept,omitzero"`
}

// Source is the metadata that an output was made from.
type Source struct {
	// Name is the base name of a file, or a URL.
	Name string `json:"name"`
	// Format is the format of the metadata: csdl or openapi.
	Format string `json:"format"`
	// Digest is the digest of the whole metadata, in the form of Lock.Files.
	Digest string `json:"digest"`
	// Upstream is what it was taken from by update, with the digest of that; nil
	// if it was not.
	Upstream *Upstream `json:"upstream,omitzero"`
}

// Upstream is metadata that another one was taken from. Name and Digest are as
// in [Source].
type Upstream struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// ReadLock reads the lock file of an output folder. It returns nil and no error
// when there is none, and a *DamagedError for one that cannot be used. After a first run that was cut short, the lock holds Tool
// and Pending alone.
func ReadLock(dir string) (*Lock, error) {
	d, err := openDisk(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	lock, _, err := d.readLock()
	return lock, err
}

// DamagedError says that a lock file is there, but cannot be used: where it is
// damaged, and what to do.
type DamagedError struct{ Err error }

// Error returns the message.
func (e *DamagedError) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *DamagedError) Unwrap() error { return e.Err }

// ParseLock decodes the content of a lock file, wherever it was read from. The
// error for a damaged one starts with "line:column: ".
func ParseLock(content []byte) (*Lock, error) {
	lock := new(Lock)
	if err := json.Unmarshal(content, lock, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("%s: %w", position(content, err), err)
	}
	for _, list := range []map[string]string{lock.Files, lock.Pending} {
		for _, file := range slices.Sorted(maps.Keys(list)) {
			if err := checkPath(file); err != nil {
				return nil, fmt.Errorf("1:1: %w", err)
			}
		}
	}
	return lock, nil
}

// position is where in content err happened, as line:column, both from 1, the
// column in bytes.
func position(content []byte, err error) string {
	var offset int64
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset = syntactic.ByteOffset
	} else if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		offset = semantic.ByteOffset
	}
	before := content[:min(offset, int64(len(content)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Sprintf("%d:%d", line, column)
}

// encode gives the one form that a lock is written in.
func (l Lock) encode() ([]byte, error) {
	content, err := json.Marshal(l, json.Deterministic(true), jsontext.WithIndent("\t"))
	if err != nil {
		return nil, fmt.Errorf("encoding %s: %w", LockName, err)
	}
	return append(content, '\n'), nil
}

// sameButSource reports whether two locks say the same of everything but the
// content of the source: a schema release that does not touch the selection.
func sameButSource(a, b Lock) (bool, error) {
	a.Source = Source{Name: a.Source.Name, Format: a.Source.Format}
	b.Source = Source{Name: b.Source.Name, Format: b.Source.Format}
	x, err := a.encode()
	if err != nil {
		return false, err
	}
	y, err := b.encode()
	if err != nil {
		return false, err
	}
	return bytes.Equal(x, y), nil
}

// lists reports whether the lock knows a path.
func (l *Lock) lists(file string) bool {
	_, written := l.Files[file]
	_, pending := l.Pending[file]
	return written || pending
}

// wrote reports whether msgraphgen put this content there: the file is as the last
// run left it, or as a run that was cut short did.
func (l *Lock) wrote(file, digest string) bool {
	return digest != "" && (l.Files[file] == digest || l.Pending[file] == digest)
}

// journal is the lock to write before anything else changes. Whichever of the
// pending changes then happen, each file is as Files or as Pending says. What an
// earlier run left half done becomes the state to start from.
func (l *Lock) journal(have map[string]found, pending map[string]string) Lock {
	journal := *l
	journal.Files = maps.Clone(l.Files)
	if journal.Files == nil {
		journal.Files = map[string]string{}
	}
	for file, here := range have {
		if l.wrote(file, here.digest) {
			journal.Files[file] = here.digest
		}
	}
	journal.Pending = pending
	return journal
}
