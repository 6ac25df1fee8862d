package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

func newDiff() *cobra.Command {
	var (
		f            flags
		form, failOn string
	)
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Report what changed between two versions, and what breaks",
		Long: "Diff compares two versions of the metadata, and reports how each change affects programs that use the generated package.\n" +
			"OLD and NEW are each a FILE|URL|snapshot, the folder of a generated package, or its lock file.\n\n" +
			"Without --include and --types, diff compares what " + config.Name + " selects, else what the lock file selects, else everything.\n" +
			"--exclude and --derived apply to each of these.\n" +
			"With --quiet, diff prints no text: with --fail-on, its exit status reports what it found.",
		Example: "  msgraphgen diff profile metadata.xml\n" +
			"  msgraphgen diff old.xml new.xml --include 'POST /me/profile/**' --report markdown --fail-on breaking",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{fmt.Errorf("%s takes two arguments, OLD and NEW, not %d\nrun '%[1]s --help' for usage", cmd.CommandPath(), len(args))}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("source") {
				return usageError{fmt.Errorf("--source: diff takes its two sources as arguments")}
			}
			if err := diff.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			level, err := parseFailOn(failOn)
			if err != nil {
				return err
			}
			t, err := f.load(cmd.Flags())
			if err != nil {
				return err
			}
			if t.given("format") {
				t.config.Source = "" // the flag is about both versions
			}
			compare := generator.Diff
			configured := t.file != "" && !t.config.Options.IsZero() && !slices.ContainsFunc([]string{"include", "exclude", "types", "expand", "derived"}, t.given)
			if configured {
				compare = generator.DiffConfigured
			}
			comparison, notes, err := compare(cmd.Context(), t.config, args[0], args[1])
			if err != nil {
				return t.locate(err)
			}
			if configured {
				comparison.Selection = filepath.ToSlash(t.file)
			}
			f.note(cmd, notes)
			if form != "text" || !f.quiet {
				if err := diff.Forms.Write(cmd.OutOrStdout(), form, comparison, f.text(cmd)); err != nil {
					return err
				}
			}
			if comparison.AtLeast(level) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().Lookup("source").Hidden = true
	cmd.Flags().StringVar(&form, "report", "text", "write the report as `"+diff.Forms.Usage()+"`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with status 1 if a change is as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}

// parseFailOn returns the severity that --fail-on names. Without the flag it is one
// that no finding reaches.
func parseFailOn(name string) (report.Severity, error) {
	if name == "" {
		return "", nil
	}
	level, err := report.ParseLevel(name)
	if err != nil {
		return "", usageError{fmt.Errorf("--fail-on: %w", err)}
	}
	return level, nil
}

// colorful reports whether to write in colour: only to a terminal, and only if the
// user has not turned it off (https://no-color.org).
func colorful(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}
