package docs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// includesFolder is the name of the folders for parts of pages. Their files are
// read where a page includes them.
const includesFolder = "includes"

// ReadDir reads all pages (*.md) in a folder and the folders below it, in the
// order of their names. The only error is a folder that cannot be opened: a page
// that cannot be read is a warning, as is every mistake in a page. The position
// of each warning is in the page.
func ReadDir(dir string, ds *source.Diagnostics) ([]*Page, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("reference pages: %w", err)
	}
	defer root.Close()
	f := &folder{root: root, dir: dir, files: map[string]string{}, includes: map[string]*text{}}
	names := f.names(ds)
	var pages []*Page
	readers := map[string]*reader{}
	for _, name := range names {
		data, err := f.read(name, maxPageSize)
		if err != nil {
			ds.Warnf(source.Position{File: f.path(name)}, "the page is left out: %v", err)
			continue
		}
		include := func(target string) (*text, error) { return f.include(name, target) }
		r := parse(f.path(name), data, include, ds)
		pages = append(pages, r.page)
		readers[name] = r
	}
	for _, name := range names {
		if r := readers[name]; r != nil {
			f.checkLinks(name, r)
		}
	}
	return pages, nil
}

// Digest returns a digest of all that ReadDir depends on in a folder: the names of the
// files, the contents of Markdown files, and the times of other files, which pages can
// include.
func Digest(dir string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("reference pages: %w", err)
	}
	defer root.Close()
	sum := sha256.New()
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%q %d\n", name, info.Size())
		if path.Ext(name) != ".md" {
			fmt.Fprintln(sum, info.ModTime().UnixNano())
			return nil
		}
		data, err := root.ReadFile(filepath.FromSlash(name))
		sum.Write(data)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// folder is a folder with reference pages.
type folder struct {
	root     *os.Root
	dir      string
	files    map[string]string // the names of the pages, by name and by name in lower case
	includes map[string]*text  // by name
}

// path returns the name of a file for positions.
func (f *folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// names returns the names of the pages, sorted.
func (f *folder) names(ds *source.Diagnostics) []string {
	var names []string
	err := fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			ds.Warnf(source.Position{File: f.path(name)}, "the pages in this folder are left out: %v", reason(err))
			return fs.SkipDir
		case entry.IsDir() && entry.Name() == includesFolder:
			return fs.SkipDir
		case !entry.IsDir() && path.Ext(name) == ".md":
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		ds.Warnf(source.Position{File: f.dir}, "not all pages are read: %v", reason(err))
	}
	slices.Sort(names)
	for _, name := range names {
		f.files[strings.ToLower(name)] = name
	}
	for _, name := range names {
		f.files[name] = name
	}
	return names
}

// read returns the contents of a file. It does not follow links out of the
// folder.
func (f *folder) read(name string, maxSize int64) ([]byte, error) {
	info, err := f.root.Stat(filepath.FromSlash(name))
	if link, linkErr := f.root.Lstat(filepath.FromSlash(name)); err != nil && linkErr == nil && link.Mode()&fs.ModeSymlink != 0 {
		return nil, errors.New("the symbolic link leads out of the folder, or to a file that does not exist")
	}
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file")
	case info.Size() > maxSize:
		return nil, tooLarge(maxSize)
	}
	file, err := f.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, reason(err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err != nil {
		return nil, reason(err)
	}
	if int64(len(data)) > maxSize { // it has grown
		return nil, tooLarge(maxSize)
	}
	return data, nil
}

func tooLarge(maxSize int64) error { return fmt.Errorf("it is larger than %d KB", maxSize>>10) }

// reason returns an error of the file system without the path, which is in the
// position.
func reason(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("it does not exist")
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// include returns a file that a page includes, without its front matter.
func (f *folder) include(page, target string) (*text, error) {
	name, ok := f.resolve(page, target)
	if !ok {
		return nil, fmt.Errorf("%s is not a path to a file", shortened(target))
	}
	if strings.HasPrefix(name, "../") {
		return nil, fmt.Errorf("%s is outside of the folder with the pages", shortened(target))
	}
	if t := f.includes[name]; t != nil {
		return t, nil
	}
	data, err := f.read(name, maxIncludeSize)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", shortened(target), err)
	}
	t := newText(f.path(name), data)
	if limit, _ := exceeded(t.data); limit != "" {
		return nil, fmt.Errorf("%s cannot be read: %s", shortened(target), limit)
	}
	if _, end, ok := t.frontMatterLines(); ok {
		blank(t.data[:end])
		blank(t.line(end))
	}
	f.includes[name] = t
	return t, nil
}

// checkLinks warns of links to pages whose names differ in case.
func (f *folder) checkLinks(name string, r *reader) {
	reported := map[string]bool{}
	for _, link := range r.links {
		target, ok := f.resolve(name, link.target)
		if !ok || reported[target] || f.files[target] == target {
			continue
		}
		if actual, ok := f.files[strings.ToLower(target)]; ok {
			reported[target] = true
			r.warnf(link.offset, "the link leads to %s; the page is %s", shortened(target), shortened(actual))
		}
	}
}

// resolve returns the name of the file in the folder that a link in a page
// leads to.
func (f *folder) resolve(page, link string) (string, bool) {
	u, err := url.Parse(pageOf(link))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || path.IsAbs(u.Path) {
		return "", false
	}
	return path.Join(path.Dir(page), u.Path), true
}
