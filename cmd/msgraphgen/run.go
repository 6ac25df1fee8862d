package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/generator/wait"
)

// Exit codes.
const (
	exitDone       = 0
	exitDifference = 1 // a difference was found, or the output was edited by hand
	exitUsage      = 2 // wrong usage or configuration
	exitInput      = 3 // bad metadata, or a damaged lock file
	exitSystem     = 4 // an error of the file system or the network
)

// grace is how long an interrupted command may take to finish writing.
const grace = 2 * time.Second

// run executes the command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second interrupt ends the process at once.
	context.AfterFunc(ctx, stop)
	shown := newActivity(stderr)
	defer shown.stop()
	root := newRoot(shown)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(printer{stdout, shown.stop})
	root.SetErr(report.Visible{W: printer{stderr, shown.pause}})
	err := interruptible(ctx, root)
	switch {
	case err == nil, errors.Is(err, errDifference), is[reported](err):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(root.ErrOrStderr(), "interrupted: nothing was written")
	default:
		fmt.Fprintln(root.ErrOrStderr(), err)
	}
	return exitCode(err)
}

// interruptible executes a command. An interrupted command that neither ends nor waits for
// anything that can be interrupted, such as one that plans a large package, is left
// alone: if it was writing files, the next run finishes that.
func interruptible(ctx context.Context, root *cobra.Command) error {
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(grace):
		return errors.New("interrupted: if files were being written, the next run of the command repairs them")
	}
}

// goTool is how the README says to run the command, with its version in go.mod.
const goTool = "go tool msgraphgen"

// started returns the command as the user starts it: by its name if that is found in
// PATH, else by the go command, which starts the file in its cache.
func started() string {
	if filepath.Base(os.Args[0]) == os.Args[0] {
		return "msgraphgen"
	}
	return goTool
}

// newRoot returns the command line. It shows the activity of a command unless the user
// wants quiet.
func newRoot(shown *activity) *cobra.Command {
	root := &cobra.Command{
		Use:           "msgraphgen",
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: started()},
		Short:         "Generate Go packages from Microsoft Graph metadata",
		Version:       generator.Version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
		RunE:          func(cmd *cobra.Command, args []string) error { return cmd.Help() },
		PersistentPreRun: func(cmd *cobra.Command, args []string) {
			if quiet, err := cmd.Flags().GetBool("quiet"); err != nil || !quiet {
				shown.start(cmd.CommandPath())
				cmd.SetContext(wait.Notify(cmd.Context(), func(what string) { fmt.Fprintln(cmd.ErrOrStderr(), "waiting for "+what) }))
			}
		},
	}
	root.SetVersionTemplate("msgraphgen {{.Version}}\n")
	root.InitDefaultVersionFlag() // so that help lists it
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w%s\nrun '%s --help' for usage", err, nearFlag(cmd, err), cmd.CommandPath())}
	})
	root.AddCommand(newGenerate(), newCheck(), newAudit(), newDiff(), newDescribe(), newExplore(), newInit(), newSchema(), newSlice(), newUpdate(shown), newVersion())
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

// nearFlag suggests a flag for one that a command does not have.
func nearFlag(cmd *cobra.Command, err error) string {
	e, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return api.Suggest("--"+e.GetSpecifiedName(), names)
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
			_, err := fmt.Fprintln(cmd.OutOrStdout(), cmd.Root().Name(), cmd.Root().Version)
			return err
		},
	}
}

// noArguments returns an error if there are arguments. For a command that does not
// exist it suggests the nearest one.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := fmt.Sprintf("%s takes no arguments, but got %q", cmd.CommandPath(), args[0])
	if cmd.HasSubCommands() {
		message = fmt.Sprintf("%s has no command %q", cmd.CommandPath(), args[0])
		var names []string
		for _, c := range cmd.Commands() {
			names = append(names, c.Name())
		}
		message += api.Suggest(args[0], names)
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
