// Package lock reads and writes the lock file of a generated package. It records
// the selected model, the configuration, the pinned Go names and the digests of
// the files.
package lock

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/msgraphgen/msgraphgen/generator/config"
)

// Name is the name of the lock file in the output folder.
const Name = "msgraphgen.lock.json"

// Staging is the name of the folder, in the output folder, that holds new files
// until they are renamed into place. The go command ignores it.
const Staging = ".msgraphgen.tmp"

// Format is the version of the format that this program writes.
const Format = 2

// File is the content of a lock file. It contains neither a time nor a path
// outside of the module.
type File struct {
	// Version is the version of the format. Format 1 did not record it.
	Version int `json:"version,omitzero"`
	// Tool is the version of msgraphgen.
	Tool string `json:"tool"`
	// Source is the metadata that was read.
	Source Source `json:"source"`
	// Config is the configuration of the run. Its paths are relative to the
	// output folder, with forward slashes.
	Config config.Config `json:"config"`
	// Methods are the methods of the package, by their IDs.
	Methods []string `json:"methods"`
	// Names are the pinned Go names, by the key of the element in the schema.
	Names map[string]string `json:"names"`
	// Files are the files that were written, by path relative to the output
	// folder, with their digests: "sha256:" and 64 hexadecimal digits.
	Files map[string]string `json:"files"`
	// Pending is set while a run writes files, and stays set after a run that was
	// cut short. It holds the path of each file to change with the digest of its
	// new content, or "" for a file to remove.
	Pending map[string]string `json:"pending,omitempty"`
	// Model is the selected model.
	Model jsontext.Value `json:"model"`
	// Retained is the removed API that the package keeps for one release.
	Retained jsontext.Value `json:"retained,omitzero"`
}

// Source is the metadata that a package was generated from.
type Source struct {
	Name     string    `json:"name"`              // the base name of a file, or an address
	Format   string    `json:"format"`            // "csdl" or "openapi"
	Digest   string    `json:"digest"`            // of all files that were read, as in File.Files
	Upstream *Upstream `json:"upstream,omitzero"` // the release that update made the source from, or nil
}

// Upstream is the metadata that update made a source from. Name and Digest are as
// in [Source].
type Upstream struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// DamagedError reports a lock file that exists but cannot be used. The message
// says where it is damaged, and what to do.
type DamagedError struct{ Err error }

func (e *DamagedError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *DamagedError) Unwrap() error { return e.Err }

// Parse decodes a lock file. From format 1 it takes only the tool, the names and
// the files: see [File.Outdated].
//
// Errors begin with the position, "line:column: ".
func Parse(content []byte) (*File, error) {
	f := new(File)
	err := json.Unmarshal(content, f, json.RejectUnknownMembers(true))
	if err != nil || f.Version != Format || f.Tool == "" {
		if f, err = f.parseOther(content, err); err != nil {
			return nil, err
		}
	}
	for _, list := range []map[string]string{f.Files, f.Pending} {
		for _, file := range slices.Sorted(maps.Keys(list)) {
			if err := CheckPath(file); err != nil {
				return nil, fmt.Errorf("1:1: %w", err)
			}
		}
	}
	return f, nil
}

// parseOther decodes a lock file of another format than this one. Else it returns f, or
// the reason why that cannot be decoded.
func (f *File) parseOther(content []byte, reason error) (*File, error) {
	var head struct {
		Version int            `json:"version"`
		Tool    jsontext.Value `json:"tool"`
	}
	if err := json.Unmarshal(content, &head); err != nil {
		return nil, located(content, err)
	}
	switch {
	case head.Tool == nil:
		return nil, errors.New("1:1: the member tool is missing: this is not a lock file")
	case head.Version > Format:
		return nil, fmt.Errorf("1:1: a newer msgraphgen wrote this file in format %d, and this one reads formats up to %d", head.Version, Format)
	case head.Version == Format && reason != nil:
		return nil, located(content, reason)
	case head.Version == Format:
		return f, nil
	}
	// The other members had other types in format 1.
	var first struct {
		Tool    string            `json:"tool"`
		Names   map[string]string `json:"names"`
		Files   map[string]string `json:"files"`
		Pending map[string]string `json:"pending"`
	}
	if err := json.Unmarshal(content, &first); err != nil {
		return nil, located(content, err)
	}
	return &File{Version: 1, Tool: first.Tool, Names: first.Names, Files: first.Files, Pending: first.Pending}, nil
}

// Outdated reports whether an older msgraphgen wrote f. Such a file records
// neither the model nor the configuration.
func (f *File) Outdated() bool { return f.Version < Format }

// Begun reports whether f has no model because the first run was cut short.
func (f *File) Begun() bool { return f.Version == Format && len(f.Model) == 0 }

// located returns a JSON error that begins with the position in content, as
// "line:column: ". Both count from 1, the column in bytes.
func located(content []byte, err error) error {
	var offset int64
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset = syntactic.ByteOffset
	} else if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		offset = semantic.ByteOffset
	}
	before := content[:min(offset, int64(len(content)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	message := plain(err)
	if bytes.HasPrefix(content[len(before):], []byte("<<<<<<< ")) {
		message = "this is a merge conflict"
	}
	return fmt.Errorf("%d:%d: %s", line, column, message)
}

// plain returns the message for a JSON error in words for people who do not know the
// library.
func plain(err error) string {
	if e, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return "this is not valid JSON: " + strings.TrimPrefix(e.Err.Error(), "jsontext: ")
	}
	e, ok := errors.AsType[*json.SemanticError](err)
	switch {
	case !ok:
		return err.Error()
	case errors.Is(err, json.ErrUnknownName):
		return fmt.Sprintf("the member %s is unknown", e.JSONPointer)
	default:
		return fmt.Sprintf("the member %s cannot hold a JSON %s", e.JSONPointer, e.JSONKind)
	}
}

// Encode returns the bytes of the lock file, always the same for the same f. Each member
// of a type of the model has a line.
func (f File) Encode() ([]byte, error) {
	content, err := json.Marshal(f, json.Deterministic(true), jsontext.WithIndent("\t"))
	if err != nil {
		return nil, fmt.Errorf("encoding %s: %w", Name, err)
	}
	return append(joined(content, memberDepth), '\n'), nil
}

// memberDepth is the depth of the members of types in a lock file: of the model its
// schemas, their types, and the properties of these.
const memberDepth = 7

// joined returns JSON that is indented with tabs, with each value at a depth on one line.
func joined(content []byte, depth int) []byte {
	text := make([]byte, 0, len(content))
	inside := false // of a value at that depth
	for line := range bytes.Lines(content) {
		value := bytes.TrimLeft(line, "\t")
		switch tabs := len(line) - len(value); {
		case tabs > depth || inside && (value[0] == '}' || value[0] == ']'):
			text = bytes.TrimRight(text, "\n")
			if last := text[len(text)-1]; last == ',' {
				text = append(text, ' ')
			}
			text = append(text, value...)
			inside = tabs > depth
		default:
			text = append(text, line...)
			inside = false
		}
	}
	return text
}

// Lists reports whether f lists a path as written or as pending.
func (f *File) Lists(file string) bool {
	_, written := f.Files[file]
	_, pending := f.Pending[file]
	return written || pending
}

// Wrote reports whether a file still has content that msgraphgen wrote: in the
// last run, or in one that was cut short.
func (f *File) Wrote(file, digest string) bool {
	return digest != "" && (f.Files[file] == digest || f.Pending[file] == digest)
}

// Is reports whether a file is a lock file. The content decides where the name
// does not: lock files from the history of a repository have other names.
func Is(name string, content []byte) bool {
	if filepath.Base(name) == Name {
		return true
	}
	if !bytes.HasPrefix(bytes.TrimLeft(content, " \t\r\n"), []byte("{")) {
		return false
	}
	var members struct {
		Tool  string         `json:"tool"`
		Files jsontext.Value `json:"files"`
		Model jsontext.Value `json:"model"`
	}
	return json.Unmarshal(content, &members) == nil && members.Tool != "" && (members.Files != nil || members.Model != nil)
}

// CheckPath returns an error for a path that Go does not allow for a file of a
// module, and for the names that msgraphgen uses itself.
func CheckPath(file string) error {
	if err := module.CheckFilePath(file); err != nil {
		return err
	}
	top, _, _ := strings.Cut(strings.ToLower(strings.ToUpper(file)), "/")
	if top == Name || top == Staging {
		return fmt.Errorf("output path %q: the name is reserved for msgraphgen itself", file)
	}
	return nil
}

// Digest returns the digest of content as in [File.Files]. CRLF and LF give the
// same digest.
func Digest(content []byte) string {
	if lineEnd := []byte("\r\n"); bytes.Contains(content, lineEnd) { // which seldom copies megabytes
		content = bytes.ReplaceAll(content, lineEnd, []byte("\n"))
	}
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
