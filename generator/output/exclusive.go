package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/msgraphgen/msgraphgen/generator/wait"
)

// Exclusive waits until no other process has the output folder dir, or the file of
// that name, to itself. Then it has it until unlock is called, or the process ends.
// Compare and Write need that: what one run found, another would change.
//
// The lock is on a file in the user's cache folder, not in dir, which belongs to the
// user's repository. The file is removed at the end. If ctx ends first, the error is
// that of ctx.
func Exclusive(ctx context.Context, dir string) (unlock func(), err error) {
	name, err := lockFile(dir)
	if err == nil {
		unlock, err = wait.For(ctx, "another run of msgraphgen to finish with "+dir,
			func() (func(), error) { return acquire(name) }, func(unlock func()) { unlock() })
	}
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("cannot keep other runs from %s: %w", dir, err)
	}
	return unlock, err
}

// acquire locks a file that exists as long as some run has or wants the lock.
func acquire(name string) (unlock func(), err error) {
	for {
		f, err := lockedfile.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		locked, err := f.Stat()
		if err == nil {
			var present fs.FileInfo
			if present, err = os.Lstat(name); err == nil && os.SameFile(locked, present) {
				return func() {
					_ = os.Remove(name) // Windows does not remove open files: there it stays
					f.Close()
				}, nil
			}
		}
		// The run that had the lock has removed this file: another one counts now.
		f.Close()
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
	}
}

// lockFile returns the name of the lock file for a folder or a file. Two ways to one
// place have one lock file, as far as the place exists.
func lockFile(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	folder, err := lockFolder()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(folder, hex.EncodeToString(sum[:8])+".lock"), nil
}

// lockFolder returns a folder that only the user can write to: in the user's cache
// folder, or if there is none, in the folder for temporary files.
func lockFolder() (string, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		folder := filepath.Join(cache, "msgraphgen", "locks")
		if os.MkdirAll(folder, 0o700) == nil {
			return folder, nil
		}
	}
	folder := filepath.Join(os.TempDir(), "msgraphgen-"+strconv.Itoa(os.Getuid()))
	if err := os.Mkdir(folder, 0o700); err == nil {
		return folder, nil
	}
	// Anybody can make a folder of that name, or a link, before the user does.
	info, err := os.Lstat(folder)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s is not a folder that only you can write to: remove it, or set XDG_CACHE_HOME", folder)
	}
	return folder, nil
}
