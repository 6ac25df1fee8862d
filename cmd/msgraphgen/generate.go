package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

const dirsHelp = "\n\nDIR is the folder of a configuration or of a generated package. DIR/... stands for all configurations in DIR and below it;\n" +
	"each package comes after those that it needs. Without DIR, the command uses the configuration in the current folder or above it\n" +
	"in the module, or else the package there, with the configuration that its lock file records."

func newGenerate() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "generate [DIR...]",
		Short: "Generate the package",
		Long: "Generate reads the metadata, selects methods and types, and writes a Go package with its tests.\n\n" +
			"Without flags and without a configuration, generate writes the package profile, which creates projects in a user's profile.\n" +
			"Under go generate, which runs a line of an existing package, that is an error." + dirsHelp,
		Example: "  msgraphgen generate --source metadata.xml --include 'POST /me/profile/projects' --output projects\n" +
			"  msgraphgen generate ./...",
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.each(cmd, args, func(t task) error {
				result, err := generator.Write(cmd.Context(), t.config, generator.WriteOptions{Force: f.force, Cache: cacheDir()})
				if result != nil {
					f.noteOn(cmd, t, result)
				}
				if err != nil {
					return err
				}
				return f.report(cmd.OutOrStdout(), written(result))
			})
		},
	}
	f.addWriting(cmd.Flags())
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite files that were edited by hand")
	return cmd
}

// each calls run for each task. It returns the error with the highest exit code. If
// there are several tasks, it prints each error.
func (f *flags) each(cmd *cobra.Command, dirs []string, run func(task) error) error {
	tasks, err := f.tasks(cmd.Flags(), dirs)
	if err != nil {
		return err
	}
	f.several = len(tasks) > 1
	if f.several && f.document != "" {
		return usageError{fmt.Errorf("%s writes one document, but there are %d packages: name one of them, or use --report markdown", f.document, len(tasks))}
	}
	var gravest error
	for _, t := range tasks {
		err := t.locate(run(t))
		if err != nil && len(tasks) > 1 && !errors.Is(err, errDifference) {
			if errors.Is(err, context.Canceled) {
				fmt.Fprintf(cmd.ErrOrStderr(), "interrupted: nothing was written to %s, nor to the folders after it\n", t.config.Output)
				return reported{err}
			}
			fmt.Fprintln(cmd.ErrOrStderr(), err)
			err = reported{err}
		}
		if exitCode(err) > exitCode(gravest) {
			gravest = err
		}
	}
	return gravest
}

// reported is an error that was printed already.
type reported struct{ error }

func (e reported) Unwrap() error { return e.error }

// written returns a result after writing, in which refused files are changed ones,
// as Write has overwritten them.
func written(result *generator.Result) *generator.Result {
	for i := range result.Changes.Files {
		if c := &result.Changes.Files[i]; c.Action == output.Refused {
			c.Action = output.Changed
		}
	}
	return result
}

func newCheck() *cobra.Command {
	f := flags{packaged: true}
	cmd := &cobra.Command{
		Use:   "check [DIR...]",
		Short: "Report whether the package is up to date",
		Long: "Check reports whether generate, with the same flags, would change anything. It writes nothing. If the package is stale, check\n" +
			"prints the beginning of the difference, or with --verbose all of it, as a unified diff and exits with status 1." + dirsHelp,
		Example: "  msgraphgen check ./...",
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.each(cmd, args, func(t task) error {
				result, err := generator.Generate(cmd.Context(), t.config)
				if err != nil {
					return err
				}
				f.noteOn(cmd, t, result)
				return f.checked(cmd, result)
			})
		},
	}
	f.addWriting(cmd.Flags())
	return cmd
}

// checked prints how the wanted package differs from the folder.
func (f *flags) checked(cmd *cobra.Command, result *generator.Result) error {
	clean := result.Changes.Clean()
	switch {
	case f.json:
		if err := report.WriteJSON(cmd.OutOrStdout(), newJSONResult(result)); err != nil {
			return err
		}
	case !clean && !f.quiet:
		if _, err := onTerminal(cmd.OutOrStdout()).Write(f.shortened(result.Changes.Diff())); err != nil {
			return err
		}
		hint := "run " + started() + " generate"
		if refused, ok := errors.AsType[*output.RefusedError](result.Changes.Refused(false)); ok {
			for _, file := range refused.Files {
				fmt.Fprintln(cmd.ErrOrStderr(), inOutput(result, file.Path)+": "+file.Reason)
			}
			hint = "move the edits to files of your own, then run " + started() + " generate --force"
		}
		fmt.Fprintln(cmd.ErrOrStderr(), result.Name()+" is stale: "+hint)
	}
	if !clean {
		return errDifference
	}
	return nil
}

// maxDiff is the number of lines of a difference that are printed without --verbose.
const maxDiff = 200

// shortened returns the beginning of a unified diff, and how much follows.
func (f *flags) shortened(diff []byte) []byte {
	lines := bytes.SplitAfter(diff, []byte("\n"))
	if f.verbose || len(lines) <= maxDiff+1 { // the last one is empty
		return diff
	}
	rest := bytes.Join(lines[maxDiff:], nil)
	more := plural(len(lines)-1-maxDiff, "more line")
	if files := bytes.Count(rest, []byte("\n+++ ")); files > 0 {
		more += ", of " + plural(files, "more file")
	}
	return append(bytes.Join(lines[:maxDiff], nil), "and "+more+": --verbose prints all\n"...)
}

// report prints the files that were written.
func (f *flags) report(w io.Writer, result *generator.Result) error {
	if f.json {
		return report.WriteJSON(w, newJSONResult(result))
	}
	if f.quiet {
		return nil
	}
	w = report.Visible{W: w}
	counts := map[output.Action]int{}
	lines, more := 0, 0
	for _, c := range allFiles(result) {
		counts[c.Action]++
		line := fmt.Sprintf("%-9s %s", c.Action, inOutput(result, c.Path))
		switch {
		case c.Reason != "":
			line += ": " + c.Reason
		case f.verbose:
		case c.Action == output.Unchanged:
			continue
		case lines == maxFiles:
			more++
			continue
		default:
			lines++
		}
		fmt.Fprintln(w, line)
	}
	if more > 0 {
		fmt.Fprintf(w, "and %s: --verbose prints all\n", plural(more, "more file"))
	}
	made := fmt.Sprintf("%s: %s, %s", source.Plain(result.Name()), plural(result.Types, "type"), plural(result.Methods, "method"))
	if result.Changes.Clean() {
		_, err := fmt.Fprintf(w, "%s; up to date\n", made)
		return err
	}
	_, err := fmt.Fprintf(w, "%s; %s created, %d changed, %d removed, %d unchanged\n", made,
		plural(counts[output.Created], "file"), counts[output.Changed], counts[output.Removed], counts[output.Unchanged])
	return err
}

// maxFiles is the number of files that are listed without --verbose.
const maxFiles = 10

// inOutput returns the path of a generated file relative to the current folder.
func inOutput(result *generator.Result, file string) string {
	return path.Join(filepath.ToSlash(result.Output), file)
}

// allFiles returns the changes of all files, the lock file last.
func allFiles(result *generator.Result) []output.Change {
	return append(slices.Clip(result.Changes.Files), output.Change{Path: lock.Name, Action: result.Changes.Lock})
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
		Output   string     `json:"output"`
		Types    int        `json:"types"`
		Methods  int        `json:"methods"`
		Files    []jsonFile `json:"files"`
		Warnings []string   `json:"warnings,omitzero"` // advice, and problems of the selection
		LeftOut  []string   `json:"leftOut,omitzero"`
	}
	jsonFile struct {
		Path   string        `json:"path"`
		Action output.Action `json:"action"`
		Reason string        `json:"reason,omitzero"`
	}
)

func newJSONResult(result *generator.Result) jsonResult {
	document := jsonResult{Output: filepath.ToSlash(result.Output), Types: result.Types, Methods: result.Methods}
	for _, c := range allFiles(result) {
		document.Files = append(document.Files, jsonFile{c.Path, c.Action, c.Reason})
	}
	for _, d := range slices.Concat(result.Advice, result.Selected) {
		document.Warnings = append(document.Warnings, d.String())
	}
	for _, l := range result.LeftOut {
		document.LeftOut = append(document.LeftOut, l.Name+": "+l.Defect.String())
	}
	return document
}
