package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
)

// load returns the task for the configuration that --config names, or that of the
// current folder, with the values of the flags.
func (f *flags) load(set *pflag.FlagSet) (task, error) {
	file := f.file
	if file == "" {
		var err error
		if file, err = config.Find(""); err != nil {
			return task{}, err
		}
	}
	if file == "" {
		return task{config: f.config, given: set.Changed}, nil
	}
	return f.loadFile(file, set)
}

func (f *flags) loadFile(file string, set *pflag.FlagSet) (task, error) {
	c, err := config.Read(file)
	return task{config: f.override(c, set), file: file, given: set.Changed}, err
}

// task is a configuration to run a command for.
type task struct {
	config config.Config
	file   string                 // the configuration file, or ""
	given  func(flag string) bool // reports whether the user gave a flag
}

// locate adds positions in the configuration file to an error about its content.
func (t task) locate(err error) error {
	if err == nil || t.file == "" {
		return err
	}
	return config.Locate(err, t.file, t.given)
}

// tasks returns the tasks for the folders that the user named, as dirsHelp
// explains. None of them writes what another one writes.
func (f *flags) tasks(set *pflag.FlagSet, dirs []string) ([]task, error) {
	tasks, err := f.named(set, dirs)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t.file != "" && saysNothing(set) && config.Empty(t.file) {
			return nil, config.Errorf("%s: the file holds no settings: name the methods to generate with include, or remove the file and run %s init", t.file, started())
		}
	}
	return distinct(tasks, set.Lookup("upstream") != nil)
}

// named returns the tasks for the folders that the user named.
func (f *flags) named(set *pflag.FlagSet, dirs []string) ([]task, error) {
	if len(dirs) == 0 {
		t, err := f.currentTask(set)
		return []task{t}, err
	}
	if f.file != "" {
		return nil, usageError{errors.New("--config and DIR cannot be combined: give one of them")}
	}
	var tasks []task
	for _, dir := range dirs {
		below, all := strings.CutSuffix(filepath.ToSlash(dir), "/...")
		if dir == "..." {
			below, all = ".", true
		}
		if !all {
			t, err := f.folderTask(set, dir)
			if err != nil {
				return nil, err
			}
			tasks = append(tasks, t)
			continue
		}
		if err := checkFolder(below); err != nil {
			return nil, err
		}
		files, err := config.FindBelow(filepath.FromSlash(below))
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, config.Errorf("there is no %s in %s or below it", config.Name, below)
		}
		for _, file := range files {
			t, err := f.loadFile(file, set)
			if err != nil {
				return nil, err
			}
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// distinct returns the tasks without repetitions. It is an error if two of them write the
// same files: each run would remove those of the other one. Update also writes slices.
func distinct(tasks []task, update bool) ([]task, error) {
	var list []task
	owners := map[string]task{} // by folder, or file of a slice
	for _, t := range tasks {
		repeated := slices.ContainsFunc(list, func(earlier task) bool {
			return earlier.file == t.file && identity(earlier.config.Output) == identity(t.config.Output)
		})
		// A package that the user named by its folder can be that of a configuration.
		configured := t.file == "" && slices.ContainsFunc(tasks, func(other task) bool {
			return other.file != "" && identity(other.config.Output) == identity(t.config.Output)
		})
		if repeated || configured {
			continue
		}
		for _, dir := range t.config.Folders() {
			if other, ok := owners[identity(dir)]; ok {
				return nil, t.locate(config.Errorf("output: %s would be written for %s too: give each package a folder of its own", filepath.ToSlash(dir), other.name()))
			}
		}
		if source := t.config.Source; update && t.config.Upstream != "" && config.IsFile(source) {
			if other, ok := owners[identity(source)]; ok {
				return nil, t.locate(config.Errorf("source: update would write %s for %s too: give each package a source of its own", filepath.ToSlash(source), other.name()))
			}
			owners[identity(source)] = t
		}
		for _, dir := range t.config.Folders() {
			owners[identity(dir)] = t
		}
		list = append(list, t)
	}
	return list, nil
}

// identity returns a name of a file or folder that does not depend on how it is written.
func identity(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return name
}

// name returns how messages call the task: its configuration file, or else its folder.
func (t task) name() string { return filepath.ToSlash(cmp.Or(t.file, t.config.Output)) }

// currentTask returns the task if the user named no folder.
func (f *flags) currentTask(set *pflag.FlagSet) (task, error) {
	t, err := f.load(set)
	if err != nil || t.file != "" {
		return t, err
	}
	for _, dir := range []string{f.config.Output, ".", config.DefaultOutput} {
		if dir == "" || f.config.Output != "" && dir != f.config.Output {
			continue
		}
		if repeated, ok, err := f.repeat(set, dir); err != nil || ok {
			return repeated, err
		}
	}
	// Without flags that say what to do, this is a mistake in a folder above
	// those of the configurations.
	if saysNothing(set) {
		if err := config.NotHere("."); err != nil {
			return t, err
		}
		// go generate sets GOFILE to the file with the line that it runs.
		if file := os.Getenv("GOFILE"); file != "" {
			return t, config.Errorf("%s: there is no %s in this folder or above it in the module: run %s init there, or remove the go:generate line", file, config.Name, started())
		}
		if f.packaged {
			return t, config.Missing(".")
		}
	}
	return t, nil
}

// saysNothing reports whether the user gave no flag that says what to generate.
func saysNothing(set *pflag.FlagSet) bool {
	nothing := true
	set.Visit(func(flag *pflag.Flag) {
		nothing = nothing && slices.Contains([]string{"config", "quiet", "verbose", "json", "force"}, flag.Name)
	})
	return nothing
}

func checkFolder(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return usageError{fmt.Errorf("%s is not a folder", dir)}
	}
	return nil
}

// folderTask returns the task for a folder that the user named.
func (f *flags) folderTask(set *pflag.FlagSet, dir string) (task, error) {
	if err := checkFolder(dir); err != nil {
		return task{}, err
	}
	file := filepath.Join(dir, config.Name)
	if _, err := os.Stat(file); err == nil {
		return f.loadFile(file, set)
	}
	t, ok, err := f.repeat(set, dir)
	if err != nil || ok {
		return t, err
	}
	if err := config.NotHere(dir); err != nil {
		return t, err
	}
	return t, config.Missing(dir)
}

// repeat returns the task that generates the package in a folder again, or false if
// the folder has none.
func (f *flags) repeat(set *pflag.FlagSet, dir string) (task, bool, error) {
	c, ok, err := generator.Repeat(dir, set.Changed)
	switch {
	case err != nil && selects(set):
		// The flags replace what cannot be read.
		c = f.config
		c.Output = cmp.Or(c.Output, dir)
		return task{config: c, given: set.Changed}, true, nil
	case err != nil || !ok:
		return task{}, false, err
	}
	return task{config: f.override(c, set), given: set.Changed}, true, nil
}
