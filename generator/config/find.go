package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Find returns the configuration file of a folder, or of the nearest one above
// it in the same module; "" if there is none.
func Find(dir string) (string, error) {
	for {
		file := filepath.Join(dir, Name)
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			return file, nil
		}
		abs, err := filepath.Abs(dir)
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || abs == filepath.Dir(abs) {
			return "", nil
		}
		dir = filepath.Join(dir, "..")
	}
}

// FindBelow returns the configuration files of a folder and of those below it,
// in the order in which they need one another: a package that shares the support
// package of another one comes after it. Like the go command, it passes over
// folders that begin with "." or "_", and testdata, vendor and node_modules.
func FindBelow(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != dir && isIgnored(entry.Name()):
			return fs.SkipDir
		case entry.Name() == Name:
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return inOrder(files)
}

func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor" || name == "node_modules"
}

// inOrder sorts configuration files so that each comes after those that it
// needs.
func inOrder(files []string) ([]string, error) {
	type entry struct {
		file, output, odata string // the folders are absolute
	}
	var entries []entry
	for _, file := range files {
		e := entry{file: file}
		// A file that cannot be read comes as it is: its run reports why.
		if c, err := Read(file); err == nil {
			e.output, _ = filepath.Abs(c.Output)
			if strings.HasPrefix(c.OData, ".") {
				e.odata, _ = filepath.Abs(c.OData)
			}
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.file, b.file) })
	var sorted []string
	state := map[string]int{} // 1: being entered, 2: done
	var enter func(e entry) error
	enter = func(e entry) error {
		switch state[e.file] {
		case 1:
			return Errorf("%s: its support package is that of a package that needs this one", e.file)
		case 2:
			return nil
		}
		state[e.file] = 1
		for _, other := range entries {
			if e.odata != "" && other.file != e.file && other.output != "" && within(e.odata, other.output) {
				if err := enter(other); err != nil {
					return err
				}
			}
		}
		state[e.file] = 2
		sorted = append(sorted, e.file)
		return nil
	}
	for _, e := range entries {
		if err := enter(e); err != nil {
			return nil, err
		}
	}
	return sorted, nil
}

// within reports whether a folder is dir or below it.
func within(folder, dir string) bool {
	rel, err := filepath.Rel(dir, folder)
	return err == nil && (rel == "." || filepath.IsLocal(rel))
}

// NotHere reports that a folder has no configuration, but that folders below it
// do. It is nil if none does.
func NotHere(dir string) error {
	files, err := FindBelow(dir)
	if err != nil || len(files) == 0 {
		return err
	}
	for i, file := range files {
		files[i] = filepath.ToSlash(file)
	}
	return Errorf("%s has no %s, but there are some below: name a folder, or all of them with ./...\n\t%s", filepath.ToSlash(dir), Name, strings.Join(files, "\n\t"))
}

// Missing reports a folder without a configuration.
func Missing(dir string) error {
	return &Error{fmt.Sprintf("%s has neither %s nor a generated package", filepath.ToSlash(dir), Name)}
}
