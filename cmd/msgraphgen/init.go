package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/templates"
)

func newInit() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "init [PATTERN...]",
		Short: "Write a first configuration",
		Long: "Write " + config.Name + ", with comments, and a Go file with the go:generate line, for the methods that the patterns select.\n" +
			"Existing files are left alone. It prints the commands that follow.",
		Example: "  msgraphgen init 'POST /me/profile/projects' 'POST /users/{id}/profile/projects'\n" +
			"  msgraphgen init --upstream 'https://graph.microsoft.com/beta/$metadata' 'POST /me/profile/projects'\n" +
			"  msgraphgen init --source metadata.xml --output graph/mail 'POST /me/messages'",
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(config.Name); err == nil {
				return usageError{fmt.Errorf("%s is there already: change it, or remove it first", config.Name)}
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
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					return err
				}
				switch err := output.NewFile(name, files[name]); {
				case errors.Is(err, fs.ErrExist):
					steps = append([]string{"add to " + name + ": " + config.GoGenerate}, steps...)
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
func nextSteps(c config.Config) []string {
	var steps []string
	tool := false
	if m, err := config.FindModule("."); err == nil && m != nil {
		mod, err := os.ReadFile(m.File)
		tool = err == nil && strings.Contains(string(mod), "msgraphgen/cmd/msgraphgen")
	}
	if !tool {
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
		Long: "Print the JSON schema of " + config.Name + ". With this as its first line, editors complete and check it:\n\n" +
			"  # yaml-language-server: $schema=msgraphgen.schema.json",
		Example: "  msgraphgen schema > msgraphgen.schema.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := cmd.OutOrStdout().Write(templates.ConfigSchema())
			return err
		},
	}
}
