package openapi

import (
	"maps"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// loader reads documents with kin-openapi.
type loader struct {
	at      *places
	options Options
	ds      *source.Diagnostics
	data    []byte
	also    map[string]bool // paths to read besides those that are asked for

	// While kin-openapi reads:
	own    []byte            // the document, or the part that is read
	others map[string][]byte // other files, by kin-openapi's names of them
	last   string            // the file that was read last
	read   int64             // how many bytes of other files
}

func newLoader(file string, data []byte, options Options, ds *source.Diagnostics) *loader {
	data = asYAML(data)
	name := (&url.URL{Path: path.Base(filepath.ToSlash(file))}).String()
	at := &places{file: file, name: name, dir: options.Dir, wide: map[string]map[int]string{}}
	at.note(name, data)
	return &loader{at: at, options: options, ds: ds, data: data, also: map[string]bool{}}
}

// load returns the document and the paths that it lists, those that are not
// asked for without what they hold. If the document cannot be read it reports
// why, and returns nil.
func (l *loader) load() (*openapi3.T, []*item) {
	items, outlined := outline(l.at.file, l.data)
	if l.duplicate() || outlined && l.twice(items) {
		return nil, nil
	}
	// Files that the document refers to may have types that only paths lead
	// to: then all paths count.
	if outlined && l.options.Path != nil && l.options.Dir == "" {
		if doc := l.part(items); doc != nil {
			l.validate(doc)
			return doc, items
		}
	}
	doc, err := l.parse(l.data, nil)
	if err != nil {
		l.report(err)
		return nil, nil
	}
	if !l.isVersion3(doc) {
		return nil, nil
	}
	l.validate(doc)
	return doc, l.listed(doc)
}

// needs notes paths that are to be read as well, and reports whether one of
// them is new.
func (l *loader) needs(paths []string) bool {
	more := false
	for _, path := range paths {
		more = more || !l.also[path]
		l.also[path] = true
	}
	return more
}

// part returns the document without the paths that are not asked for, or nil.
// What is wrong with the part may be due to what was cut out: only what is
// wrong with the whole counts.
func (l *loader) part(items []*item) *openapi3.T {
	kept := map[string]bool{}
	for _, i := range items {
		if i.whole || l.also[i.path] || l.options.Path(i.path) && tells(i.path) || strings.Count(i.path, "/") == 1 {
			kept[i.path] = true
		}
	}
	reads := l.operationsRead(items)
	doc, err := l.parse(cut(l.data, items, func(i *item) bool { return kept[i.path] }, reads))
	if err != nil || !strings.HasPrefix(doc.OpenAPI, "3.") {
		return nil
	}
	// If it has other paths than those that were kept, the outline is wrong.
	read := doc.Paths.Map()
	for path := range read {
		if !kept[path] {
			return nil
		}
	}
	if len(read) != len(kept) {
		return nil
	}
	for _, i := range items {
		if kept[i.path] && !slices.ContainsFunc(i.verbs, func(verb string) bool { return !reads(i, verb) }) {
			i.verbs = verbsOf(read[i.path])
		}
	}
	return doc
}

// operationsRead tells which operations of the paths that are kept are read:
// creates, and what tells the type of the resource, where no key does. The
// others make up most of a path, with their query parameters.
func (l *loader) operationsRead(items []*item) func(i *item, verb string) bool {
	keyed := map[string]bool{}
	for _, i := range items {
		if at := strings.LastIndexByte(i.path, '/'); strings.HasPrefix(i.path[at+1:], "{") {
			keyed[i.path[:at]] = true
		}
	}
	return func(i *item, verb string) bool {
		return i.whole || l.also[i.path] || strings.Count(i.path, "/") == 1 ||
			verb == http.MethodPost || verb == http.MethodGet && !keyed[i.path]
	}
}

// tells reports whether what a path holds can tell anything: of an item its
// collection tells all, and operations are left out.
func tells(path string) bool {
	last := node{segment: path[strings.LastIndexByte(path, '/')+1:]}
	return last.isName()
}

// parse reads data as the document, of which it may lack some lines.
func (l *loader) parse(data []byte, missing gaps) (*openapi3.T, error) {
	l.own, l.others, l.last, l.read = data, map[string][]byte{}, l.at.name, 0
	l.at.gaps = missing
	k := openapi3.NewLoader()
	k.IncludeOrigin = true
	k.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
		return l.readOther(location)
	}
	doc, err := k.LoadFromDataWithPath(data, &url.URL{Path: path.Base(filepath.ToSlash(l.at.file))})
	if err == nil && doc.Paths == nil {
		doc.Paths = openapi3.NewPaths()
	}
	return doc, err
}

// listed returns the paths of a document that was read as a whole.
func (l *loader) listed(doc *openapi3.T) []*item {
	var items []*item
	for path, pathItem := range doc.Paths.Map() {
		i := &item{path: path, position: source.Position{File: l.at.file}, verbs: verbsOf(pathItem)}
		if pathItem != nil {
			i.position = l.at.of(pathItem.Origin)
		}
		items = append(items, i)
	}
	return items
}

func verbsOf(pathItem *openapi3.PathItem) []string {
	if pathItem == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(pathItem.Operations()))
}
