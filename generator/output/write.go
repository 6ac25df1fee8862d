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

// fileSystem holds the methods of os.Root that writing needs. A test has an
// implementation that fails on purpose.
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

// Write makes the changes. If a file is refused, the error is a *RefusedError and
// nothing is written. Other errors name the file, and say whether any file was
// changed. Write relies on the state that Compare saw: call it right after Compare.
//
// Write first writes all new files to a staging folder in the output folder, so
// that it notices a full disk or a missing permission before any file changes. It
// then writes a journal, a lock file that lists the pending changes, renames each
// new file into place, and finally replaces the journal by the new lock file. Write
// also removes the folders that removed files leave empty.
//
// New files have mode 0644 and new folders 0755, less the umask. A file that Write
// overwrites does not keep its mode.
//
// Write does not call fsync. Renaming is enough to survive the end of the process.
// A power failure can damage files, which Compare then reports as edited: generate
// with force or version control restores them. This does not justify some forty
// waits for the disk in each run.
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
		// If this fails too, the next run removes the folder.
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

// The names of the two lock files in the staging folder. The name of a generated
// file there is its index.
const (
	stagedJournal = lock.Staging + "/journal"
	stagedLock    = lock.Staging + "/lock"
)

func staged(i int) string { return lock.Staging + "/" + strconv.Itoa(i) }

// stage writes all new files to the staging folder, and then puts the journal in
// place.
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
	if c.journal == nil {
		return nil // only the lock file changes
	}
	if err := dir.WriteFile(stagedJournal, c.journal, 0o644); err != nil {
		return c.failed("write", lock.Name, err)
	}
	if err := dir.Rename(stagedJournal, lock.Name); err != nil {
		return c.failed("replace", lock.Name, err)
	}
	return nil
}

// commit removes stale files, renames the staged files into place, and the lock
// file last. Removing goes first, as a new name can differ from a stale one only in
// case.
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
	made := map[string]bool{}
	for i, change := range c.Files {
		if change.writes() {
			if folder := path.Dir(change.Path); !made[folder] {
				if err := dir.MkdirAll(folder, 0o755); err != nil {
					return c.failed("create the folder of", change.Path, err)
				}
				made[folder] = true
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

// prune removes the folders of a removed file that are empty now.
func (c *Changes) prune(dir fileSystem, file string) error {
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		err := dir.Remove(folder)
		switch {
		case errors.Is(err, fs.ErrExist): // the folder is not empty
			return nil
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return c.failed("remove", folder, err)
		}
	}
	return nil
}

// writes reports whether the change writes the file. A refused one does too, as
// Write comes this far only with force.
func (c Change) writes() bool {
	return c.Action == Created || c.Action == Changed || c.Action == Refused
}

func (c *Changes) failed(verb, file string, err error) error {
	return failed(c.dir, verb, file, err)
}
