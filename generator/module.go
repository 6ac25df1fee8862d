package generator

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

// FindConfig returns the configuration file of the current folder, or of the
// nearest one above it in the same module; "" if there is none.
func FindConfig() (string, error) {
	for dir := ""; ; dir = filepath.Join(dir, "..") {
		file := filepath.Join(dir, ConfigName)
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
	}
}

// packageName returns the package name that a folder suggests.
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

// importPathOf returns the import path of a folder, from the go.mod above it.
// Where there is none, the user can give instead.
func importPathOf(dir, instead string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for root := abs; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			modulePath := modfile.ModulePath(data)
			if modulePath == "" {
				return "", fmt.Errorf("%s names no module", filepath.Join(root, "go.mod"))
			}
			rel, err := filepath.Rel(root, abs)
			if err != nil {
				return "", err
			}
			importPath := path.Join(modulePath, filepath.ToSlash(rel))
			return importPath, module.CheckImportPath(importPath)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", err
		case root == filepath.Dir(root):
			return "", fmt.Errorf("there is no go.mod above %s: run go mod init, or give %s", dir, instead)
		}
	}
}

// GoMod returns the go.mod of the module that a folder is in; where there is
// none, that would be in the folder.
func GoMod(dir string) string {
	for d := dir; ; d = filepath.Join(d, "..") {
		file := filepath.Join(d, "go.mod")
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if abs, err := filepath.Abs(d); err != nil || abs == filepath.Dir(abs) {
			return filepath.Join(dir, "go.mod")
		}
	}
}
