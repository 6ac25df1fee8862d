package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// reports are the forms in which audit can print its findings.
var reports = map[string]func(io.Writer, []audit.Finding) error{
	"text":     audit.Text,
	"json":     audit.JSON,
	"markdown": audit.Markdown,
}

func newAudit() *cobra.Command {
	var (
		f             flags
		against, form string
		failOn        string
	)
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Tell where metadata and reference pages disagree",
		Long: "Tell where the source and its reference pages disagree, or two sources: what only one of them has, types, nullability,\n" +
			"members of enumerations, operations, and examples that do not decode. Without --include and --types, everything is compared.",
		Example: "  msgraphgen audit --source metadata.xml --docs api-reference/beta --include 'POST /me/profile/**'\n" +
			"  msgraphgen audit --source metadata.xml --against openapi.yaml --report markdown --fail-on wire",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := reports[form]
			if !ok {
				return usageError{fmt.Errorf("--report: %q is none of json, markdown and text", form)}
			}
			level, ok := report.Level(failOn)
			if !ok && failOn != "" {
				return usageError{fmt.Errorf("--fail-on: %q is none of %s", failOn, strings.Join(report.Levels, ", "))}
			}
			t, err := f.load(cmd.Flags())
			if err != nil {
				return err
			}
			findings, notes, err := generator.Audit(cmd.Context(), t.config, against)
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			if err := write(cmd.OutOrStdout(), findings); err != nil {
				return err
			}
			if slices.ContainsFunc(findings, func(f audit.Finding) bool { return failOn != "" && f.Severity.AtLeast(level) }) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&against, "against", "", "other metadata to compare with: `FILE|URL|snapshot`")
	cmd.Flags().StringVar(&form, "report", "text", "form of the report: `text|json|markdown`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with 1 where something is found that is as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}
