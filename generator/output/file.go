package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FileError reports a name that is not that of a file that can be written.
type FileError struct{ Message string }

func (e *FileError) Error() string { return e.Message }

// WriteFile writes a single file, wholly or not at all, and reports whether its
// content changed. The file keeps its mode. If name is a link, WriteFile replaces
// the file that it leads to. The caller keeps other runs from the file.
//
// Errors are a *FileError for a folder or a special file, or of the system with
// the name.
func WriteFile(name string, data []byte) (changed bool, err error) {
	name = target(name)
	if err := RemoveTemporary(name); err != nil {
		return false, err
	}
	mode := fs.FileMode(0)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return false, err
	case info.IsDir():
		return false, &FileError{name + " is a folder: give the name of a file"}
	case !info.Mode().IsRegular():
		return false, &FileError{name + " is a special file: give the name of a plain file"}
	default:
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
			return false, nil
		}
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", name, cause(err))
	}
	if err := replaceFile(name, data, mode); err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", name, cause(err))
	}
	return true, nil
}

// replaceFile writes a temporary file beside name and renames it to name. The file
// gets the given mode, or that of a new file if it is 0.
func replaceFile(name string, data []byte, mode fs.FileMode) error {
	temporary := temporary(name)
	defer os.Remove(temporary) // fails after the renaming, as it should
	if err := NewFile(temporary, data); err != nil {
		return err
	}
	if mode != 0 {
		if err := os.Chmod(temporary, mode); err != nil {
			return err
		}
	}
	return os.Rename(temporary, name)
}

// RemoveTemporary removes the temporary file that a run leaves beside name if it is
// killed in WriteFile.
func RemoveTemporary(name string) error {
	err := os.Remove(temporary(target(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func temporary(name string) string {
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".msgraphgen.tmp")
}

// target returns the file that a link leads to.
func target(name string) string {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		return target
	}
	return name
}

// NewFile writes a file that does not exist yet. Otherwise the error is
// [fs.ErrExist].
func NewFile(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
