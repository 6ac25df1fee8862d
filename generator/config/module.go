package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// packageName returns the package name that the name of a folder suggests, or "".
func packageName(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(filepath.Base(abs)))
	return strings.TrimLeft(name, "0123456789")
}

// Module is the Go module that a folder is in.
type Module struct {
	File string // its go.mod
	Path string
	Go   string // the version in its go directive, or ""

	Requires []string // the paths of the modules that it requires
}

// FindModule returns the module that dir is in, or nil if there is none. The
// folder need not exist.
func FindModule(dir string) (*Module, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for root := abs; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "go.mod")
		data, err := os.ReadFile(file)
		switch {
		case err == nil:
			f, err := modfile.ParseLax(file, data, nil)
			if err != nil {
				return nil, err
			}
			if f.Module == nil {
				return nil, fmt.Errorf("%s has no module directive: run go mod init", file)
			}
			m := &Module{File: file, Path: f.Module.Mod.Path}
			if f.Go != nil {
				m.Go = f.Go.Version
			}
			for _, r := range f.Require {
				m.Requires = append(m.Requires, r.Mod.Path)
			}
			return m, nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return nil, err
		case root == filepath.Dir(root):
			return nil, nil
		}
	}
}

// importPathOf returns the import path of a folder, from the go.mod above it. The
// error for a missing go.mod suggests to give instead.
func importPathOf(dir, instead string) (string, error) {
	m, err := FindModule(dir)
	if err != nil {
		return "", err
	}
	if m == nil {
		return "", fmt.Errorf("there is no go.mod in %s or above it: run go mod init, or give %s", dir, instead)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(filepath.Dir(m.File), abs)
	if err != nil {
		return "", err
	}
	importPath := path.Join(m.Path, filepath.ToSlash(rel))
	return importPath, module.CheckImportPath(importPath)
}
