package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// flags are those of the commands that read a source.
type flags struct {
	config  generator.Config
	file    string // the configuration file
	quiet   bool
	json    bool
	verbose bool
	force   bool
}

// addReading adds the flags that say what to read of which source.
func (f *flags) addReading(set *pflag.FlagSet) {
	c := &f.config
	set.StringVar(&f.file, "config", "", "configuration `FILE` (default "+generator.ConfigName+" here, or above in the module)")
	set.StringVar(&c.Source, "source", "", "metadata: `FILE|URL|snapshot` (default snapshot)")
	set.StringVar(&c.Format, "format", "", "format of the source: `csdl|openapi|auto` (default auto)")
	set.BoolVar(&c.ExternalRefs, "external-refs", false, "read the files that an OpenAPI document refers to, below its folder")
	set.StringVar(&c.Docs, "docs", "", "reference pages: the `DIR` of Markdown files")
	set.StringArrayVar(&c.Include, "include", nil, "operations to take, a `PATTERN` such as 'POST /me/profile/projects'; * one segment, ** any, {x} a key; repeatable")
	set.StringArrayVar(&c.Exclude, "exclude", nil, "operations to leave out again, a `PATTERN`; repeatable")
	set.StringArrayVar(&c.Types, "types", nil, "types to take without operations, a `PATTERN` such as 'microsoft.graph.**'; repeatable")
	set.StringArrayVar(&c.Derived, "derived", nil, "derived types to take: `none|all|NAME` of the base type; repeatable (default none)")
	set.StringVar(&c.APIVersion, "api-version", "", "`VERSION` of the service (default: v1.0 if the source's name says so, else beta)")
	set.BoolVar(&f.quiet, "quiet", false, "print errors only")
	set.BoolVar(&f.verbose, "verbose", false, "print all warnings and unchanged files")
}

// add adds the flags of generate and check.
func (f *flags) add(set *pflag.FlagSet) {
	f.addReading(set)
	c := &f.config
	set.StringVar(&c.Output, "output", "", "`DIR` of the package (default profile)")
	set.StringVar(&c.Package, "package", "", "`NAME` of the package (default: from the folder)")
	set.StringVar(&c.ImportPath, "import-path", "", "import `PATH` of the package (default: from the enclosing go.mod)")
	set.StringVar(&c.OData, "odata", "", "import `PATH` of a support package to share, or its folder, as ./graph/odata (default: odata below the package)")
	set.StringArrayVar(&c.ReadOnly, "read-only", nil, "property that only the service sets, a `NAME` such as microsoft.graph.itemFacet/createdBy; repeatable")
	set.BoolVar(&c.KeepDeprecated, "keep-deprecated", false, "have what goes from the selection stay for one release, as deprecated")
	set.BoolVar(&f.json, "json", false, "print the result as JSON")
}

// addUpstream adds the flag that says what update takes the source from.
func (f *flags) addUpstream(set *pflag.FlagSet) {
	set.StringVar(&f.config.Upstream, "upstream", "", "what the source is taken from: `FILE|URL`")
}

// load returns the configuration: that of the file, where flags do not say
// otherwise.
func (f *flags) load(set *pflag.FlagSet) (generator.Config, error) {
	if f.file == "" {
		var err error
		if f.file, err = generator.FindConfig(); err != nil || f.file == "" {
			return f.config, err
		}
	}
	c, err := generator.ReadConfig(f.file)
	if err != nil {
		return c, err
	}
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
	if set.Changed("external-refs") {
		c.ExternalRefs = f.config.ExternalRefs
	}
	if set.Changed("keep-deprecated") {
		c.KeepDeprecated = f.config.KeepDeprecated
	}
	for name, value := range map[string]struct{ to, from *[]string }{
		"include":   {&c.Include, &f.config.Include},
		"exclude":   {&c.Exclude, &f.config.Exclude},
		"types":     {&c.Types, &f.config.Types},
		"derived":   {&c.Derived, &f.config.Derived},
		"read-only": {&c.ReadOnly, &f.config.ReadOnly},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	return c, nil
}

// located has what a command finds wrong with the configuration file say where
// that is.
func (f *flags) located(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := run(cmd, args)
		if f.file == "" {
			return err
		}
		return generator.Locate(err, f.file, cmd.Flags().Changed)
	}
}

func newGenerate() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Generate the package",
		Long: "Generate the package: read the metadata, take the operations and types that are asked for, and write a Go package.\n" +
			"Without flags and configuration it makes the package profile, for creating projects in a user's profile.",
		Example: "  msgraphgen generate --source metadata.xml --include 'POST /me/profile/projects' --output projects",
		Args:    noArguments,
		RunE: f.located(func(cmd *cobra.Command, args []string) error {
			result, err := f.run(cmd, func(ctx context.Context, c generator.Config) (*generator.Result, error) {
				return generator.Write(ctx, c, output.WriteOptions{Force: f.force})
			})
			if err != nil {
				return err
			}
			return f.report(cmd.OutOrStdout(), written(result))
		}),
	}
	f.add(cmd.Flags())
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite files that were edited by hand")
	return cmd
}

// written returns a result after writing: what would have been refused is
// overwritten by then.
func written(result *generator.Result) *generator.Result {
	for i := range result.Changes.Files {
		if c := &result.Changes.Files[i]; c.Action == output.Refused {
			c.Action = output.Changed
		}
	}
	return result
}

func newCheck() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the package is up to date",
		Long:  "Tell whether generate would change anything, with the same flags. It writes nothing; it prints the difference, and then exits with 1.",
		Args:  noArguments,
		RunE: f.located(func(cmd *cobra.Command, args []string) error {
			result, err := f.run(cmd, generator.Generate)
			if err != nil {
				return err
			}
			clean := result.Changes.Clean()
			switch {
			case f.json:
				if err := f.reportJSON(cmd.OutOrStdout(), result); err != nil {
					return err
				}
			case !clean && !f.quiet:
				if _, err := onTerminal(cmd.OutOrStdout()).Write(result.Changes.Diff()); err != nil {
					return err
				}
				hint := "run msgraphgen generate"
				if refused, ok := errors.AsType[*output.RefusedError](result.Changes.Refused(false)); ok {
					for _, file := range refused.Files {
						fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", file.Path, file.Reason)
					}
					hint = "move these edits to files of your own, then run msgraphgen generate --force"
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%s is stale: %s\n", result.Output, hint)
			}
			if !clean {
				return errStale
			}
			return nil
		}),
	}
	f.add(cmd.Flags())
	return cmd
}

// maxWarnings is how many warnings are printed where not all are asked for.
// The metadata of Graph has many, most of them about what is not selected.
const maxWarnings = 5

// run runs the generator with the configuration that the flags and the file
// give, and prints warnings.
func (f *flags) run(cmd *cobra.Command, generate func(context.Context, generator.Config) (*generator.Result, error)) (*generator.Result, error) {
	config, err := f.load(cmd.Flags())
	if err != nil {
		return nil, err
	}
	result, err := generate(cmd.Context(), config)
	if result != nil && !f.quiet {
		f.warn(cmd.ErrOrStderr(), result.Warnings)
	}
	return result, err
}

func (f *flags) warn(w io.Writer, warnings []source.Diagnostic) {
	shown := warnings
	if !f.verbose {
		shown = warnings[:min(len(warnings), maxWarnings)]
	}
	for _, d := range shown {
		fmt.Fprintln(w, d)
	}
	if more := len(warnings) - len(shown); more > 0 {
		fmt.Fprintf(w, "and %s: --verbose prints all\n", plural(more, "more warning"))
	}
}

// report prints what was, or would be, done.
func (f *flags) report(w io.Writer, result *generator.Result) error {
	if f.json {
		return f.reportJSON(w, result)
	}
	if f.quiet {
		return nil
	}
	w = report.Visible{W: w}
	counts := map[output.Action]int{}
	for _, c := range allFiles(result) {
		counts[c.Action]++
		if c.Action == output.Unchanged && !f.verbose {
			continue
		}
		line := fmt.Sprintf("%-9s %s", c.Action, c.Path)
		if c.Reason != "" {
			line += ": " + c.Reason
		}
		fmt.Fprintln(w, line)
	}
	made := fmt.Sprintf("%s: %s, %s", result.Output, plural(result.Types, "type"), plural(result.Creates, "operation"))
	if result.Changes.Clean() {
		_, err := fmt.Fprintf(w, "%s; up to date\n", made)
		return err
	}
	_, err := fmt.Fprintf(w, "%s; %s created, %d changed, %d removed, %d unchanged\n", made,
		plural(counts[output.Created], "file"), counts[output.Changed], counts[output.Removed], counts[output.Unchanged])
	return err
}

// allFiles returns what happens to each file, and to the lock file.
func allFiles(result *generator.Result) []output.Change {
	lock := output.Change{Path: output.LockName, Action: result.Changes.Lock}
	return append(slices.Clip(result.Changes.Files), lock)
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// The JSON form of a result.
type (
	jsonResult struct {
		Output     string     `json:"output"`
		Types      int        `json:"types"`
		Operations int        `json:"operations"`
		Files      []jsonFile `json:"files"`
		Warnings   []string   `json:"warnings,omitzero"`
	}
	jsonFile struct {
		Path   string        `json:"path"`
		Action output.Action `json:"action"`
		Reason string        `json:"reason,omitzero"`
	}
)

func newJSONResult(result *generator.Result) jsonResult {
	document := jsonResult{Output: filepath.ToSlash(result.Output), Types: result.Types, Operations: result.Creates}
	for _, c := range allFiles(result) {
		document.Files = append(document.Files, jsonFile{c.Path, c.Action, c.Reason})
	}
	for _, d := range result.Warnings {
		document.Warnings = append(document.Warnings, d.String())
	}
	return document
}

// reportJSON prints the result for other programs.
func (f *flags) reportJSON(w io.Writer, result *generator.Result) error {
	return report.WriteJSON(w, newJSONResult(result))
}
