package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

func newSlice() *cobra.Command {
	var (
		f    flags
		file string
	)
	cmd := &cobra.Command{
		Use:   "slice",
		Short: "Write the part of the metadata that the package needs",
		Long: "Slice writes the smallest CSDL document that generates the same code as the source, to be committed next to the code. It\n" +
			"includes the facts from the reference pages.\n\n" +
			"Without --include and --types, slice takes what " + config.Name + " selects, else what the package in this folder was generated\n" +
			"from, else everything that can be generated.",
		Example: "  msgraphgen slice --source metadata.xml --include 'POST /me/profile/projects' --output slice.xml\n" +
			"  msgraphgen generate --source slice.xml --include 'POST /me/profile/projects'",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			t, err := f.currentTask(cmd.Flags())
			if err != nil {
				return err
			}
			if generator.Replaces(t.config, file) {
				return usageError{fmt.Errorf("--output: %s is the source, and the slice would replace it: name another file", file)}
			}
			if file != "" && t.config.Upstream != "" && config.SameFile(t.config.Upstream, file) {
				return usageError{fmt.Errorf("--output: %s is the upstream, and the slice would replace it: name another file", file)}
			}
			result, err := generator.Slice(cmd.Context(), t.config)
			if err != nil {
				return t.locate(err)
			}
			state := ""
			if file == "" {
				_, err = onTerminal(cmd.OutOrStdout()).Write(result.Document)
			} else {
				state, err = writeFile(cmd.Context(), file, result.Document)
			}
			if err != nil || f.quiet {
				return err
			}
			f.note(cmd, &result.Notes)
			name := file
			if name == "" {
				name = "slice"
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s, %s, %s; was %s%s\n", name, size(len(result.Document)),
				plural(result.Types, "type"), plural(result.Methods, "method"), size(result.SourceSize), state)
			if hint := result.Hint(file); hint != "" {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", name, hint)
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&file, "output", "", "write the slice to `FILE` (default: standard output)")
	return cmd
}

// size formats a number of bytes: "812 bytes", "3.1 KB".
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return plural(bytes, "byte")
	case bytes < 999_950:
		return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// writeFile writes a file, wholly or not at all. For a file that has the content
// already, state says so; otherwise state is "".
func writeFile(ctx context.Context, name string, data []byte) (state string, err error) {
	unlock, err := output.Exclusive(ctx, name)
	if err != nil {
		return "", err
	}
	defer unlock()
	changed, err := output.WriteFile(name, data)
	switch {
	case is[*output.FileError](err):
		return "", usageError{fmt.Errorf("output: %w", err)}
	case err != nil:
		return "", fmt.Errorf("output: %w", err)
	case !changed:
		return "; unchanged", nil
	}
	return "", nil
}
