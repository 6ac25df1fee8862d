package openapi

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// documents are the source and the files that it refers to.
type documents struct {
	main  *document
	dir   string // the folder of files that can be referred to, or ""
	files map[string]openFile
	size  int64 // of all files

	items    map[string]*pathItem // the paths of the main document
	followed map[*yaml.Node]target

	// unparsed is set when a part of the main document cannot be parsed by
	// itself: then the document has to be parsed as a whole.
	unparsed bool
}

// openFile is another document, or the reason why it is not read.
type openFile struct {
	*document
	problem string
}

// target is where a reference leads to, or the reason why it leads nowhere.
type target struct {
	value
	problem string
}

// isReference reports whether v is a reference to another value.
func (v value) isReference() bool { return v.get("$ref").isScalar() }

// follow returns the value that v refers to, through any number of references;
// a value that is not a reference is its own target.
func (ds *documents) follow(v value) target {
	var chain []*yaml.Node
	inChain := map[*yaml.Node]bool{}
	result := target{value: v}
	for result.isReference() && result.problem == "" {
		if known, ok := ds.followed[result.node]; ok {
			result = known
			break
		}
		ref := result.get("$ref").text()
		if inChain[result.node] {
			result = target{problem: fmt.Sprintf("the reference %q leads back to itself", ref)}
			break
		}
		chain = append(chain, result.node)
		inChain[result.node] = true
		result = ds.find(ref, result.in.doc)
	}
	for _, n := range chain {
		ds.followed[n] = result
	}
	return result
}

// find returns the value that a reference in a document names.
func (ds *documents) find(ref string, from *document) target {
	name, fragment, _ := strings.Cut(ref, "#")
	doc := from
	if name != "" {
		f := ds.open(name, from)
		if f.problem != "" {
			return target{problem: f.problem}
		}
		doc = f.document
	}
	nowhere := target{problem: fmt.Sprintf("the reference %q leads nowhere", ref)}
	v := value{node: doc.root.node, in: doc.root.in}
	pointer, err := url.PathUnescape(fragment)
	if err != nil || pointer != "" && pointer[0] != '/' {
		return nowhere
	}
	if pointer != "" {
		tokens := strings.Split(pointer[1:], "/")
		if doc.outline != nil && tokens[0] == "paths" && len(tokens) > 1 {
			v = value{}
			if item := ds.items[unescapePointer.Replace(tokens[1])]; item != nil {
				v = item.whole()
			}
			tokens = tokens[2:]
		}
		for _, token := range tokens {
			token = unescapePointer.Replace(token)
			if v.isList() {
				i, err := strconv.Atoi(token)
				if items := v.items(); err == nil && 0 <= i && i < len(items) {
					v = items[i]
					continue
				}
			}
			v = v.get(token)
		}
	}
	if !v.exists() {
		return nowhere
	}
	return target{value: v}
}

// unescapePointer removes the escapes of a JSON pointer, RFC 6901 section 4.
var unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")

// open returns the file that a reference in a document names. Files are read
// only from the folder and below it.
func (ds *documents) open(name string, from *document) openFile {
	location, err := url.Parse(name)
	switch {
	case ds.dir == "":
		return openFile{problem: fmt.Sprintf("the reference to %s leads to another file, which is not read: allow it with --external-refs", name)}
	case err != nil || location.Scheme != "" || location.Host != "" || location.Opaque != "":
		return openFile{problem: notRead(name, errors.New("it is not a file"))}
	}
	below := location.Path
	if !path.IsAbs(below) {
		below = path.Join(path.Dir(from.name), below)
	}
	if below == ds.main.name {
		return openFile{document: ds.main}
	}
	f, ok := ds.files[below]
	if !ok {
		f = ds.read(below)
		ds.files[below] = f
	}
	return f
}

// maxRead is how much all files that the document refers to may hold together,
// in bytes.
const maxRead = 256 << 20

func (ds *documents) read(below string) openFile {
	data, err := readBelow(ds.dir, below, maxRead-ds.size)
	if err != nil {
		return openFile{problem: notRead(below, err)}
	}
	ds.size += int64(len(data))
	name := filepath.Join(ds.dir, filepath.FromSlash(below))
	if data, err = checkText(name, data); err == nil {
		var doc *document
		if doc, err = parse(name, below, data, false); err == nil {
			return openFile{document: doc}
		}
	}
	if e, ok := errors.AsType[*source.InputError](err); ok {
		return openFile{problem: e.Diagnostics[0].String()}
	}
	return openFile{problem: notRead(below, err)}
}

// referenced returns the files that were read besides the source, in order by name.
func (ds *documents) referenced() []model.Document {
	var list []model.Document
	for _, name := range slices.Sorted(maps.Keys(ds.files)) {
		if f := ds.files[name]; f.document != nil {
			list = append(list, model.Document{File: f.file, Data: f.data})
		}
	}
	return list
}

func notRead(name string, reason error) string {
	if e, ok := errors.AsType[*os.PathError](reason); ok {
		reason = e.Err // without the path of the machine
	}
	return fmt.Sprintf("%s is not read: %v; only files in the folder of the document, and below it, are read", name, reason)
}

// readBelow reads a file of a folder, or of one below it. Neither its name nor
// a link leads out of the folder.
func readBelow(dir, name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	// Opening a pipe would wait for somebody to write to it.
	if info, err := root.Stat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a file")
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("the files that the document refers to are larger than %d MB", maxRead>>20)
	}
	return data, err
}

// refName returns the last name in a reference: that of a component, or that
// of a file which holds nothing but a schema.
func refName(ref string) string {
	name, fragment, _ := strings.Cut(ref, "#")
	if last := path.Base(fragment); fragment != "" && last != "/" {
		if unescaped, err := url.PathUnescape(last); err == nil {
			last = unescaped
		}
		return unescapePointer.Replace(last)
	}
	name = path.Base(name)
	switch extension := path.Ext(name); extension {
	case ".yaml", ".yml", ".json":
		return strings.TrimSuffix(name, extension)
	}
	return name
}
