package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

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
		Long: "Init writes " + config.Name + ", with comments, and a Go file with the go:generate line, for the methods that the patterns\n" +
			"select. It does not change existing files. At the end it prints the commands to run next.",
		Example: "  msgraphgen init 'POST /me/profile/projects' 'POST /users/{id}/profile/projects'\n" +
			"  msgraphgen init --upstream 'https://graph.microsoft.com/beta/$metadata' 'POST /me/profile/projects'\n" +
			"  msgraphgen init --source metadata.xml --output graph/mail 'POST /me/messages'",
		RunE: func(cmd *cobra.Command, args []string) error {
			f.config.Include = append(f.config.Include, args...)
			if _, err := os.Stat(config.Name); err == nil {
				return usageError{f.alreadyConfigured()}
			}
			files, advice, err := generator.Init(cmd.Context(), f.config, ".")
			if err != nil {
				return err
			}
			steps := nextSteps(f.config)
			// The configuration first: without it, the go:generate line has nothing to run for.
			others := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return name == config.Name })
			for _, name := range append([]string{config.Name}, others...) {
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					return err
				}
				switch err := output.NewFile(name, files[name]); {
				case errors.Is(err, fs.ErrExist):
					steps = append([]string{"add to " + name + ": " + config.GoGenerate}, steps...)
				case err != nil:
					return err
				case !f.quiet:
					fmt.Fprintln(cmd.OutOrStdout(), "created  ", name)
				}
			}
			if f.quiet {
				return nil
			}
			f.notes(cmd, &generator.Notes{Advice: advice}, "")
			_, err = fmt.Fprint(cmd.OutOrStdout(), "Next:\n    "+strings.Join(steps, "\n    ")+"\n")
			return err
		},
	}
	f.addSource(cmd.Flags())
	f.addUpstream(cmd.Flags())
	cmd.Flags().StringVar(&f.config.Output, "output", "", "write the package to `DIR` (default: the name at the end of the paths; profile for the built-in metadata)")
	cmd.Flags().StringVar(&f.config.OData, "odata", "", "import `PATH` or folder of a support package to share, such as ./graph/odata (default: a new one below the package)")
	cmd.Flags().StringVar(&f.config.Package, "package", "", "`NAME` of the package (default: from its folder)")
	return cmd
}

// alreadyConfigured returns the error for a folder that has a configuration: with the
// command that makes the same package in a folder of its own, from the same metadata.
func (f *flags) alreadyConfigured() error {
	c := f.config
	dir := c.Output
	if dir == "" || filepath.Clean(dir) == "." {
		dir = config.OutputFor(c.Include)
	}
	if old, err := config.Read(config.Name); err == nil && c.Source == "" && c.Upstream == "" {
		if c.Upstream = old.Upstream; c.Upstream == "" {
			c.Source, c.Format = old.Source, cmp.Or(c.Format, old.Format) // update finds the format by itself
		}
		c.Docs, c.APIVersion, c.Keys = cmp.Or(c.Docs, old.Docs), cmp.Or(c.APIVersion, old.APIVersion), cmp.Or(c.Keys, old.Keys)
		c.ExternalRefs = c.ExternalRefs || old.ExternalRefs
	}
	if c.Source == config.Snapshot {
		c.Source, c.APIVersion = "", f.config.APIVersion
	}
	command := started() + " init --output ."
	for _, flag := range []struct{ name, value string }{
		{"source", fromFolder(dir, c.Source)}, {"upstream", fromFolder(dir, c.Upstream)}, {"docs", fromFolder(dir, c.Docs)},
		{"odata", c.OData}, {"api-version", c.APIVersion}, {"format", c.Format}, {"keys", c.Keys}, {"package", c.Package},
	} {
		if flag.name == "odata" && strings.HasPrefix(flag.value, ".") {
			if flag.value = fromFolder(dir, flag.value); !strings.HasPrefix(flag.value, ".") {
				flag.value = "./" + flag.value
			}
		}
		if flag.value != "" {
			command += " --" + flag.name + " " + shellQuoted(flag.value)
		}
	}
	if c.ExternalRefs {
		command += " --external-refs"
	}
	for _, list := range []struct {
		name  string
		items []string
	}{{"exclude", c.Exclude}, {"types", c.Types}, {"expand", c.Expand}, {"derived", c.Derived}} {
		for _, item := range list.items {
			command += " --" + list.name + " " + shellQuoted(item)
		}
	}
	for _, pattern := range c.Include {
		command += " " + shellQuoted(pattern)
	}
	dir = shellQuoted(filepath.ToSlash(dir))
	return fmt.Errorf("%s exists already: add the methods to its include, or give them a package of their own:\n"+
		"\tmkdir -p %s && cd %[2]s && %s", config.Name, dir, command)
}

// fromFolder returns the path of a file as it is seen from a folder. Addresses stay.
func fromFolder(dir, name string) string {
	if !config.IsFile(name) || filepath.IsAbs(name) {
		return name
	}
	if rel, err := filepath.Rel(dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}

// shellQuoted returns a text as a shell takes it, in quotes if it needs them.
func shellQuoted(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/._-:@%+=,", r)
	}) {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}

// nextSteps returns the commands to run after init.
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
		steps = append(steps, goTool+" update")
	} else {
		steps = append(steps, "go generate ./...")
	}
	return append(steps, "go mod tidy", "go test ./...")
}

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of the configuration, for editors",
		Long: "Schema prints the JSON schema of " + config.Name + ". Editors complete and check a configuration that begins with this line:\n\n" +
			"  # yaml-language-server: $schema=msgraphgen.schema.json",
		Example: "  msgraphgen schema > msgraphgen.schema.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := cmd.OutOrStdout().Write(templates.ConfigSchema())
			return err
		},
	}
}
