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

// diffReports are the forms in which diff can print its result.
var diffReports = map[string]func(io.Writer, *diff.Comparison) error{
	"text":     func(w io.Writer, c *diff.Comparison) error { return diff.Text(w, c, colorful(w)) },
	"markdown": diff.Markdown,
	"json":     diff.JSON,
	"html":     diff.HTML,
}

// diffReport returns the one that a user asks for.
func diffReport(name string) (func(io.Writer, *diff.Comparison) error, error) {
	write, ok := diffReports[name]
	if !ok {
		return nil, usageError{fmt.Errorf("--report: %q is none of html, json, markdown and text", name)}
	}
	return write, nil
}

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
			write, err := diffReport(form)
			if err != nil {
				return err
			}
			level, ok := report.Level(failOn)
			if !ok && failOn != "" {
				return usageError{fmt.Errorf("--fail-on: %q is none of %s", failOn, strings.Join(report.Levels, ", "))}
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
			if err := write(cmd.OutOrStdout(), comparison); err != nil {
				return err
			}
			if failOn != "" && comparison.AtLeast(level) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().Lookup("source").Hidden = true
	cmd.Flags().StringVar(&form, "report", "text", "form of the report: `text|json|markdown|html`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with 1 where there is a change as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}

// colorful reports whether to write in colour: to a terminal, unless the user
// does not want that (https://no-color.org).
func colorful(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}
