package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/selection"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Exit codes.
const (
	exitDone       = 0
	exitDifference = 1 // the output differs, or was edited by hand
	exitUsage      = 2 // usage or configuration
	exitInput      = 3 // bad metadata, or a damaged lock file
	exitSystem     = 4 // files or network
)

// run executes the command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errStale) {
		fmt.Fprintln(stderr, err)
	}
	return exitCode(err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "msgraphgen",
		Short:         "Generate Go packages from Microsoft Graph metadata",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w\nrun '%s --help' for the flags", err, cmd.CommandPath())}
	})
	root.AddCommand(newGenerate(), newCheck(), newVersion())
	return root
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "msgraphgen", generator.Version())
			return err
		},
	}
}

// errStale is what check returns where the output differs: what differs has
// been printed already.
var errStale = errors.New("the output is stale")

// usageError is a mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func exitCode(err error) int {
	var (
		usage     usageError
		config    *generator.ConfigError
		selected  *selection.Error
		input     *source.InputError
		refused   *output.RefusedError
		fileError *os.PathError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errStale), errors.As(err, &refused):
		return exitDifference
	case errors.As(err, &usage), errors.As(err, &config), errors.As(err, &selected):
		return exitUsage
	case errors.As(err, &input):
		return exitInput
	case errors.As(err, &fileError):
		return exitSystem
	default:
		return exitSystem
	}
}
