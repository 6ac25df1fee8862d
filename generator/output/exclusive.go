package output

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Exclusive waits until no other process has the output folder dir to itself,
// and then has it until unlock is called, or the process ends. Compare and Write
// need that: what one run found, another would change.
//
// The lock is on a file in the folder for temporary files, not in dir, which
// belongs to the user's repository.
func Exclusive(dir string) (unlock func(), err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	// Two ways to one folder are one folder, as far as it exists.
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	sum := sha256.Sum256([]byte(abs))
	name := "msgraphgen-" + strconv.Itoa(os.Getuid()) + "-" + hex.EncodeToString(sum[:8]) + ".lock"
	unlock, err = lockedfile.MutexAt(filepath.Join(os.TempDir(), name)).Lock()
	if err != nil {
		return nil, fmt.Errorf("cannot keep other runs from %s: %w", dir, cause(err))
	}
	return unlock, nil
}
