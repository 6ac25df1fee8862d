package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"

	"github.com/msgraphgen/msgraphgen/generator/lock"
)

// fileSystem is what writing needs of os.Root. Its other implementation fails on
// purpose, in a test.
type fileSystem interface {
	Mkdir(name string, perm fs.FileMode) error
	MkdirAll(name string, perm fs.FileMode) error
	WriteFile(name string, data []byte, perm fs.FileMode) error
	Rename(oldname, newname string) error
	Remove(name string) error
	RemoveAll(name string) error
}

// WriteOptions are the options of [Changes.Write].
type WriteOptions struct {
	// Force overwrites files that were edited by hand.
	Force bool
}

// Write makes the changes. If any file is refused, the error is a *RefusedError and
// nothing is written. Other errors name the file, and say whether any was changed.
// Write relies on what Compare saw: call it right after.
//
// All contents are first written to a staging folder in the output folder, so that
// a full disk or a missing permission shows before anything has changed. Then they
// are renamed into place, each atomically, between two versions of the lock file:
// the first lists what is about to happen, the last what has happened. Folders
// that removed files leave empty go too.
//
// Files are made with mode 0644 and folders with 0755, less the umask; a file that
// is overwritten does not keep its mode, as it is a new file.
//
// Write does not call fsync. Renaming is enough to survive the end of the process.
// After a power failure a file may be damaged, which Compare reports; it can be
// had again from generate with force or from version control, and that is not
// worth some forty waits for the disk in each run.
func (c *Changes) Write(options WriteOptions) error {
	if err := c.Refused(options.Force); err != nil {
		return err
	}
	if c.Clean() {
		return nil
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return fmt.Errorf("cannot create the output folder %s: %w", c.dir, cause(err))
	}
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return fmt.Errorf("cannot open the output folder %s: %w", c.dir, cause(err))
	}
	defer root.Close()
	return c.apply(root)
}

// apply makes the changes in a folder.
func (c *Changes) apply(dir fileSystem) error {
	if err := c.stage(dir); err != nil {
		// Should this fail too, Compare tells and the next run tries again.
		_ = dir.RemoveAll(lock.Staging)
		return fmt.Errorf("%w; no file was changed", err)
	}
	if err := c.commit(dir); err != nil {
		_ = dir.RemoveAll(lock.Staging)
		return fmt.Errorf("%w; only some files were changed: generate again to finish", err)
	}
	if err := dir.RemoveAll(lock.Staging); err != nil {
		return c.failed("remove", lock.Staging, err)
	}
	return nil
}

// The names of the two locks in the staging folder. A file has its index.
const (
	stagedJournal = lock.Staging + "/journal"
	stagedLock    = lock.Staging + "/lock"
)

func staged(i int) string { return lock.Staging + "/" + strconv.Itoa(i) }

// stage writes all contents to the staging folder, and then the first version of
// the lock file to its place.
func (c *Changes) stage(dir fileSystem) error {
	if err := dir.RemoveAll(lock.Staging); err != nil {
		return c.failed("remove", lock.Staging, err)
	}
	if err := dir.Mkdir(lock.Staging, 0o755); err != nil {
		return c.failed("create", lock.Staging, err)
	}
	for i, change := range c.Files {
		if change.writes() {
			if err := dir.WriteFile(staged(i), change.want, 0o644); err != nil {
				return c.failed("write", change.Path, err)
			}
		}
	}
	if err := dir.WriteFile(stagedLock, c.newLock, 0o644); err != nil {
		return c.failed("write", lock.Name, err)
	}
	if len(c.journal.Pending) == 0 {
		return nil // nothing but the lock file changes
	}
	journal, err := c.journal.Encode()
	if err != nil {
		return err
	}
	if err := dir.WriteFile(stagedJournal, journal, 0o644); err != nil {
		return c.failed("write", lock.Name, err)
	}
	if err := dir.Rename(stagedJournal, lock.Name); err != nil {
		return c.failed("replace", lock.Name, err)
	}
	return nil
}

// commit removes what is stale, moves what is staged to its place, and last the
// lock file. Removing goes first because a name may come back in another case.
func (c *Changes) commit(dir fileSystem) error {
	for _, change := range c.Files {
		if change.Action == Removed {
			if err := dir.Remove(change.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return c.failed("remove", change.Path, err)
			}
			if err := c.prune(dir, change.Path); err != nil {
				return err
			}
		}
	}
	for _, file := range c.gone {
		if err := c.prune(dir, file); err != nil {
			return err
		}
	}
	for i, change := range c.Files {
		if change.writes() {
			if err := dir.MkdirAll(path.Dir(change.Path), 0o755); err != nil {
				return c.failed("create the folder of", change.Path, err)
			}
			if err := dir.Rename(staged(i), change.Path); err != nil {
				return c.failed("replace", change.Path, err)
			}
		}
	}
	if err := dir.Rename(stagedLock, lock.Name); err != nil {
		return c.failed("replace", lock.Name, err)
	}
	return nil
}

// prune removes the folders that a removed file leaves empty.
func (c *Changes) prune(dir fileSystem, file string) error {
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		err := dir.Remove(folder)
		switch {
		case errors.Is(err, fs.ErrExist): // how os reports that it is not empty
			return nil
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return c.failed("remove", folder, err)
		}
	}
	return nil
}

// writes reports whether the change puts a content in place. For a refused one it
// does, as Write comes this far only with force.
func (c Change) writes() bool {
	return c.Action == Created || c.Action == Changed || c.Action == Refused
}

func (c *Changes) failed(verb, file string, err error) error {
	return failed(c.dir, verb, file, err)
}
