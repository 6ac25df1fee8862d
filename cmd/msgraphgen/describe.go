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
		Use:   "describe [TYPE|PATH|PATTERN|WORD]",
		Short: "Describe a type, a path, methods, or why types are selected",
		Long: "Describe a type: its ancestors, derived types and properties, the properties of this type, and the methods that need it; the\n" +
			"resource that a path leads to, and what a create there can set; the methods that a pattern matches; everything with a word in\n" +
			"its name or description; or, without an argument, why each type of the selection is in it.",
		Example: "  msgraphgen describe microsoft.graph.projectParticipation\n" +
			"  msgraphgen describe /me/profile/projects\n" +
			"  msgraphgen describe '/me/profile/**'\n" +
			"  msgraphgen describe phone\n" +
			"  msgraphgen describe --include 'POST /me/profile/projects' --why microsoft.graph.identity",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && why != "" {
				return usageError{fmt.Errorf("%s takes one type, path, pattern or word\nrun '%s --help' for the usage", cmd.CommandPath(), cmd.CommandPath())}
			}
			if err := describe.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			t, err := f.here(cmd.Flags())
			if err != nil {
				return err
			}
			what := why
			if len(args) == 1 {
				what = args[0]
			}
			description, notes, err := generator.Describe(cmd.Context(), t.config, what, why != "")
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			return describe.Forms.Write(cmd.OutOrStdout(), form, description, colorful(cmd.OutOrStdout()))
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&why, "why", "", "print the chain that brings `TYPE` into the selection")
	cmd.Flags().StringVar(&form, "report", "text", "form of the description: `"+describe.Forms.Usage()+"`")
	return cmd
}
