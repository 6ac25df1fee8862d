package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/audit"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

func newAudit() *cobra.Command {
	var (
		f             flags
		against, form string
		failOn        string
	)
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Report where metadata and reference pages disagree",
		Long: "Audit compares the source with its reference pages (--docs), with another source (--against), or with both. It reports\n" +
			"types, properties, members and methods that only one side has, types and nullability that differ, and examples that do\n" +
			"not decode.\n\n" +
			"Without --include and --types, audit compares what " + config.Name + " selects, else what the package in this folder was\n" +
			"generated from, else everything.\n" +
			"With --quiet, audit prints no text: with --fail-on, its exit status reports what it found.",
		Example: "  msgraphgen audit --source metadata.xml --docs api-reference/beta --include 'POST /me/profile/**'\n" +
			"  msgraphgen audit --source metadata.xml --against openapi.yaml --report markdown --fail-on wire",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := audit.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			level, err := parseFailOn(failOn)
			if err != nil {
				return err
			}
			t, err := f.currentTask(cmd.Flags())
			if err != nil {
				return err
			}
			findings, notes, err := generator.Audit(cmd.Context(), t.config, against)
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			if form != "text" || !f.quiet {
				if err := audit.Forms.Write(cmd.OutOrStdout(), form, findings, f.text(cmd)); err != nil {
					return err
				}
			}
			if slices.ContainsFunc(findings, func(f audit.Finding) bool { return f.Severity.AtLeast(level) }) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&against, "against", "", "compare with other metadata: `FILE|URL|snapshot`")
	cmd.Flags().StringVar(&form, "report", "text", "write the report as `"+audit.Forms.Usage()+"`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with status 1 if a finding is as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}
