package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/describe"
)

func newDescribe() *cobra.Command {
	var (
		f         flags
		why, form string
	)
	cmd := &cobra.Command{
		Use:   "describe [TYPE|PATH]",
		Short: "Tell what a type or a path is, and why types are selected",
		Long: "Tell what a type is: its ancestors, derived types and properties, who uses it, and the operations that need it; what a path leads\n" +
			"to, and what a create there can set; or, without an argument, why each type of a selection is in it.",
		Example: "  msgraphgen describe microsoft.graph.projectParticipation\n" +
			"  msgraphgen describe /me/profile/projects\n" +
			"  msgraphgen describe --include 'POST /me/profile/projects' --why microsoft.graph.identity",
		RunE: f.located(func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && why != "" {
				return usageError{fmt.Errorf("%s takes one type or path\nrun '%s --help' for the usage", cmd.CommandPath(), cmd.CommandPath())}
			}
			if err := describe.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			config, err := f.load(cmd.Flags())
			if err != nil {
				return err
			}
			what := why
			if len(args) == 1 {
				what = args[0]
			}
			description, warnings, err := generator.Describe(cmd.Context(), config, what, why != "")
			if err != nil {
				return err
			}
			if !f.quiet {
				f.warn(cmd.ErrOrStderr(), warnings)
			}
			return describe.Forms.Write(cmd.OutOrStdout(), form, description, colorful(cmd.OutOrStdout()))
		}),
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&why, "why", "", "print the chain that brings `TYPE` into the selection")
	cmd.Flags().StringVar(&form, "report", "text", "form of the description: `"+describe.Forms.Usage()+"`")
	return cmd
}
