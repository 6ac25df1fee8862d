package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
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
		Short: "Tell what changed between two versions, and what breaks",
		Long: "Tell what changed between two versions of the metadata, and what that does to those who call the generated code.\n" +
			"Each is a FILE|URL|snapshot, the folder of a generated package, or its lock file. Without --include and --types,\n" +
			"what a lock file holds is compared, and without one everything.",
		Example: "  msgraphgen diff profile metadata.xml\n" +
			"  msgraphgen diff old.xml new.xml --include 'POST /me/profile/**' --report markdown --fail-on breaking",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{fmt.Errorf("%s takes two versions, OLD and NEW, and not %d\nrun '%[1]s --help' for the usage", cmd.CommandPath(), len(args))}
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
			comparison, notes, err := generator.Diff(cmd.Context(), t.config, args[0], args[1])
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			if err := diff.Forms.Write(cmd.OutOrStdout(), form, comparison, colorful(cmd.OutOrStdout())); err != nil {
				return err
			}
			if comparison.AtLeast(level) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().Lookup("source").Hidden = true
	cmd.Flags().StringVar(&form, "report", "text", "form of the report: `"+diff.Forms.Usage()+"`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with 1 where there is a change as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}

// parseFailOn returns the severity that --fail-on names; without the flag, one
// that no finding has.
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

// colorful reports whether to write in colour: to a terminal, unless the user
// does not want that (https://no-color.org).
func colorful(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}
