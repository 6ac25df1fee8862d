package config

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Find returns the configuration file in dir, or in the nearest folder above it
// in the same module. It returns "" if there is none.
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

// FindBelow returns the configuration files in dir and below it. A package that
// shares the support package of another one comes after it; otherwise the files
// are sorted by name. Like the go command, FindBelow skips folders whose names
// begin with "." or "_", and testdata, vendor and node_modules.
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
	return sortByNeed(files)
}

func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor" || name == "node_modules"
}

// sortByNeed sorts configuration files by name, but each after those whose
// packages it needs.
func sortByNeed(files []string) ([]string, error) {
	type entry struct {
		file, output, odata string // the folders are absolute
	}
	var entries []entry
	for _, file := range files {
		e := entry{file: file}
		// An unreadable file needs nothing: its own run reports the error.
		if c, err := Read(file); err == nil {
			e.output, _ = filepath.Abs(c.Output)
			if dir := c.supportDir(); dir != "" {
				e.odata, _ = filepath.Abs(dir)
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
			return Errorf("%s: odata: this package needs the support package of another one, which needs this one: give one of them its own", e.file)
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

// within reports whether folder is dir or below it.
func within(folder, dir string) bool {
	rel, err := filepath.Rel(dir, folder)
	return err == nil && (rel == "." || filepath.IsLocal(rel))
}

// NotHere returns an *Error that lists the configurations below a folder that has
// none itself. It returns nil if there are none.
func NotHere(dir string) error {
	files, err := FindBelow(dir)
	if err != nil || len(files) == 0 {
		return err
	}
	for i, file := range files {
		files[i] = filepath.ToSlash(file)
	}
	return Errorf("%s has no %s, but folders below it do: name one of them, or all with ./...\n\t%s", filepath.ToSlash(dir), Name, strings.Join(files, "\n\t"))
}

// Missing returns the *Error for a folder with neither a configuration nor a
// package.
func Missing(dir string) error {
	return Errorf("%s has neither %s nor a generated package: run init there", filepath.ToSlash(dir), Name)
}
