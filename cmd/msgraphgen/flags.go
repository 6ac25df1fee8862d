package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
)

// flags are those of the commands that read a source.
type flags struct {
	config  config.Config
	file    string // the configuration file that --config names
	quiet   bool
	json    bool
	verbose bool
	force   bool
}

// addReading adds the flags that say what to read of which source.
func (f *flags) addReading(set *pflag.FlagSet) {
	c := &f.config
	set.StringVar(&f.file, "config", "", "configuration `FILE` (default "+config.Name+" here, or above in the module)")
	set.StringVar(&c.Source, "source", "", "metadata: `FILE|URL|snapshot` (default snapshot)")
	set.StringVar(&c.Format, "format", "", "format of the source: `csdl|openapi|auto` (default auto)")
	set.BoolVar(&c.ExternalRefs, "external-refs", false, "read the files that an OpenAPI document refers to, below its folder")
	set.StringVar(&c.Docs, "docs", "", "reference pages: the `DIR` of Markdown files")
	set.StringArrayVar(&c.Include, "include", nil, "methods to take, a `PATTERN` such as 'POST /me/profile/projects'; * one segment, ** any, {x} a key; repeatable")
	set.StringArrayVar(&c.Exclude, "exclude", nil, "methods to leave out again, a `PATTERN`; repeatable")
	set.StringArrayVar(&c.Types, "types", nil, "types to take without methods, a `PATTERN` such as 'microsoft.graph.**'; repeatable")
	set.StringArrayVar(&c.Derived, "derived", nil, "derived types to take: `none|all|NAME` of the base type; repeatable (default none)")
	set.StringVar(&c.APIVersion, "api-version", "", "version of the service: `beta|v1.0` (default: as the source or its name says, else beta)")
	set.BoolVar(&f.quiet, "quiet", false, "print errors only")
	set.BoolVar(&f.verbose, "verbose", false, "print all warnings and unchanged files")
}

// addWriting adds the flags of the commands that write a package.
func (f *flags) addWriting(set *pflag.FlagSet) {
	f.addReading(set)
	c := &f.config
	set.StringVar(&c.Output, "output", "", "`DIR` of the package (default profile)")
	set.StringVar(&c.Package, "package", "", "`NAME` of the package (default: from the folder)")
	set.StringVar(&c.ImportPath, "import-path", "", "import `PATH` of the package (default: from the enclosing go.mod)")
	set.StringVar(&c.OData, "odata", "", "import `PATH` of a support package to share, or its folder, as ./graph/odata (default: odata below the package)")
	set.StringArrayVar(&c.ReadOnly, "read-only", nil, "property that only the service sets, a `NAME` such as microsoft.graph.itemFacet/createdBy; repeatable")
	set.StringArrayVar(&c.Settable, "settable", nil, "property that a create can set, whatever the metadata says, a `NAME` such as microsoft.graph.partner/tenantId; repeatable")
	set.BoolVar(&c.KeepDeprecated, "keep-deprecated", false, "keep removed API for one release, marked deprecated")
	set.BoolVar(&f.json, "json", false, "print the result as JSON")
}

// addUpstream adds the flag that says what update makes the source from.
func (f *flags) addUpstream(set *pflag.FlagSet) {
	set.StringVar(&f.config.Upstream, "upstream", "", "what update makes the source from: `FILE|URL`")
}

// over returns a configuration in which the flags that were given replace what
// it says. The flags that select are one: if one of them is given, the selection
// of the configuration does not count.
func (f *flags) over(c config.Config, set *pflag.FlagSet) config.Config {
	for name, value := range map[string]struct{ to, from *string }{
		"source":      {&c.Source, &f.config.Source},
		"upstream":    {&c.Upstream, &f.config.Upstream},
		"format":      {&c.Format, &f.config.Format},
		"docs":        {&c.Docs, &f.config.Docs},
		"output":      {&c.Output, &f.config.Output},
		"package":     {&c.Package, &f.config.Package},
		"import-path": {&c.ImportPath, &f.config.ImportPath},
		"odata":       {&c.OData, &f.config.OData},
		"api-version": {&c.APIVersion, &f.config.APIVersion},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	for name, value := range map[string]struct{ to, from *bool }{
		"external-refs":   {&c.ExternalRefs, &f.config.ExternalRefs},
		"keep-deprecated": {&c.KeepDeprecated, &f.config.KeepDeprecated},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	for name, value := range map[string]struct{ to, from *[]string }{
		"include":   {&c.Include, &f.config.Include},
		"exclude":   {&c.Exclude, &f.config.Exclude},
		"types":     {&c.Types, &f.config.Types},
		"derived":   {&c.Derived, &f.config.Derived},
		"read-only": {&c.ReadOnly, &f.config.ReadOnly},
		"settable":  {&c.Settable, &f.config.Settable},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	return c
}

// selecting are the flags that say what to generate.
var selecting = []string{"include", "exclude", "types", "derived"}

// load returns the configuration of the current folder: that of the file, and
// what the flags say in its place. Errors have the position in the file.
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
	return task{config: f.over(c, set), file: file, given: set.Changed}, err
}

// task is what to do for one configuration.
type task struct {
	config config.Config
	file   string // the configuration file, or ""
	given  func(flag string) bool
}

// locate adds the position in the configuration file to an error about it.
func (t task) locate(err error) error {
	if err == nil || t.file == "" {
		return err
	}
	return config.Locate(err, t.file, t.given)
}

// tasks returns what to do for the folders that are named: DIR is that of a
// configuration or of a package, DIR/... every configuration below. Without
// folders it is the configuration here or above; else what the lock file of the
// package here says.
func (f *flags) tasks(set *pflag.FlagSet, dirs []string) ([]task, error) {
	if len(dirs) == 0 {
		t, err := f.here(set)
		return []task{t}, err
	}
	if f.file != "" {
		return nil, usageError{errors.New("--config and DIR: name one of them")}
	}
	var tasks []task
	for _, dir := range dirs {
		below, all := strings.CutSuffix(filepath.ToSlash(dir), "/...")
		if dir == "..." {
			below, all = ".", true
		}
		if !all {
			t, err := f.in(set, dir)
			if err != nil {
				return nil, err
			}
			tasks = append(tasks, t)
			continue
		}
		files, err := config.FindBelow(filepath.FromSlash(below))
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			return nil, config.Errorf("no %s is below %s", config.Name, below)
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

// here returns what to do where no folder is named.
func (f *flags) here(set *pflag.FlagSet) (task, error) {
	t, err := f.load(set)
	if err != nil || t.file != "" {
		return t, err
	}
	for _, dir := range []string{f.config.Output, ".", config.DefaultOutput} {
		if dir == "" || f.config.Output != "" && dir != f.config.Output {
			continue
		}
		if again, ok, err := f.repeat(set, dir); err != nil || ok {
			return again, err
		}
	}
	bare := true
	set.Visit(func(flag *pflag.Flag) {
		bare = bare && (flag.Name == "quiet" || flag.Name == "verbose" || flag.Name == "json" || flag.Name == "force")
	})
	if bare {
		if err := config.NotHere("."); err != nil {
			return t, err
		}
	}
	return t, nil
}

// in returns what to do for a folder.
func (f *flags) in(set *pflag.FlagSet, dir string) (task, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return task{}, usageError{fmt.Errorf("%s is not a folder", dir)}
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

// repeat returns what the package in a folder was generated with.
func (f *flags) repeat(set *pflag.FlagSet, dir string) (task, bool, error) {
	c, ok, err := generator.Repeat(dir, set.Changed)
	switch {
	case err != nil && (set.Changed("include") || set.Changed("types")):
		// Flags say what the lock file does not.
		c = f.config
		c.Output = cmp.Or(c.Output, dir)
		return task{config: c, given: set.Changed}, true, nil
	case err != nil || !ok:
		return task{}, false, err
	}
	for _, name := range selecting {
		if set.Changed(name) {
			c.Options = f.config.Options
		}
	}
	return task{config: f.over(c, set), given: set.Changed}, true, nil
}

// note prints what a run has to say besides its result.
func (f *flags) note(cmd *cobra.Command, n *generator.Notes) {
	if f.quiet || n == nil {
		return
	}
	w := cmd.ErrOrStderr()
	for _, d := range n.Advice {
		fmt.Fprintln(w, d)
	}
	if f.verbose {
		for _, d := range n.All() {
			fmt.Fprintln(w, d)
		}
		return
	}
	for _, line := range n.Summary() {
		fmt.Fprintln(w, line)
	}
}
