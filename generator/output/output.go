// Package output writes generated files into their folder, and recognizes them
// later.
//
// Three rules hold, even if a run fails:
//
//   - Manual edits are never lost, unless the user asks for that. A file belongs
//     to msgraphgen as long as it has the digest in the lock file.
//   - Only files that differ are written. A lock file that would differ only in
//     the digest of the source stays too.
//   - A run that is cut short leaves files that are each wholly old or wholly new.
//     [Changes.Clean] then returns false, and the next run repairs the folder.
//
// [Compare] only reads; [Changes.Write] makes the changes that it found.
//
// Line endings do not count: a checkout with CRLF for LF is not an edit, and its
// files stay as long as nothing else in them changes.
package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// Files are the wanted contents of an output folder, by path relative to the
// folder, with forward slashes.
type Files map[string][]byte

// check returns an error for all paths that some operating system refuses, or
// takes for another path in files.
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
		if long := longest(file); len(long) > maxName {
			problems = append(problems, fmt.Errorf("output path %q has a name of %d bytes, and file systems allow %d", file, len(long), maxName))
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

// maxName is the longest name of a file or a folder that file systems allow, in bytes.
const maxName = 255

// longest returns the longest of the names that a path consists of.
func longest(file string) string {
	return slices.MaxFunc(strings.Split(file, "/"), func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}

// folders returns the folders of a path, outermost first.
func folders(file string) []string {
	var list []string
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		list = append(list, dir)
	}
	slices.Reverse(list)
	return list
}

// fold returns the same name for all names that a file system without regard to
// case takes for one.
func fold(name string) string {
	return strings.ToLower(strings.ToUpper(name))
}

func unixLines(content []byte) []byte {
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
}
