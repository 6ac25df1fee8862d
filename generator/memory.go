package generator

import (
	"encoding/json/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// memory remembers the last run on a package, in the user's cache folder: what it
// depended on, and what it said. A run that depends on the same, and finds the files
// as the last one left them, has nothing to do.
//
// The lock file is not the place for that. It stays as it is when a release changes
// nothing that is selected, so it cannot hold what is said about the rest.
type memory struct {
	file   string        // "" if nothing can be remembered
	pages  string        // their digest
	asked  config.Config // by the user
	config config.Config // complete
}

// remembered is the content of the file of a memory.
type remembered struct {
	Input   string `json:"input"`
	Lock    string `json:"lock"` // the digest of the lock file that the run left
	Types   int    `json:"types"`
	Methods int    `json:"methods"`
	Notes   Notes  `json:"notes"`
}

// newMemory returns the memory of a run in a cache folder. It is for runs that read
// nothing but the document and the pages.
func newMemory(cache string, asked, c config.Config) memory {
	if cache == "" || c.ExternalRefs || input.IsAddress(c.Source) {
		return memory{}
	}
	dir, err := filepath.Abs(c.Output)
	if err != nil {
		return memory{}
	}
	pages := ""
	if c.Docs != "" {
		if pages, err = docs.Digest(c.Docs); err != nil {
			return memory{}
		}
	}
	name := lock.Digest([]byte(dir))[len("sha256:"):]
	return memory{file: filepath.Join(cache, "runs", name+".json"), pages: pages, asked: asked, config: c}
}

// input returns the digest of what a run depends on, with a document of a digest; or ""
// if it has none.
func (m memory) input(document string) string {
	depends, err := json.Marshal([]any{build(), config.ForLock(m.asked, m.config), m.config, m.config.Output, document, m.pages}, json.Deterministic(true))
	if err != nil {
		return ""
	}
	return lock.Digest(depends)
}

// build returns what distinguishes this build of msgraphgen from others: its version,
// or if it has none, its file and when that was written.
func build() string {
	if v := Version(); v != devel {
		return v
	}
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return name + info.ModTime().UTC().Format(time.RFC3339Nano)
}

// recall returns the result of a run on a document that has nothing to do, or nil.
func (m memory) recall(document *input.Document) *Result {
	data, err := os.ReadFile(m.file)
	if err != nil {
		return nil
	}
	var last remembered
	if json.Unmarshal(data, &last) != nil || last.Input != m.input(lock.Digest(document.Data)) {
		return nil
	}
	changes, digest := output.AsWritten(m.config.Output)
	if changes == nil || last.Lock != digest {
		return nil
	}
	return &Result{Output: m.config.Output, ImportPath: m.config.ImportPath, Changes: changes, Types: last.Types, Methods: last.Methods, Notes: last.Notes}
}

// keep remembers a run. If that fails, the next run does all of its work. So does the
// run after one that warned about callers of an earlier version, as it does not warn
// again.
func (m memory) keep(result *Result, meta *metadata) {
	if m.file == "" || len(meta.model.References) > 0 || m.config.KeepDeprecated && !result.Changes.Clean() {
		return
	}
	written, err := os.ReadFile(filepath.Join(m.config.Output, lock.Name))
	if err != nil {
		return
	}
	data, err := json.Marshal(remembered{m.input(meta.digest()), lock.Digest(written), result.Types, result.Methods, result.Notes})
	if err != nil || os.MkdirAll(filepath.Dir(m.file), 0o700) != nil {
		return
	}
	// A file that is cut short is not JSON, which recall ignores.
	_ = os.WriteFile(m.file, data, 0o600)
}
