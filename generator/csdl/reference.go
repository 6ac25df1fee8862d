package csdl

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxReferenced is the greatest size of all referenced documents together, in
// bytes.
const maxReferenced = 256 << 20

// readReferences reads the documents that r references, directly or not, each
// once. If a document cannot be read, it stores the reason in the field Missing
// of the reference.
func readReferences(r *reader, dir string) []*reader {
	root, err := os.OpenRoot(dir)
	if err != nil {
		for _, ref := range r.model.References {
			ref.Missing = err.Error()
		}
		return nil
	}
	defer root.Close()
	f := &folder{root: root, dir: dir, done: map[string]string{path.Base(filepath.ToSlash(r.file)): ""}}
	queue := []found{{reader: r}}
	documents := []*reader{r}
	files := map[*model.Reference]string{} // that references led to
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		for _, ref := range from.reader.model.References {
			name, problem := f.find(path.Dir(from.name), ref.URI)
			if problem == "" {
				files[ref] = name
				if earlier, done := f.done[name]; done {
					ref.Missing = earlier
					continue
				}
				var other *reader
				if other, problem = f.read(name); problem == "" {
					documents = append(documents, other)
					queue = append(queue, found{other, name})
				}
				f.done[name] = problem
			}
			ref.Missing = problem
		}
	}
	checkIncludes(documents, files)
	return documents[1:]
}

// checkIncludes notes the namespaces that no document declares although references
// include them from files. A file found by its base name can be another document.
func checkIncludes(documents []*reader, files map[*model.Reference]string) {
	declared := map[string]bool{}
	for _, r := range documents {
		for _, s := range r.model.Schemas {
			declared[s.Namespace] = true
		}
	}
	source := path.Base(filepath.ToSlash(documents[0].file))
	for _, r := range documents {
		for _, ref := range r.model.References {
			for _, include := range ref.Namespaces {
				switch file := files[ref]; {
				case file == "" || declared[include.Namespace]:
				case file == source:
					include.Found = "the source itself"
				default:
					include.Found = file
				}
			}
		}
	}
}

// found is a document and its path below the folder.
type found struct {
	reader *reader
	name   string
}

// folder is the folder of the referenced documents.
type folder struct {
	root *os.Root
	dir  string
	done map[string]string // why a document could not be read, or "", by path
	size int64

	named map[string][]string // the paths of all files, by base name; nil until index
}

// find returns the path of a referenced document below the folder. A reference is
// relative to the document that has it. For an absolute address, and for a file
// that does not exist, find returns the path of a file with the same base name.
func (f *folder) find(from, uri string) (name, problem string) {
	address, err := url.Parse(uri)
	if err != nil {
		return "", "its address cannot be parsed"
	}
	if address.Scheme == "" && address.Host == "" {
		name = path.Join(from, strings.ReplaceAll(address.Path, `\`, "/"))
		if f.isFile(name) {
			return name, ""
		}
	}
	if f.named == nil {
		f.index()
	}
	paths := f.named[path.Base(address.Path)]
	if len(paths) == 0 {
		return "", fmt.Sprintf("there is no file %s in the folder of the source or below", path.Base(address.Path))
	}
	return paths[0], ""
}

func (f *folder) isFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := f.root.Stat(filepath.FromSlash(name))
	return err == nil && info.Mode().IsRegular()
}

// index lists all files of the folder, the ones nearest to it first.
func (f *folder) index() {
	f.named = map[string][]string{}
	_ = fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && entry != nil && entry.IsDir():
			return fs.SkipDir // an unreadable folder has no documents
		case err == nil && entry.Type().IsRegular():
			f.named[path.Base(name)] = append(f.named[path.Base(name)], name)
		}
		return nil
	})
	for _, paths := range f.named {
		slices.SortFunc(paths, func(a, b string) int {
			return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
		})
	}
}

// read reads a document of the folder.
func (f *folder) read(name string) (*reader, string) {
	info, err := f.root.Stat(filepath.FromSlash(name))
	if err == nil {
		if f.size += info.Size(); f.size > maxReferenced {
			return nil, fmt.Sprintf("the referenced documents are larger than %d MB", maxReferenced>>20)
		}
		var data []byte
		if data, err = f.root.ReadFile(filepath.FromSlash(name)); err == nil {
			var r *reader
			if r, err = read(filepath.ToSlash(filepath.Join(f.dir, name)), data); err == nil {
				return r, ""
			}
		}
	}
	if e, ok := errors.AsType[*source.InputError](err); ok {
		return nil, e.Diagnostics[0].String()
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return nil, fmt.Sprintf("%s: %v", name, err)
}
