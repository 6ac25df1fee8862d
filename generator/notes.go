package generator

import (
	"bytes"
	"cmp"
	"fmt"
	"go/version"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Notes are the messages of a run besides its result.
type Notes struct {
	// Advice is for the user to act on.
	Advice []source.Diagnostic

	Source   string              // the name of the source
	Selected []source.Diagnostic // problems of the selection and of its pages
	Others   []source.Diagnostic // problems of the rest of the source
	LeftOut  []api.LeftOut       // that wildcards would select if they had no defect
}

// Summary returns a few lines about the problems: none if no problem concerns the
// selection and no element has a defect.
func (n *Notes) Summary() []string {
	var lines, parts []string
	if len(n.Selected) > 0 {
		warnings := count(len(n.Selected), "warning") + " about the selection"
		if files := n.files(); files == n.Source {
			parts = append(parts, warnings)
		} else {
			lines = append(lines, files+": "+warnings+": --verbose prints all")
		}
	}
	defects := 0
	for _, d := range n.Others {
		if d.Severity == source.Error {
			defects++
		}
	}
	if defects > 0 {
		where := " outside of the selection"
		if len(parts) > 0 {
			where = " outside of it"
		}
		parts = append(parts, count(defects, "defect")+where)
	}
	if len(parts) > 0 {
		lines = append(lines, n.Source+": "+strings.Join(parts, ", ")+": --verbose prints all")
	}
	if len(n.LeftOut) > 0 {
		const most = 3
		var names []string
		for _, l := range n.LeftOut[:min(len(n.LeftOut), most)] {
			names = append(names, l.Name)
		}
		line := "left out because of defects: " + strings.Join(names, ", ")
		if more := len(n.LeftOut) - most; more > 0 {
			line += fmt.Sprintf(" and %d more", more)
		}
		lines = append(lines, line+": --verbose prints the reasons")
	}
	return lines
}

// files names the files with problems of the selection.
func (n *Notes) files() string {
	seen := map[string]bool{}
	for _, d := range n.Selected {
		seen[cmp.Or(d.Position.File, n.Source)] = true
	}
	files := slices.Sorted(maps.Keys(seen))
	if more := len(files) - 1; more > 0 {
		return files[0] + " and " + count(more, "more file")
	}
	return files[0]
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// All returns all problems in order by position.
func (n *Notes) All() []source.Diagnostic {
	list := slices.Concat(n.Selected, n.Others)
	for _, l := range n.LeftOut {
		list = append(list, source.Diagnostic{
			Position: l.Defect.Position, Severity: source.Warning, Message: l.Name + " is left out: " + l.Defect.Message,
		})
	}
	return source.Sorted(list)
}

// advise adds advice.
func (n *Notes) advise(at source.Position, format string, args ...any) {
	n.Advice = append(n.Advice, source.Diagnostic{Position: at, Severity: source.Warning, Message: fmt.Sprintf(format, args...)})
}

// notes sorts the problems of the metadata by whether they concern a selection.
func (meta *metadata) notes(s *api.Selection) Notes {
	n := Notes{Source: meta.document.Name, LeftOut: s.LeftOut}
	selected := map[source.Diagnostic]bool{}
	s.Model.Walk(func(e *model.Element) {
		for _, d := range slices.Concat(e.Problems, vocab.Conflicts(e)) {
			selected[d] = true
		}
	})
	for _, d := range meta.problemsOf(meta.about(s)) {
		selected[d] = true
	}
	for d := range selected {
		n.Selected = append(n.Selected, d)
	}
	n.Selected = source.Sorted(n.Selected)
	n.Others = slices.DeleteFunc(source.Sorted(append(meta.model.AllProblems(), meta.problems...)), func(d source.Diagnostic) bool { return selected[d] })
	n.adviseOnVersion(meta)
	n.adviseOnGone(meta)
	if advice := meta.adviceOnPages(); advice != "" {
		n.advise(source.Position{File: meta.document.Name}, "%s", advice)
	}
	// A slice has few of the derived types. Update says how many the whole metadata has.
	if len(s.Casts) > 0 && !slice.Is(meta.document.Data) {
		n.advise(source.Position{}, "wildcards leave out %s: name those that you need, such as %s", count(len(s.Casts), "type cast"), s.Casts[0])
	}
	return n
}

// adviseOnVersion adds advice if nothing says the API version. Only the addresses of
// Microsoft Graph depend on it.
func (n *Notes) adviseOnVersion(meta *metadata) {
	if meta.guessed && vocab.ServiceOf(meta.model).Name == "" {
		n.advise(source.Position{File: meta.document.Name}, "the name does not say the API version, which is taken to be %s: say it with --api-version", meta.apiVersion)
	}
}

// adviseOnGone adds advice about excludes that match nothing.
func (n *Notes) adviseOnGone(meta *metadata) {
	for _, pattern := range meta.gone {
		n.advise(source.Position{File: meta.document.Name}, "exclude: the metadata has no method any more that %q matches: remove the pattern", pattern)
	}
}

// adviceOnPages returns advice if reference pages are given with a slice, or "". A slice
// that update makes follows the pages by itself.
func (meta *metadata) adviceOnPages() string {
	switch again := "make it again from the whole metadata"; {
	case meta.input.Docs == "" || !slice.Is(meta.document.Data):
		return ""
	case !slice.HasPages(meta.document.Data) && meta.input.Upstream != "":
		return "the slice was made without reference pages, and leaves out resources that they describe: run update, also with --docs"
	case !slice.HasPages(meta.document.Data):
		return "the slice was made without reference pages, and leaves out resources that they describe: " + again + ", with --docs"
	case meta.input.Upstream == "":
		return "docs has no effect: the slice includes what the pages said when it was made; if they have changed, " + again
	}
	return ""
}

// adviceOnSlice returns advice if the source is a slice that was made for less than c asks
// for, or "". Update makes it again, and never gets the advice.
func (meta *metadata) adviceOnSlice(c config.Config) string {
	missing := slice.Lacks(meta.document.Data, c.Options)
	if len(missing) == 0 || meta.document.Name != c.Source {
		return ""
	}
	again := "run update"
	if c.Upstream == "" {
		again = "make it again from the whole metadata"
	}
	return "the slice was made without " + strings.Join(missing, ", ") + ", and may lack a part of it: " + again
}

// goVersion is the version of Go that generated packages need.
const goVersion = "1.27"

// result returns the result of planning and comparing a package.
func (meta *metadata) result(c config.Config, now *planned, changes *output.Changes) *Result {
	r := &Result{Output: c.Output, ImportPath: c.ImportPath, Changes: changes, Types: len(now.Selection.Types), Methods: methods(now.Selection), Notes: meta.notes(now.Selection)}
	if advice := meta.adviceOnSlice(c); advice != "" {
		r.advise(source.Position{File: meta.document.Name}, "%s", advice)
	}
	for _, note := range now.Plan.Notes {
		r.advise(source.Position{}, "%s", note)
	}
	if now.unfit != nil {
		r.advise(source.Position{}, "keep-deprecated: the new selection has no room for what was retained, which goes: %v", now.unfit)
	}
	if advice := sizeAdvice(r.Types, r.Methods); advice != "" {
		r.advise(source.Position{}, "%s", advice)
	}
	return r
}

// sizeAdvice returns advice about a package that takes long to compile, or "". The
// figures are those of docs/large-packages.md: about 6 ms and 0.4 MB for each type and
// each method.
func sizeAdvice(types, methods int) string {
	n := types + methods
	if n < 4000 {
		return ""
	}
	return fmt.Sprintf("the package has %s and %s: to compile it takes about %d s of processor time and %.1f GB of memory, and its tests take more; if that is too much, select less, or make a package for each area (docs/large-packages.md)",
		count(types, "type"), count(methods, "method"), (n*6+500)/1000, float64(n)*0.4/1000)
}

// adviseOnFolder adds advice about the output folder and its module. It does not
// depend on what is generated.
func (r *Result) adviseOnFolder() {
	m, err := config.FindModule(r.Output)
	if err == nil && m != nil && m.Go != "" && version.Compare("go"+m.Go, "go"+goVersion) < 0 {
		r.advise(source.Position{File: m.File}, "the module is for Go %s, but the package needs Go %s: run go get go@%s", m.Go, goVersion, goVersion)
	}
	for _, name := range r.leftovers() {
		r.advise(source.Position{File: name}, "msgraphgen wrote this file once, but %s does not list it: remove it, unless you need it", lock.Name)
	}
	r.Advice = source.Sorted(r.Advice)
}

// leftovers returns the files that msgraphgen wrote once, and that neither this run
// nor the lock file knows: a merge can bring them back. They would be compiled with
// the others.
func (r *Result) leftovers() []string {
	names, err := filepath.Glob(filepath.Join(r.Output, "*.go"))
	if err != nil {
		return nil // the folder's name is not a pattern: nothing is lost but advice
	}
	known := map[string]bool{}
	for _, c := range r.Changes.Files {
		known[c.Path] = true
	}
	return slices.DeleteFunc(names, func(name string) bool {
		if known[filepath.Base(name)] {
			return true
		}
		text, err := os.ReadFile(name)
		return err != nil || !bytes.HasPrefix(text, []byte(output.Header+"\n"))
	})
}
