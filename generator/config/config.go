// Package config reads, completes and writes the configuration: what to
// generate, from what, and where.
package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/input"
)

// Name is the name of the configuration file.
const Name = "msgraphgen.yaml"

// Config says what to generate, from which metadata, and where. Each stage of a
// run takes the part that it needs. Empty fields have defaults.
type Config struct {
	Input       `yaml:",inline"`
	api.Options `yaml:",inline"`
	Evidence    `yaml:",inline"`
	Destination `yaml:",inline"`
}

// Input says which metadata and pages to read.
type Input struct {
	Source       string `yaml:"source" json:"source,omitzero"`               // a file, an address, or "snapshot"
	Upstream     string `yaml:"upstream" json:"upstream,omitzero"`           // where update fetches new releases: a file or an address
	Format       string `yaml:"format" json:"format,omitzero"`               // of the source: "auto", "csdl" or "openapi"
	ExternalRefs bool   `yaml:"external-refs" json:"external-refs,omitzero"` // read the files that an OpenAPI document refers to, below its folder
	Docs         string `yaml:"docs" json:"docs,omitzero"`                   // the folder of reference pages, or ""
	Keys         string `yaml:"keys" json:"keys,omitzero"`                   // in paths: "segments", "parentheses", or "" for what the source says
	APIVersion   string `yaml:"api-version" json:"api-version,omitzero"`     // of the service: "beta" or "v1.0"
}

// Evidence corrects the metadata where it does not say, or says wrongly, who sets
// a property. The names are those that api.Property takes.
type Evidence struct {
	ReadOnly []string `yaml:"read-only" json:"read-only,omitzero"` // properties that only the service sets
	Settable []string `yaml:"settable" json:"settable,omitzero"`   // properties that a create can set, whatever metadata and pages say
}

// Destination says where the package is written, and what it is called.
type Destination struct {
	Output     string `yaml:"output" json:"-"`                         // the folder
	Package    string `yaml:"package" json:"package,omitzero"`         // the name of the package
	ImportPath string `yaml:"import-path" json:"import-path,omitzero"` // its import path
	OData      string `yaml:"odata" json:"odata,omitzero"`             // the support package: an import path, or a folder that begins with "."

	// KeepDeprecated keeps removed API in the package for one release, marked
	// deprecated.
	KeepDeprecated bool `yaml:"keep-deprecated" json:"keep-deprecated,omitzero"`
}

// DefaultOutput is the default folder of the package.
const DefaultOutput = "profile"

// DefaultInclude is the default selection: creating a project in a user's
// profile.
var DefaultInclude = []string{"POST /me/profile/projects", "POST /users/{id}/profile/projects"}

// Error reports what is wrong with the configuration.
type Error struct {
	Message string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Errorf returns an *Error.
func Errorf(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// ErrorOf returns all problems as one *Error, sorted, or nil if there are none.
func ErrorOf(problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	slices.Sort(problems)
	return &Error{strings.Join(problems, "\n")}
}

// Join returns the problems of all errors as one *Error, sorted, or nil if there are
// none.
func Join(errs ...error) error {
	var problems []string
	for _, err := range errs {
		if err != nil {
			problems = append(problems, problemsOf(err.Error())...)
		}
	}
	return ErrorOf(problems)
}

// maxSize is the largest size of a configuration file, in bytes.
const maxSize = 1 << 20

// Read reads a configuration file. Paths in the file are relative to its folder,
// paths in the result to the current one.
//
// Errors are an *Error with the position, for an unknown key or a value of the
// wrong type, or of the system.
func Read(file string) (Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	c, err := decode(file, data)
	if err != nil {
		return Config{}, err
	}
	return c.From(filepath.Dir(file)), nil
}

// byteOrderMark begins some files of Windows.
const byteOrderMark = "\ufeff"

// Empty reports whether a configuration file holds no settings, but perhaps comments.
func Empty(file string) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	c, err := decode(file, data)
	return err == nil && reflect.ValueOf(c).IsZero()
}

// decode returns the configuration that a file holds, with its paths as they are in the
// file.
func decode(file string, data []byte) (Config, error) {
	if len(data) > maxSize {
		return Config{}, Errorf("%s: the file is larger than %d KB: it is not a configuration", file, maxSize>>10)
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if err := checkShape(file, data); err != nil {
		return Config{}, err
	}
	var c Config
	decoder := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := decoder.Decode(&c); err != nil && err != io.EOF { // io.EOF is an empty file
		return Config{}, &Error{yamlError(file, err)}
	}
	if err := decoder.Decode(new(any)); err != io.EOF {
		return Config{}, Errorf("%s: the file holds more than one YAML document: keep only the first", file)
	}
	return c, nil
}

// maxNesting is how deep values can be nested. A configuration needs two levels.
const maxNesting = 8

// checkShape returns an *Error for aliases, tags and deep nesting. A configuration
// needs none of them. The YAML library would take gigabytes for a few kilobytes of
// aliases or nesting, and panics at a list that is a tag alone. checkShape only reads
// the tokens.
func checkShape(file string, data []byte) error {
	brackets, entries, line := 0, 0, 0
	for _, t := range lexer.Tokenize(string(data)) {
		at := t.Position
		if at.Line != line {
			entries, line = 0, at.Line
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return Errorf("%s:%d:%d: a configuration cannot use anchors and aliases: write the value itself", file, at.Line, at.Column)
		case token.TagType:
			return Errorf("%s:%d:%d: a configuration cannot use tags such as !!str: write the value itself, in quotes if it is a text", file, at.Line, at.Column)
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			entries++
		}
		if brackets > maxNesting || entries > maxNesting {
			return Errorf("%s:%d:%d: values are nested too deep: write keys with texts and lists of texts", file, at.Line, at.Column)
		}
	}
	return nil
}

// Snapshot is the source that stands for the built-in metadata.
const Snapshot = input.Snapshot

// IsFile reports whether a source names a file: neither an address nor the built-in
// metadata.
func IsFile(name string) bool {
	return name != "" && name != Snapshot && !input.IsAddress(name)
}

// From takes the paths in c as relative to dir, and returns c with paths relative
// to the current folder.
func (c Config) From(dir string) Config {
	if IsFile(c.Source) {
		c.Source = relative(dir, c.Source)
	}
	if c.Upstream != "" && !input.IsAddress(c.Upstream) && !strings.HasPrefix(c.Upstream, outside) {
		c.Upstream = relative(dir, c.Upstream)
	}
	if c.Docs != "" {
		c.Docs = relative(dir, c.Docs)
	}
	c.Output = relative(dir, cmp.Or(c.Output, DefaultOutput))
	if strings.HasPrefix(c.OData, ".") {
		c.OData = "." + string(filepath.Separator) + relative(dir, c.OData)
	}
	return c
}

// relative joins a folder and a path in it, which may be written with
// backslashes. An absolute path stays as it is.
func relative(dir, name string) string {
	name = filepath.FromSlash(strings.ReplaceAll(name, `\`, "/"))
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// yamlError returns the message for an error of the YAML library, with the
// position, in words for people who write configurations.
func yamlError(file string, err error) string {
	e, ok := errors.AsType[yaml.Error](err)
	if !ok || e.GetToken() == nil {
		return fmt.Sprintf("%s: %v", file, err)
	}
	at, message := e.GetToken().Position, e.GetMessage()
	field, unknown := strings.CutPrefix(message, "unknown field ")
	t, wrongType := errors.AsType[*yaml.TypeError](err)
	switch {
	case unknown:
		field = strings.Trim(field, `"`)
		message = fmt.Sprintf("unknown key %q%s", field, api.Suggest(field, keys()))
	case wrongType && t.DstType != nil && t.DstType.Kind() == reflect.Bool:
		message = "write true or false here"
	case wrongType:
		message = "write a text here, not a list or a mapping"
	default:
		message = plainYAML(message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", file, at.Line, at.Column, message)
}

// plainYAML returns a message of the YAML library in plain words, with what to do.
func plainYAML(message string) string {
	for _, m := range []struct{ library, plain string }{
		{"was used where sequence is expected", "write a list here: put [ and ] around the value"},
		{"was used where mapping is expected", "write a key, a colon, a space and a value here, such as output: messages"},
		{"',' or ']' must be specified", "put a comma or ] here, and put texts with { and } in quotes, such as [\"/users/{id}\"]"},
		{"end token ']' not found", "the list does not end: add ]"},
		{"end token '}' not found", "the mapping does not end: add }"},
		{"already defined", "the key is there already: remove one of the two"},
		{"tab character", "write spaces here: YAML does not allow tabs"},
		{"could not find end character", "the text in quotes does not end: add the quote"},
		{"reserved character", "put the text in quotes: YAML reserves its first character"},
		{"mapping value is not allowed", "put the text in quotes: it holds a colon"},
		{"non-map value is specified", "indent the items of the list alike"},
		{"unexpected key name", "put this key on the level of the others, or the text in quotes"},
	} {
		if strings.Contains(message, m.library) {
			return m.plain
		}
	}
	return "this is not valid YAML: " + message
}

// keys returns all keys of the configuration.
func keys() []string {
	var list []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		if key := f.Tag.Get("yaml"); key != "" && !strings.HasPrefix(key, ",") {
			list = append(list, key)
		}
	}
	return list
}
