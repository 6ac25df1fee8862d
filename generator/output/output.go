// Package output puts generated files into their folder and knows them again.
//
// Three rules hold, whatever happens on the way:
//
//   - What a person edited is never lost, unless they ask for it. A file belongs
//     to msgraphgen as long as its content is what the lock file says.
//   - Nothing is touched that need not be: a file that already has the wanted
//     content keeps its time stamp, and a lock file that would differ only in the
//     digest of the source stays.
//   - A run that is cut short, at any point, leaves files that are each wholly old
//     or wholly new, a folder that [Changes.Clean] calls not clean, and nothing
//     that the next run does not repair.
//
// [Compare] only looks; [Changes.Write] applies what it found.
//
// Line endings do not count: a checkout with CRLF for LF is not an edit, and its
// files are left alone as long as nothing else in them has to change.
package output

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// Files are the files to have in the output folder: the path of each, relative to
// the folder and with forward slashes, and its content.
type Files map[string][]byte

// check reports every path that some system would refuse, or would take for
// another path of the same set.
func (files Files) check() error {
	type entry struct {
		path   string
		folder bool
	}
	var (
		problems []error
		seen     = map[string]entry{}
	)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if err := lock.CheckPath(file); err != nil {
			problems = append(problems, err)
			continue
		}
		for _, p := range append(folders(file), file) {
			this := entry{p, p != file}
			other, ok := seen[fold(p)]
			switch {
			case !ok:
				seen[fold(p)] = this
			case other.path != p:
				problems = append(problems, fmt.Errorf("output paths %q and %q differ only in case, which some file systems ignore", other.path, p))
			case other.folder != this.folder:
				problems = append(problems, fmt.Errorf("output path %q is both a file and a folder", p))
			}
		}
	}
	return errors.Join(problems...)
}

// folders lists the folders that a path leads through, outermost first.
func folders(file string) []string {
	var list []string
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		list = append(list, dir)
	}
	slices.Reverse(list)
	return list
}

// fold maps names that a case-insensitive file system takes for the same to one.
func fold(name string) string {
	return strings.ToLower(strings.ToUpper(name))
}

func unixLines(content []byte) []byte {
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
}
