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
		Short: "Describe types, paths and methods",
		Long: "Describe explains its argument:\n\n" +
			"  TYPE     the ancestors, derived types and properties of a type, the properties of this type, and the methods that need it\n" +
			"  PATH     the resource at a path, such as /me/messages, and the properties that a create there can set\n" +
			"  PATTERN  the methods that a pattern matches, such as '/me/**'\n" +
			"  WORD     everything with the word in its name or description\n\n" +
			"Without an argument, describe explains why each selected type is selected.",
		Example: "  msgraphgen describe microsoft.graph.projectParticipation\n" +
			"  msgraphgen describe /me/profile/projects\n" +
			"  msgraphgen describe '/me/profile/**'\n" +
			"  msgraphgen describe phone\n" +
			"  msgraphgen describe --include 'POST /me/profile/projects' --why microsoft.graph.identity",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && why != "" {
				return usageError{fmt.Errorf("%s takes one type, path, pattern or word\nrun '%[1]s --help' for usage", cmd.CommandPath())}
			}
			if err := describe.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			t, err := f.currentTask(cmd.Flags())
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
	cmd.Flags().StringVar(&why, "why", "", "print why `TYPE` is selected")
	cmd.Flags().StringVar(&form, "report", "text", "write the description as `"+describe.Forms.Usage()+"`")
	return cmd
}
