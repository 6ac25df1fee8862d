package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/templates"
)

func newInit() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "init [PATTERN...]",
		Short: "Write a first configuration",
		Long: "Write " + generator.ConfigName + ", with comments, and a Go file with the go:generate line into this folder, for the operations that the\n" +
			"patterns ask for. Files that are there are left alone. It says what to do next.",
		Example: "  msgraphgen init 'POST /me/profile/projects' 'POST /users/{id}/profile/projects'\n" +
			"  msgraphgen init --upstream 'https://graph.microsoft.com/beta/$metadata' 'POST /me/profile/projects'\n" +
			"  msgraphgen init --source metadata.xml --output graph/mail 'POST /me/messages'",
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(generator.ConfigName); err == nil {
				return usageError{fmt.Errorf("%s is there already: change it, or remove it first", generator.ConfigName)}
			}
			f.config.Include = append(f.config.Include, args...)
			files, err := generator.Init(cmd.Context(), f.config, ".")
			if err != nil {
				return err
			}
			steps := nextSteps(f.config)
			names := slices.Sorted(maps.Keys(files))
			slices.Reverse(names) // the configuration first
			for _, name := range names {
				switch err := output.NewFile(name, files[name]); {
				case errors.Is(err, fs.ErrExist):
					steps = append([]string{"add to " + name + ": " + generator.GoGenerate}, steps...)
				case err != nil:
					return err
				default:
					fmt.Fprintln(cmd.OutOrStdout(), "created  ", name)
				}
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), "Next:\n    "+strings.Join(steps, "\n    ")+"\n")
			return err
		},
	}
	f.addReading(cmd.Flags())
	f.addUpstream(cmd.Flags())
	for _, name := range []string{"config", "quiet", "verbose"} {
		_ = cmd.Flags().MarkHidden(name)
	}
	cmd.Flags().StringVar(&f.config.Output, "output", "", "`DIR` of the package (default profile)")
	cmd.Flags().StringVar(&f.config.OData, "odata", "", "the support package of another package, to share: its folder, as ./graph/odata, or its import `PATH`")
	cmd.Flags().StringVar(&f.config.Package, "package", "", "`NAME` of the package (default: from the folder)")
	return cmd
}

// nextSteps are the commands that follow.
func nextSteps(c generator.Config) []string {
	var steps []string
	if mod, err := os.ReadFile(generator.GoMod(".")); err != nil || !strings.Contains(string(mod), "msgraphgen/cmd/msgraphgen") {
		steps = append(steps, "go get -tool github.com/msgraphgen/msgraphgen/cmd/msgraphgen")
	}
	if c.Upstream != "" {
		steps = append(steps, "go tool msgraphgen update")
	} else {
		steps = append(steps, "go generate ./...")
	}
	return append(steps, "go mod tidy", "go test ./...")
}

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of the configuration, for editors",
		Long: "Print the JSON schema of " + generator.ConfigName + ". With this as its first line, editors complete and check it:\n\n" +
			"  # yaml-language-server: $schema=msgraphgen.schema.json",
		Example: "  msgraphgen schema > msgraphgen.schema.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := cmd.OutOrStdout().Write(templates.ConfigSchema())
			return err
		},
	}
}
