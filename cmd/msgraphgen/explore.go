package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/explore"
)

func newExplore() *cobra.Command {
	var (
		f       flags
		port    int
		browser bool
		against string
	)
	cmd := &cobra.Command{
		Use:   "explore",
		Short: "Find and select methods in a browser",
		Long: "Explore serves a page on this machine until it is interrupted, and opens it in the browser. The page shows the resources of the\n" +
			"source with their methods, searches as describe does, and shows what the selected methods cost. A button writes " + config.Name + ":\n" +
			"nothing else is written. In an existing configuration only the selection changes. If the source is the slice that update makes,\n" +
			"the page shows its upstream.",
		Example: "  msgraphgen explore --upstream 'https://graph.microsoft.com/beta/$metadata'\n" +
			"  msgraphgen explore --source new.xml --against old.xml",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			if port < 0 || port > 65535 {
				return usageError{fmt.Errorf("--port: %d is not a port: give one from 1 to 65535, or 0 for any", port)}
			}
			t, err := f.currentTask(cmd.Flags())
			if err != nil {
				return err
			}
			e, err := generator.Explore(cmd.Context(), t.config, cmp.Or(t.file, config.Name), against)
			if err != nil {
				return t.locate(err)
			}
			return explore.Serve(cmd.Context(), e, port, func(address string) {
				fmt.Fprintln(cmd.OutOrStdout(), address)
				if !f.quiet {
					fmt.Fprintln(cmd.ErrOrStderr(), "open this address in a browser on this machine; Ctrl-C ends the page")
				}
				if browser {
					openBrowser(address)
				}
			})
		},
	}
	f.addReading(cmd.Flags())
	f.addUpstream(cmd.Flags())
	cmd.Flags().IntVar(&port, "port", 0, "serve at `PORT` of 127.0.0.1 (default: any free one)")
	cmd.Flags().BoolVar(&browser, "open", true, "open the page in the browser, if there is a desktop")
	cmd.Flags().StringVar(&against, "against", "", "show what changed since another version: `FILE|URL|snapshot`, or a generated package")
	return cmd
}

// openBrowser opens an address in the browser of the desktop, if there is one. Where
// that fails, the user opens the printed address.
func openBrowser(address string) {
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	case runtime.GOOS == "darwin":
		cmd = exec.Command("open", address)
	case os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "":
		cmd = exec.Command("xdg-open", address)
	default:
		return
	}
	if err := cmd.Start(); err == nil {
		go cmd.Wait() // so that no zombie stays
	}
}
