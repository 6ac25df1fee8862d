package docs

import (
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

// ReadDir reads all pages (*.md) of a folder and the folders below it, in order
// of name. Problems of a page are warnings; only what keeps the folder or a
// file from being read is an error.
func ReadDir(dir string, ds *source.Diagnostics) ([]*Page, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("reference pages: %w", err)
	}
	defer root.Close()
	var names []string
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && path.Ext(name) == ".md" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reference pages in %s: %w", dir, err)
	}
	slices.Sort(names)
	var pages []*Page
	links := map[string]*reader{}
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		data, err := readPage(root, name, file, ds)
		if err != nil {
			return nil, fmt.Errorf("reference pages in %s: %w", dir, err)
		}
		if data == nil {
			continue
		}
		r := parse(file, data, ds)
		pages = append(pages, r.page)
		links[name] = r
	}
	checkLinks(names, links)
	return pages, nil
}

// readPage returns the text of a page, nil if it is left out. Links that lead
// out of the folder are not followed.
func readPage(root *os.Root, name, file string, ds *source.Diagnostics) ([]byte, error) {
	at := source.Position{File: file}
	info, err := root.Stat(filepath.FromSlash(name))
	if link, linkErr := root.Lstat(filepath.FromSlash(name)); err != nil && linkErr == nil && link.Mode()&fs.ModeSymlink != 0 {
		ds.Warnf(at, "the symbolic link leads out of the folder or nowhere, and is left out")
		return nil, nil
	}
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		ds.Warnf(at, "this is no regular file, and left out")
		return nil, nil
	case info.Size() > maxSize:
		ds.Warnf(at, "the page is larger than 4 MB, and left out")
		return nil, nil
	}
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1)) // it may have grown
	if err != nil {
		return nil, err
	}
	return append([]byte{}, data...), nil
}

// checkLinks warns of links to pages that are there, but spelled otherwise.
func checkLinks(names []string, readers map[string]*reader) {
	there := map[string]string{} // by name in lower case
	for _, name := range names {
		there[strings.ToLower(name)] = name
	}
	for _, name := range names {
		r := readers[name]
		if r == nil {
			continue
		}
		reported := map[string]bool{}
		for _, link := range r.links {
			target, err := targetOf(name, link.target)
			if err != nil || readers[target] != nil || reported[target] {
				continue
			}
			if actual, ok := there[strings.ToLower(target)]; ok && actual != target {
				reported[target] = true
				r.ds.Warnf(r.position(link.offset), "the link leads to %s, and the page is %s", short(target), short(actual))
			}
		}
	}
}

var errElsewhere = errors.New("the link leads elsewhere")

// targetOf returns the name of the file in the folder that a link leads to.
func targetOf(name, link string) (string, error) {
	u, err := url.Parse(pageOf(link))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || path.IsAbs(u.Path) {
		return "", errElsewhere
	}
	return path.Join(path.Dir(name), u.Path), nil
}
