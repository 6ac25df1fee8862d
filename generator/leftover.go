package generator

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// warnLeftovers warns of files in the folder of the package that msgraphgen
// wrote once, and that neither this run nor the lock file knows: a merge can
// bring them back. They would be compiled with the others.
func warnLeftovers(dir string, files output.Files, old *output.Lock, ds *source.Diagnostics) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return // the folder's name is no pattern: nothing is lost but a warning
	}
	for _, name := range names {
		base := filepath.Base(name)
		if _, wanted := files[base]; wanted || old != nil && old.Files[base] != "" {
			continue
		}
		if text, err := os.ReadFile(name); err == nil && bytes.HasPrefix(text, []byte(output.Header+"\n")) {
			ds.Warnf(source.Position{File: name}, "it was generated once, and is not listed in %s: remove it, unless you need it", output.LockName)
		}
	}
}
