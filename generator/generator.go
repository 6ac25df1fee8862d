// Package generator turns Microsoft Graph metadata into a Go package.
//
// [Generate] is the whole story: it lists the passes in order. Each pass is a
// package of its own, a function with plain values on both sides. The other
// commands are made of the same passes, one command a file.
package generator

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// Result is a generated package, and how it differs from the one that is there.
type Result struct {
	Output     string // the folder of the package
	ImportPath string // of the package
	Changes    *output.Changes
	Types      int // that were generated
	Methods    int // that were generated
	Notes
}

// Name returns how messages call the package: its folder, or if that is the current
// folder, as under go generate, its import path.
func (r *Result) Name() string {
	if filepath.Clean(r.Output) == "." {
		return r.ImportPath
	}
	return r.Output
}

// Generate makes the package that c asks for and compares it with the one in the
// output folder. It writes nothing: see [Write].
//
// Errors are a *config.Error, an *api.Error, a *source.InputError, a
// *lock.DamagedError, or of the system or the network.
func Generate(ctx context.Context, c config.Config) (*Result, error) {
	complete, err := c.Complete()
	if err != nil {
		return nil, err
	}
	document, err := readSource(ctx, complete.Input)
	if err != nil {
		return nil, err
	}
	result, _, err := generate(c, complete, document)
	if err != nil {
		return nil, err
	}
	result.adviseOnFolder()
	return result, nil
}

// generate makes the package that a configuration asks for from its source. It also
// returns the metadata.
func generate(asked, c config.Config, document *input.Document) (*Result, *metadata, error) {
	var meta *metadata
	var old *lock.File
	if err := errors.Join(both(
		func() (err error) { meta, err = parse(document, c.Input, c.Include...); return err },
		func() (err error) { old, err = output.ReadLock(c.Output); return err },
	)); err != nil {
		return nil, nil, err
	}
	made, err := meta.build(c, old)
	if err != nil {
		return nil, nil, err
	}
	next, err := meta.lockFile(asked, c, meta.source(old), made.now, old)
	if err != nil {
		return nil, nil, err
	}
	changes, err := output.Compare(c.Output, made.files, next)
	if err != nil {
		return nil, nil, err
	}
	r := meta.result(c, made.now, changes)
	made.now.warnLost(&r.Notes)
	return r, meta, nil
}

// built is a package that is not compared with the output folder yet.
type built struct {
	now   *planned
	files output.Files
}

// build makes the package that c, which is complete, asks for. The lock file of the
// package in the output folder can be nil.
func (meta *metadata) build(c config.Config, old *lock.File) (*built, error) {
	selected, err := meta.chooseAgain(c, old)
	if err != nil {
		return nil, err
	}
	before, err := earlier(c, old)
	if err != nil {
		return nil, err
	}
	now, err := meta.plan(c, selected, before, old)
	if err != nil {
		return nil, err
	}
	files, err := golang.Render(now.Plan)
	return &built{now, files}, err
}

// WriteOptions are the options of [Write].
type WriteOptions struct {
	// Force overwrites files that were edited by hand.
	Force bool
	// Cache is a folder in which Write remembers its last run on each package, and
	// does not repeat it if nothing has changed since. Without a folder, Write
	// remembers nothing.
	Cache string
}

// Write makes the package that c asks for, and puts it into the output folder.
// Runs on one folder wait for each other. If ctx ends before anything has been
// written, nothing is; writing that has begun is finished.
//
// Errors are those of [Generate] and of output.Changes.Write.
func Write(ctx context.Context, c config.Config, options WriteOptions) (*Result, error) {
	complete, err := c.Complete()
	if err != nil {
		return nil, err
	}
	unlock, err := output.Exclusive(ctx, complete.Output)
	if err != nil {
		return nil, err
	}
	defer unlock()
	document, err := readSource(ctx, complete.Input)
	if err != nil {
		return nil, err
	}
	memory := newMemory(options.Cache, c, complete)
	result := memory.recall(document)
	if result == nil {
		var meta *metadata
		if result, meta, err = generate(c, complete, document); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err = result.Changes.Write(output.WriteOptions{Force: options.Force}); err == nil {
			memory.keep(result, meta)
		}
	}
	result.adviseOnFolder()
	return result, err
}

// Repeat returns the configuration that a package in a folder was generated
// with, or false if there is no such package. What is given otherwise need not be
// in the lock file.
func Repeat(dir string, given func(key string) bool) (c config.Config, ok bool, err error) {
	f, err := output.ReadLock(dir)
	switch {
	case err != nil || f == nil || f.Begun():
		return c, false, err
	case f.Outdated():
		return c, false, &lock.DamagedError{Err: fmt.Errorf("%s was written by an older msgraphgen, and does not say what was generated: generate once with the flags or the configuration of the last time", lockName(dir))}
	}
	c, err = config.FromLock(f.Config, dir, given)
	return c, err == nil, err
}

// methods returns how many of the methods are not retained.
func methods(s *api.Selection) int {
	n := 0
	for _, m := range s.Methods {
		if !m.Retained {
			n++
		}
	}
	return n
}
