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
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Exit codes.
const (
	exitDone       = 0
	exitDifference = 1 // a difference was found, or the output was edited by hand
	exitUsage      = 2 // wrong usage or configuration
	exitInput      = 3 // bad metadata, or a damaged lock file
	exitSystem     = 4 // an error of the file system or the network
)

// run executes the command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	// A second interrupt ends the process at once.
	context.AfterFunc(ctx, stop)
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(report.Visible{W: stderr})
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errDifference) && !is[reported](err) {
		fmt.Fprintln(root.ErrOrStderr(), err)
	}
	return exitCode(err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "msgraphgen",
		Short:         "Generate Go packages from Microsoft Graph metadata",
		Version:       generator.Version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
		RunE:          func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("{{.DisplayName}} {{.Version}}\n")
	root.InitDefaultVersionFlag() // so that help lists it
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w\nrun '%s --help' for usage", err, cmd.CommandPath())}
	})
	root.AddCommand(newGenerate(), newCheck(), newAudit(), newDiff(), newDescribe(), newInit(), newSchema(), newSlice(), newUpdate(), newVersion())
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" { // by default it ignores an unknown shell
			cmd.Args = noArguments
			cmd.RunE = root.RunE
		}
	}
	return root
}

// newHelp replaces the help command of cobra, which accepts unknown commands.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return usageError{err}
			}
			if err := noArguments(about, rest); err != nil {
				return err
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), cmd.Root().DisplayName(), cmd.Root().Version)
			return err
		},
	}
}

// noArguments returns an error if there are arguments. It suggests commands with a
// name near to the first one.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := fmt.Sprintf("%s takes no arguments, but got %q", cmd.CommandPath(), args[0])
	if cmd.HasSubCommands() {
		message = fmt.Sprintf("%s has no command %q", cmd.CommandPath(), args[0])
		for _, near := range cmd.SuggestionsFor(args[0]) {
			message += "; did you mean " + near + "?"
		}
	}
	return usageError{fmt.Errorf("%s\nrun '%s --help' for usage", message, cmd.CommandPath())}
}

// errDifference is the error of check, audit and diff for a difference that they
// have printed.
var errDifference = errors.New("there is a difference")

// usageError is a mistake on the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errDifference), is[*output.RefusedError](err):
		return exitDifference
	case is[usageError](err), is[*config.Error](err), is[*api.Error](err):
		return exitUsage
	case is[*source.InputError](err), is[*lock.DamagedError](err):
		return exitInput
	default:
		return exitSystem
	}
}

// is reports whether an error of type E is the cause of err.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
