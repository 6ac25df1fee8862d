package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// disk reads an output folder. It uses os.Root, so that symbolic links in the
// folder do not lead out of it. The folder itself may be a link.
type disk struct {
	dir  string
	root *os.Root // nil when the folder does not exist
}

func openDisk(dir string) (disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return disk{}, fmt.Errorf("cannot open the output folder %s: %w", dir, cause(err))
	}
	return disk{dir, root}, nil
}

func (d disk) close() {
	if d.root != nil {
		d.root.Close()
	}
}

// found describes what is at a path: a file, something else, or nothing.
type found struct {
	info    fs.FileInfo // nil unless there is a file
	content []byte
	digest  string
	blocked string // why no file can be written there, or ""
}

// find looks up a path. Anything but a plain file in plain folders blocks it: links
// can make two paths one, or lead elsewhere.
func (d disk) find(file string) (found, error) {
	if d.root == nil {
		return found{}, nil
	}
	for _, p := range append(folders(file), file) {
		info, err := d.root.Lstat(p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return found{}, nil
		case err != nil:
			return found{}, failed(d.dir, "look at", p, err)
		case p != file && !info.IsDir():
			return found{blocked: fmt.Sprintf("%s is %s, not a folder", p, kind(info))}, nil
		case p != file:
			continue
		case !info.Mode().IsRegular():
			return found{blocked: fmt.Sprintf("%s is in its place", kind(info))}, nil
		}
		content, err := d.root.ReadFile(p)
		if err != nil {
			return found{}, failed(d.dir, "read", p, err)
		}
		return found{info: info, content: content, digest: lock.Digest(content)}, nil
	}
	return found{}, nil
}

func kind(info fs.FileInfo) string {
	switch {
	case info.IsDir():
		return "a folder"
	case info.Mode().IsRegular():
		return "a file"
	case info.Mode()&fs.ModeSymlink != 0:
		return "a symbolic link"
	}
	return "a special file"
}

// ReadLock reads the lock file of an output folder. It returns nil without an error
// if there is none. Errors are a *lock.DamagedError, or of the system.
func ReadLock(dir string) (*lock.File, error) {
	d, err := openDisk(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	f, _, err := d.readLock()
	return f, err
}

// readLock returns the lock file and its bytes, or nil for both.
func (d disk) readLock() (*lock.File, []byte, error) {
	have, err := d.find(lock.Name)
	if err != nil || have.info == nil && have.blocked == "" {
		return nil, nil, err
	}
	name := filepath.Join(d.dir, lock.Name)
	if have.blocked != "" {
		return nil, nil, fmt.Errorf("%s: %s: move it away", name, have.blocked)
	}
	f, err := lock.Parse(have.content)
	if err != nil {
		return nil, nil, &lock.DamagedError{Err: fmt.Errorf("%s:%w: the lock file is damaged, or from a newer msgraphgen:"+
			" restore it from version control, or delete it and generate again with --force", name, err)}
	}
	return f, have.content, nil
}

// leftover reports whether an interrupted run left its staging folder.
func (d disk) leftover() (bool, error) {
	if d.root == nil {
		return false, nil
	}
	_, err := d.root.Lstat(lock.Staging)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, failed(d.dir, "look at", lock.Staging, err)
	}
	return true, nil
}

// failed returns an error that says which action failed on which file.
func failed(dir, verb, file string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", verb, filepath.Join(dir, file), cause(err))
}

// cause returns the error of the system without the call and the path, for callers
// that name the file.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
