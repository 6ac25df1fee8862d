package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

func newUpdate(shown *activity) *cobra.Command {
	var (
		f    flags
		form string
	)
	cmd := &cobra.Command{
		Use:   "update [DIR...]",
		Short: "Fetch a new release of the metadata, generate, and report what changed",
		Long: "Update fetches a new release of the metadata, writes the slice of it that the package needs to the file of the source,\n" +
			"generates the package, and reports what changed. A release that does not touch the selection changes no file.\n\n" +
			"The release comes from the upstream: an address, such as https://graph.microsoft.com/beta/$metadata, or a file. If the\n" +
			"source itself is an address, update fetches that, and writes no slice." + dirsHelp,
		Example: "  msgraphgen update --upstream 'https://graph.microsoft.com/beta/$metadata' --source slice.xml --include 'POST /me/profile/projects'\n" +
			"  msgraphgen update --report markdown > report.md",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := diff.Forms.Check(form); err != nil {
				return usageError{fmt.Errorf("--report: %w", err)}
			}
			if f.json && form != "text" {
				return usageError{fmt.Errorf("--json and --report %s cannot be combined: give one of them", form)}
			}
			if form == "json" || form == "html" {
				f.document = "--report " + form
			}
			return f.each(cmd, args, func(t task) error { return f.update(cmd, shown, t, form) })
		},
	}
	f.addWriting(cmd.Flags())
	f.addUpstream(cmd.Flags())
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite files that were edited by hand, and a source that is not a slice")
	cmd.Flags().StringVar(&form, "report", "text", "write the report on changes as `"+diff.Forms.Usage()+"`, like diff")
	return cmd
}

// update updates a package and reports what changed.
func (f *flags) update(cmd *cobra.Command, shown *activity, t task, form string) error {
	result, err := generator.Update(cmd.Context(), t.config, generator.UpdateOptions{Force: f.force, Cache: cacheDir(), Progress: shown.fetching})
	if err != nil {
		return err
	}
	f.noteOn(cmd, t, result.Result)
	written(result.Result)
	if f.json {
		return report.WriteJSON(cmd.OutOrStdout(), newJSONUpdate(result))
	}
	// A report in another form is the only output on stdout.
	about := cmd.OutOrStdout()
	if form != "text" {
		about = cmd.ErrOrStderr()
	}
	compared := result.Selected
	if compared == nil && form != "text" {
		compared = &diff.Comparison{New: cmp.Or(result.Source, result.Upstream)} // so that there is a document
	}
	if compared != nil && (form != "text" || !f.quiet && !result.Clean()) {
		forms := diff.Forms
		if !f.verbose {
			forms.Text = diff.Brief
		}
		if err := forms.Write(cmd.OutOrStdout(), form, compared, f.text(cmd)); err != nil {
			return err
		}
	}
	if f.quiet {
		return nil
	}
	return f.reportUpdate(about, result)
}

// cacheDir returns the folder that keeps the last releases and what is remembered of
// runs, or "" if the system has none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "msgraphgen")
}

// reportUpdate prints the files that were written, and the changes outside of the
// selection.
func (f *flags) reportUpdate(w io.Writer, u *generator.UpdateResult) error {
	w = report.Visible{W: w}
	if u.Source != "" && (u.SourceAction != output.Unchanged || f.verbose) {
		fmt.Fprintf(w, "%-9s %s\n", u.SourceAction, source.Plain(filepath.ToSlash(u.Source)))
	}
	if err := f.report(w, u.Result); err != nil {
		return err
	}
	var about []string
	if u.Clean() {
		about = append(about, "nothing in the selection changed, no file was written")
	}
	if u.Selected != nil { // the first update has nothing to compare with
		about = append(about, aboutOutside(u))
	}
	if about == nil {
		return nil
	}
	_, err := fmt.Fprintf(w, "%s: %s\n%s", u.Upstream, strings.Join(about, "; "), f.listOutside(u.Outside))
	return err
}

// aboutOutside summarizes the changes outside of the selection.
func aboutOutside(u *generator.UpdateResult) string {
	switch o := u.Outside; {
	case u.NotModified:
		return "unchanged since the last update"
	case o == nil:
		return "changes outside of the selection are unknown: no earlier release was fetched here"
	case o.Empty():
		return "nothing changed outside of the selection"
	default:
		return fmt.Sprintf("outside of the selection: %d added, %d removed, %d changed", len(o.Added), len(o.Removed), len(o.Changed))
	}
}

// maxOutside is the number of changes outside of the selection that are listed
// without --verbose.
const maxOutside = 10

// listOutside lists the changes outside of the selection.
func (f *flags) listOutside(o *generator.Outside) string {
	if o == nil {
		return ""
	}
	var lines []string
	for _, name := range o.Added {
		lines = append(lines, "\tadded    "+source.Plain(name))
	}
	for _, name := range o.Removed {
		lines = append(lines, "\tremoved  "+source.Plain(name))
	}
	for _, c := range o.Changed {
		line := c.Name
		for _, part := range []struct {
			sign  string
			names []string
		}{{"+", c.Added}, {"-", c.Removed}, {"~", c.Changed}} {
			for _, name := range part.names {
				line += " " + part.sign + name
			}
		}
		lines = append(lines, "\tchanged  "+source.Plain(line))
	}
	if more := len(lines) - maxOutside; more > 0 && !f.verbose {
		lines = append(lines[:maxOutside], fmt.Sprintf("\tand %d more: --verbose prints all", more))
	}
	if len(lines) == 0 {
		return ""
	}
	for i, line := range lines {
		lines[i] = "\t" + source.Plain(line[1:])
	}
	return strings.Join(lines, "\n") + "\n"
}

// jsonUpdate is the JSON form of an update.
type jsonUpdate struct {
	Upstream    string             `json:"upstream"`
	NotModified bool               `json:"notModified"`
	Source      *jsonFile          `json:"source,omitzero"` // nil if the source is the release itself
	Result      jsonResult         `json:"result"`
	Selected    any                `json:"selected,omitzero"` // as diff reports it
	Outside     *generator.Outside `json:"outside,omitzero"`
}

func newJSONUpdate(u *generator.UpdateResult) jsonUpdate {
	document := jsonUpdate{Upstream: u.Upstream, NotModified: u.NotModified, Result: newJSONResult(u.Result), Outside: u.Outside}
	if u.Source != "" {
		document.Source = &jsonFile{Path: filepath.ToSlash(u.Source), Action: u.SourceAction}
	}
	if u.Selected != nil {
		document.Selected = diff.Forms.JSON(u.Selected)
	}
	return document
}
