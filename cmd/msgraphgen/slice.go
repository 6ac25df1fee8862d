package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
)

func newSlice() *cobra.Command {
	var (
		f    flags
		file string
	)
	cmd := &cobra.Command{
		Use:   "slice",
		Short: "Write the part of the metadata that is enough to generate from",
		Long: "Write the smallest CSDL that generates the same code as the source does, to commit next to the code and generate from offline.\n" +
			"It holds what the reference pages say of it. Without --include and --types, it is all that can be generated.",
		Example: "  msgraphgen slice --source metadata.xml --include 'POST /me/profile/projects' --output slice.xml\n" +
			"  msgraphgen generate --source slice.xml --include 'POST /me/profile/projects'",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := f.load(cmd.Flags())
			if err != nil {
				return err
			}
			result, err := generator.Slice(cmd.Context(), config)
			if err != nil {
				return err
			}
			state := ""
			if file == "" {
				_, err = cmd.OutOrStdout().Write(result.Document)
			} else {
				state, err = writeFile(file, result.Document)
			}
			if err != nil || f.quiet {
				return err
			}
			f.warn(cmd.ErrOrStderr(), result.Warnings)
			name := file
			if name == "" {
				name = "slice"
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s, %s, %s; was %s%s\n", name, size(len(result.Document)),
				plural(result.Types, "type"), plural(result.Creates, "operation"), size(result.SourceSize), state)
			if hint := result.Hint(file); hint != "" {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", name, hint)
			}
			return nil
		},
	}
	f.addReading(cmd.Flags())
	cmd.Flags().StringVar(&file, "output", "", "the `FILE` to write (default: standard output)")
	return cmd
}

// size is a number of bytes as people say it: "812 bytes", "3.1 KB".
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return plural(bytes, "byte")
	case bytes < 999_950:
		return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// writeFile writes a file as a whole, or leaves what is there. It returns what
// to say of it: nothing, or that it is unchanged.
func writeFile(name string, data []byte) (state string, err error) {
	// A link stays one: what it leads to is replaced.
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", fmt.Errorf("output: %w", err)
	case info.IsDir():
		return "", usageError{fmt.Errorf("output: %s is a folder: give the file to write", name)}
	case !info.Mode().IsRegular():
		return "", usageError{fmt.Errorf("output: %s is no plain file: leave out --output to write to the standard output", name)}
	default:
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
			return "; unchanged", nil
		}
	}
	mode := fs.FileMode(0)
	if info != nil {
		mode = info.Mode().Perm()
	}
	if err := replaceFile(name, data, mode); err != nil {
		return "", fmt.Errorf("output: %s cannot be written: %w", name, cause(err))
	}
	return "", nil
}

// replaceFile writes a file beside the one that it then takes the place of. It
// has the given mode, or that of a new file.
func replaceFile(name string, data []byte, mode fs.FileMode) error {
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.tmp", filepath.Base(name), os.Getpid()))
	defer os.Remove(temporary) // is gone, if all went well
	if err := writeNew(temporary, data); err != nil {
		return err
	}
	if mode != 0 {
		if err := os.Chmod(temporary, mode); err != nil {
			return err
		}
	}
	return os.Rename(temporary, name)
}

// cause strips the system call and the temporary path from an error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
