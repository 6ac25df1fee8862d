package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FileError says that a name cannot be that of a file to write.
type FileError struct{ Message string }

// Error returns the message.
func (e *FileError) Error() string { return e.Message }

// WriteFile writes a single file as a whole, or leaves what is there, and
// reports whether that changed. The file keeps its mode, and a link stays one:
// what it leads to is replaced.
//
// Errors are a *FileError for what is no plain file, and of the system, with
// the name.
func WriteFile(name string, data []byte) (changed bool, err error) {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return false, err
	case info.IsDir():
		return false, &FileError{name + " is a folder: give the file to write"}
	case !info.Mode().IsRegular():
		return false, &FileError{name + " is no plain file: give one to write"}
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

// replaceFile writes a file beside the one that it then takes the place of. It
// has the given mode, or that of a new file.
func replaceFile(name string, data []byte, mode fs.FileMode) error {
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.tmp", filepath.Base(name), os.Getpid()))
	defer os.Remove(temporary) // is gone, if all went well
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

// NewFile writes a file that is not there yet; else the error is fs.ErrExist.
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
