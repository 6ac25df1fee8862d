package openapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxSize is how large a file may be that the document refers to, in bytes.
const maxSize = 64 << 20

// loader reads documents with kin-openapi.
type loader struct {
	at      places
	options Options
	ds      *source.Diagnostics
	data    []byte
}

// load returns the document and the paths that it lists, those that are not
// asked for without what they hold. If the document cannot be read it reports
// why, and returns nil.
func (l *loader) load(data []byte) (*openapi3.T, []*item) {
	l.data = data
	items, outlined := outline(l.at.file, data)
	if l.options.Path != nil && outlined {
		// What is wrong with the part may be due to what was cut out: only what
		// is wrong with the whole counts.
		part := cut(data, items, func(i *item) bool { return l.options.Path(i.path) && tells(i.path) })
		if doc, err := l.read(part); err == nil {
			l.validate(doc)
			return doc, items
		}
	}
	doc, err := l.read(data)
	if err != nil {
		l.report(err)
		return nil, nil
	}
	l.validate(doc)
	return doc, l.listed(doc)
}

// tells reports whether what a path holds can tell anything: of an item its
// collection tells all, and operations are left out.
func tells(path string) bool {
	last := node{segment: path[strings.LastIndexByte(path, '/')+1:]}
	return last.isName()
}

func (l *loader) read(data []byte) (*openapi3.T, error) {
	k := openapi3.NewLoader()
	k.IncludeOrigin = true
	if l.options.Dir != "" {
		k.IsExternalRefsAllowed = true
		k.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
			return readBelow(l.options.Dir, location)
		}
	}
	return k.LoadFromDataWithPath(data, &url.URL{Path: l.at.name})
}

// readBelow reads a file of a folder, or of one below. Nothing in its name
// leads out of there, nor does a link in the folder.
func readBelow(dir string, location *url.URL) ([]byte, error) {
	if location.Scheme != "" || location.Host != "" {
		return nil, fmt.Errorf("%s is no file: only files in the folder of the document are read", location.Redacted())
	}
	f, err := os.OpenInRoot(dir, filepath.FromSlash(location.Path))
	if err != nil {
		return nil, fmt.Errorf("only files in the folder of the document are read: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(data) > maxSize {
		err = fmt.Errorf("%s is larger than %d MB", location.Path, maxSize>>20)
	}
	return data, err
}

// listed returns the paths of a document that was read as a whole.
func (l *loader) listed(doc *openapi3.T) []*item {
	var items []*item
	for path, pathItem := range doc.Paths.Map() {
		i := &item{path: path, position: l.at.of(pathItem.Origin)}
		for verb := range pathItem.Operations() {
			i.verbs = append(i.verbs, verb)
		}
		slices.Sort(i.verbs)
		items = append(items, i)
	}
	return items
}

// report says what keeps the document from being read.
func (l *loader) report(err error) {
	if e, ok := errors.AsType[*openapi3.DisallowedExternalRefError](err); ok {
		l.ds.Errorf(l.find(e.Ref), "the reference %q leads to another file, which is not read: allow it with --external-refs", e.Ref)
		return
	}
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		at := source.Position{File: l.at.file, Line: e.Mark.Line, Column: max(e.Mark.Column, 1)}
		if at.Line == 0 {
			at.Column = 0
		}
		l.ds.Errorf(at, "%s", e.Message)
		return
	}
	message := err.Error()
	for _, prefix := range []string{"failed to unmarshal data: ", "yaml error: "} {
		message = strings.TrimPrefix(message, prefix)
	}
	l.ds.Errorf(l.mentioned(message), "%s", oneLine(message))
}

// find returns the position of a text in the document.
func (l *loader) find(text string) source.Position {
	at := bytes.Index(l.data, []byte(text))
	if at < 0 || text == "" {
		return source.Position{File: l.at.file}
	}
	return source.Position{
		File:   l.at.file,
		Line:   1 + bytes.Count(l.data[:at], []byte("\n")),
		Column: at - bytes.LastIndexByte(l.data[:at], '\n'),
	}
}

// mentioned returns the position of the reference that a message quotes.
func (l *loader) mentioned(message string) source.Position {
	_, rest, ok := strings.Cut(message, `"`)
	if quoted, _, closed := strings.Cut(rest, `"`); ok && closed && len(quoted) > 2 {
		return l.find(quoted)
	}
	return source.Position{File: l.at.file}
}

// validate reports what the specification does not allow. None of it keeps the
// document from being of use: what does, is reported where it is needed.
func (l *loader) validate(doc *openapi3.T) {
	if doc.Paths == nil {
		doc.Paths = openapi3.NewPaths()
	}
	err := doc.Validate(context.Background(),
		openapi3.EnableMultiError(),
		openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation(),
		openapi3.DisableSchemaPatternValidation(),
	)
	problems, ok := errors.AsType[openapi3.MultiError](err)
	if !ok && err != nil {
		problems = openapi3.MultiError{err}
	}
	for _, problem := range problems {
		l.ds.Warnf(l.origin(problem), "not valid OpenAPI: %s", oneLine(problem.Error()))
	}
}

// origin returns the position of what the innermost error that has one is
// about.
func (l *loader) origin(err error) source.Position {
	at := source.Position{File: l.at.file}
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		if field := v.FieldByName("Origin"); field.IsValid() {
			if o, ok := field.Interface().(*openapi3.Origin); ok && o != nil && o.Key != nil {
				at = l.at.of(o)
			}
		}
	}
	return at
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
