package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"fmt"
	"path/filepath"
	"runtime/debug"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// Version returns the version of msgraphgen: that of its module where it was
// built as one, else "devel".
func Version() string {
	const module = "github.com/msgraphgen/msgraphgen"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == module && m.Version != "" && m.Version[0] == 'v' && m.Sum != "" {
			return m.Version
		}
	}
	return "devel"
}

// newLock returns the lock file for a generated package, less the digests of
// the files.
func newLock(c Config, in document, selected *model.Model, names map[string]string, kept *retain.Kept) (output.Lock, error) {
	closure, err := closureOf(selected)
	if err != nil {
		return output.Lock{}, err
	}
	var keeping jsontext.Value
	if !kept.Empty() {
		if keeping, err = json.Marshal(kept, json.Deterministic(true)); err != nil {
			return output.Lock{}, fmt.Errorf("what is kept cannot be written down: %w", err)
		}
	}
	// What is not said is left out, so that an option more changes no digest.
	config, err := json.Marshal(c.digested(), json.Deterministic(true), json.OmitZeroStructFields(true))
	if err != nil {
		return output.Lock{}, fmt.Errorf("the configuration cannot be written down: %w", err)
	}
	return output.Lock{
		Tool:    Version(),
		Source:  output.Source{Name: in.lockName(), Format: in.format(c.Format), Digest: digest(in.data), Upstream: in.upstream},
		Closure: digest(closure),
		Config:  digest(config),
		Names:   names,
		Model:   closure,
		Kept:    keeping,
	}, nil
}

// closureOf returns the form of a selected model that the lock file holds.
func closureOf(selected *model.Model) (jsontext.Value, error) {
	closure, err := json.Marshal(selected, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("the selected model cannot be written down: %w", err)
	}
	return closure, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// pinned returns the Go names that an earlier run gave.
func pinned(old *output.Lock) map[string]string {
	if old == nil {
		return nil
	}
	return old.Names
}

// damagedNames says that pinned names cannot be used.
func damagedNames(dir string, err error) error {
	return &output.DamagedError{Err: fmt.Errorf("%s: %w: correct the names there, or delete them for new ones",
		filepath.Join(dir, output.LockName), err)}
}
