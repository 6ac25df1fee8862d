package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/audit"
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
		Short: "Tell where metadata and reference pages disagree",
		Long: "Tell where the source and its reference pages disagree, or two sources: what only one of them has, types, nullability,\n" +
			"members of enumerations, operations, and examples that do not decode. Without --include and --types, everything is compared.",
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
			t, err := f.load(cmd.Flags())
			if err != nil {
				return err
			}
			findings, notes, err := generator.Audit(cmd.Context(), t.config, against)
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			if err := audit.Forms.Write(cmd.OutOrStdout(), form, findings, colorful(cmd.OutOrStdout())); err != nil {
				return err
			}
			if slices.ContainsFunc(findings, func(f audit.Finding) bool { return f.Severity.AtLeast(level) }) {
				return errDifference
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&against, "against", "", "other metadata to compare with: `FILE|URL|snapshot`")
	cmd.Flags().StringVar(&form, "report", "text", "form of the report: `"+audit.Forms.Usage()+"`")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "exit with 1 where something is found that is as grave as `LEVEL`: "+strings.Join(report.Levels, "|"))
	return cmd
}
