package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/describe"
)

func newDescribe() *cobra.Command {
	var (
		f           flags
		why, form   string
		permissions bool
	)
	cmd := &cobra.Command{
		Use:   "describe [TYPE|PATH|PATTERN|WORD]",
		Short: "Describe types, paths and methods",
		Long: "Describe explains its argument:\n\n" +
			"  TYPE     the ancestors, derived types and properties of a type, the properties of this type, and the methods that need it\n" +
			"  PATH     the resource at a path, such as /me/messages, and the properties that a create there can set;\n" +
			"           with a verb before it, or behind it an action, a function or a segment such as $count: what the method sends and returns\n" +
			"  PATTERN  the methods that a pattern matches, such as '/me/**'\n" +
			"  WORD     the paths, types, methods, properties and members with the word, or all of several, in their names, descriptions\n" +
			"           and permissions; explore finds the same\n\n" +
			"Without an argument, describe explains why each selected type is selected.\n\n" +
			"With --permissions, it lists the permissions that the selected methods need, or those that PATTERN matches: of delegated calls\n" +
			"for work or school and for personal accounts, and of applications, the least privileged first. The reference pages list them.",
		Example: "  msgraphgen describe microsoft.graph.projectParticipation\n" +
			"  msgraphgen describe /me/profile/projects\n" +
			"  msgraphgen describe 'POST /me/profile/projects'\n" +
			"  msgraphgen describe '/me/profile/**'\n" +
			"  msgraphgen describe phone\n" +
			"  msgraphgen describe 'create a project'\n" +
			"  msgraphgen describe --permissions '/me/messages/**'\n" +
			"  msgraphgen describe --include 'POST /me/profile/projects' --why microsoft.graph.identity",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && why != "" || permissions && why != "" {
				return usageError{fmt.Errorf("%s takes one type, path, pattern or word\nrun '%[1]s --help' for usage", cmd.CommandPath())}
			}
			check := describe.Forms.Check
			if permissions {
				check = describe.PermissionForms.Check
			}
			if err := check(form); err != nil {
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
			if permissions {
				list, notes, err := generator.Permissions(cmd.Context(), t.config, what)
				if err != nil {
					return t.locate(err)
				}
				f.note(cmd, notes)
				return describe.PermissionForms.Write(cmd.OutOrStdout(), form, list, f.text(cmd))
			}
			description, notes, err := generator.Describe(cmd.Context(), t.config, what, why != "")
			if err != nil {
				return t.locate(err)
			}
			f.note(cmd, notes)
			return describe.Forms.Write(cmd.OutOrStdout(), form, description, f.text(cmd))
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&why, "why", "", "print why `TYPE` is selected")
	cmd.Flags().BoolVar(&permissions, "permissions", false, "list the permissions that methods need")
	cmd.Flags().StringVar(&form, "report", "text", "write the description as `"+describe.Forms.Usage()+"`, or permissions also as markdown")
	return cmd
}
