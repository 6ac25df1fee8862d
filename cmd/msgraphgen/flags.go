package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// flags holds the flags of the commands that read a source.
type flags struct {
	config  config.Config
	file    string // the configuration file that --config names
	quiet   bool
	json    bool
	verbose bool
	force   bool

	several  bool   // the command runs on several packages
	document string // the flag, if the command writes one document about one package; else ""
	packaged bool   // the command needs a configuration or a package, unless flags say what to generate
}

// addReading adds the flags of the commands that read a source, as a configuration says.
func (f *flags) addReading(set *pflag.FlagSet) {
	f.addSource(set)
	set.StringVar(&f.file, "config", "", "configuration `FILE` (default: "+config.Name+" in the current folder, or above it in the module)")
	set.BoolVar(&f.verbose, "verbose", false, "print all warnings and unchanged files")
}

// addSource adds the flags that name the source and select a part of it.
func (f *flags) addSource(set *pflag.FlagSet) {
	c := &f.config
	set.StringVar(&c.Source, "source", "", "metadata: `FILE|URL|snapshot` (default snapshot)")
	set.StringVar(&c.Format, "format", "", "format of the source: `csdl|openapi|auto` (default auto)")
	set.BoolVar(&c.ExternalRefs, "external-refs", false, "read files that the OpenAPI document refers to, in its folder and below")
	set.StringVar(&c.Docs, "docs", "", "`DIR` with reference pages in Markdown")
	set.StringArrayVar(&c.Include, "include", nil, "select methods by `PATTERN`, such as 'POST /me/profile/projects'; * is one segment, ** any number, {x} a key; repeatable")
	set.StringArrayVar(&c.Exclude, "exclude", nil, "leave out methods by `PATTERN`; repeatable")
	set.StringArrayVar(&c.Types, "types", nil, "select types without methods by `PATTERN`, such as 'microsoft.graph.**'; repeatable")
	set.StringArrayVar(&c.Expand, "expand", nil, "make a field of the navigation property `NAME`, such as microsoft.graph.user/manager; repeatable")
	set.StringArrayVar(&c.Derived, "derived", nil, "select derived types: `none|all|NAME` of their base type; repeatable (default none)")
	set.StringVar(&c.Keys, "keys", "", "put keys into `segments|parentheses` of paths (default: segments for Microsoft Graph and where the source says so)")
	set.StringVar(&c.APIVersion, "api-version", "", "version of the service: `beta|v1.0` (default: from the source or its name, else beta)")
	set.BoolVar(&f.quiet, "quiet", false, "print only errors")
}

// addWriting adds the flags of the commands that write a package.
func (f *flags) addWriting(set *pflag.FlagSet) {
	f.addReading(set)
	c := &f.config
	set.StringVar(&c.Output, "output", "", "write the package to `DIR` (default profile)")
	set.StringVar(&c.Package, "package", "", "`NAME` of the package (default: from its folder)")
	set.StringVar(&c.ImportPath, "import-path", "", "import `PATH` of the package (default: from go.mod)")
	set.StringVar(&c.OData, "odata", "", "import `PATH` or folder of a support package to share, such as ./graph/odata (default: a new one below the package)")
	set.StringArrayVar(&c.ReadOnly, "read-only", nil, "refuse the property `NAME` in creates, such as microsoft.graph.itemFacet/createdBy; repeatable")
	set.StringArrayVar(&c.Settable, "settable", nil, "allow the property `NAME` in creates, whatever the metadata says, such as microsoft.graph.partner/tenantId; repeatable")
	set.BoolVar(&c.KeepDeprecated, "keep-deprecated", false, "keep removed API for one release, marked deprecated")
	set.BoolVar(&f.json, "json", false, "print the result as JSON")
}

// addUpstream adds the flag that says where update fetches new releases.
func (f *flags) addUpstream(set *pflag.FlagSet) {
	set.StringVar(&f.config.Upstream, "upstream", "", "fetch new releases from `FILE|URL`")
}

// override returns c with the values of the flags that the user gave. Include and types
// replace the whole selection: a pattern in exclude that belongs to another include need
// not match anything of it.
func (f *flags) override(c config.Config, set *pflag.FlagSet) config.Config {
	for name, value := range map[string]struct{ to, from *string }{
		"source":      {&c.Source, &f.config.Source},
		"upstream":    {&c.Upstream, &f.config.Upstream},
		"format":      {&c.Format, &f.config.Format},
		"docs":        {&c.Docs, &f.config.Docs},
		"output":      {&c.Output, &f.config.Output},
		"package":     {&c.Package, &f.config.Package},
		"import-path": {&c.ImportPath, &f.config.ImportPath},
		"odata":       {&c.OData, &f.config.OData},
		"api-version": {&c.APIVersion, &f.config.APIVersion},
		"keys":        {&c.Keys, &f.config.Keys},
	} {
		// The output of slice is a file, and not the package.
		if set.Changed(name) && (name != "output" || *value.from != "") {
			*value.to = *value.from
		}
	}
	for name, value := range map[string]struct{ to, from *bool }{
		"external-refs":   {&c.ExternalRefs, &f.config.ExternalRefs},
		"keep-deprecated": {&c.KeepDeprecated, &f.config.KeepDeprecated},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	if set.Changed("source") && !set.Changed("format") {
		c.Format = "" // c has that of another source
	}
	if selects(set) {
		c.Options = f.config.Options
	}
	for name, value := range map[string]struct{ to, from *[]string }{
		"include":   {&c.Include, &f.config.Include},
		"exclude":   {&c.Exclude, &f.config.Exclude},
		"types":     {&c.Types, &f.config.Types},
		"expand":    {&c.Expand, &f.config.Expand},
		"derived":   {&c.Derived, &f.config.Derived},
		"read-only": {&c.ReadOnly, &f.config.ReadOnly},
		"settable":  {&c.Settable, &f.config.Settable},
	} {
		if set.Changed(name) {
			*value.to = *value.from
		}
	}
	return c
}

// selects reports whether the user gave a flag that replaces the whole selection.
func selects(set *pflag.FlagSet) bool { return set.Changed("include") || set.Changed("types") }

// text returns how to write a report in text.
func (f *flags) text(cmd *cobra.Command) report.TextOptions {
	return report.TextOptions{Color: colorful(cmd.OutOrStdout()), All: f.verbose}
}

// noteOn prints the notes of a run on one of the packages that a command has. If there
// are several, lines that name no file begin with the package.
func (f *flags) noteOn(cmd *cobra.Command, t task, r *generator.Result) {
	if t.file != "" {
		for i, d := range r.Advice {
			r.Advice[i].Message = config.NameKeys(d.Message, filepath.ToSlash(t.file))
		}
	}
	if f.several {
		f.notes(cmd, &r.Notes, r.Name()+": ")
		return
	}
	f.note(cmd, &r.Notes)
}

// note prints the notes of a run to stderr.
func (f *flags) note(cmd *cobra.Command, n *generator.Notes) { f.notes(cmd, n, "") }

func (f *flags) notes(cmd *cobra.Command, n *generator.Notes, prefix string) {
	if f.quiet || n == nil {
		return
	}
	w := cmd.ErrOrStderr()
	for _, d := range n.Advice {
		if d.Position.File == "" {
			fmt.Fprint(w, prefix)
		}
		fmt.Fprintln(w, d)
	}
	if f.verbose {
		for _, d := range n.All() {
			fmt.Fprintln(w, d)
		}
		return
	}
	for _, line := range n.Summary() {
		fmt.Fprintln(w, prefix+line)
	}
}
