package generator

import (
	"fmt"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// planned is a version with the package that is generated from it.
type planned struct {
	api.Version
	Plan *golang.Plan

	found  *retain.Found // what was retained in this run; nil if nothing changed
	before *planned      // the version that it was found in

	// If only the configuration changed: the Go names of what was retained before, and why
	// nothing of that is retained any more.
	keptNames map[string]string
	unfit     error
}

func lockName(dir string) string { return filepath.Join(dir, lock.Name) }

// earlier returns the version that the package in the output folder was
// generated from, without elements that c does not select any more: these are not
// retained. It is nil if nothing is to be retained.
func earlier(c config.Config, old *lock.File) (*api.Version, error) {
	if !c.KeepDeprecated || old == nil || old.Outdated() || old.Begun() {
		return nil, nil
	}
	return old.LoadSelected(lockName(c.Output), c.Options)
}

// plan decides the package for a selection. With keep-deprecated it retains
// elements of the version before it, which the package with the lock file old was
// generated from.
func (meta *metadata) plan(c config.Config, selected *api.Selection, before *api.Version, old *lock.File) (*planned, error) {
	now := &planned{Version: api.Version{Name: meta.document.Name, Model: meta.model, Selection: selected}}
	if old != nil {
		now.Names, now.Earlier = old.Names, old.Methods
	}
	options := golangOptions(c, meta.model, meta.apiVersion)
	if c.KeepDeprecated && before != nil {
		if err := now.retain(meta, c.Options, before, old); err != nil {
			return nil, damagedKeeping(before.Name, err)
		}
	}
	if err := now.plan(options); err != nil {
		return nil, &lock.DamagedError{Err: fmt.Errorf("%s: %w: correct the names there, or delete them for new ones", lockName(c.Output), err)}
	}
	if now.found != nil {
		now.before = &planned{Version: *before}
		now.before.Retained = nil // it was kept for one release
		if err := now.before.plan(options); err != nil {
			return nil, damagedKeeping(before.Name, err)
		}
	}
	return now, nil
}

// golangOptions returns the options of a plan for a model. Those of a comparison
// need no destination.
func golangOptions(c config.Config, m *model.Model, apiVersion string) golang.Options {
	return golang.Options{
		Package:    c.Package,
		ImportPath: c.ImportPath,
		ODataPath:  c.OData,
		APIVersion: apiVersion,
		Keys:       c.Keys,
		Rules:      ident.Default(),
		ReadOnly:   declared(m, c.ReadOnly),
		Settable:   declared(m, c.Settable),
	}
}

// declared returns the names of properties with the types that declare them. It
// leaves out properties that the model does not have.
func declared(m *model.Model, names []string) []string {
	var list []string
	for _, name := range names {
		if owner, p, err := api.Property(m, name); err == nil {
			list = append(list, owner.QualifiedName()+"/"+p.Name)
		}
	}
	return list
}

// plan plans the package: the selection, and the retained elements beside it,
// which take only names that the selection leaves.
func (now *planned) plan(options golang.Options) (err error) {
	options.Pinned, options.Earlier = now.Names, now.Earlier
	selected, names := now.Selection, now.Names
	switch {
	case now.found != nil:
		options.Pinned = now.found.Pinned(now.Names)
	case now.keptNames != nil:
		options.Pinned = maps.Clone(now.keptNames)
		maps.Copy(options.Pinned, now.Names)
	}
	if now.found != nil || now.keptNames != nil {
		alone, err := golang.NewPlan(now.Model, now.Selection, options)
		if err != nil {
			return err
		}
		names = alone.Names
		if now.found != nil {
			now.Retained = now.found.Retained(now.Names, names)
		} else if now.Retained != nil {
			now.Retained = retain.Settled(now.Retained, now.Retained.Names, names)
		}
	}
	if !now.Retained.IsZero() {
		if selected, err = retain.Add(now.Selection, now.Retained); err != nil {
			return err
		}
		options.Renamed, options.Pinned = now.Retained.Renamed, maps.Clone(names)
		maps.Copy(options.Pinned, now.Retained.Names)
	}
	if now.Plan, err = golang.NewPlan(now.Model, selected, options); err != nil {
		return err
	}
	if now.Retained.IsZero() {
		now.Names = now.Plan.Names
		return nil
	}
	now.Retained = retain.Settled(now.Retained, now.Plan.Names, names)
	now.Names = maps.Clone(now.Plan.Names)
	maps.DeleteFunc(now.Names, func(key, _ string) bool { return now.Retained.Names[key] != "" })
	return nil
}

// warnLost adds advice about callers of the earlier version that stop compiling
// nevertheless.
func (now *planned) warnLost(n *Notes) {
	if now.found == nil {
		return
	}
	for _, ch := range diff.Compare(now.before.diff(), now.diff()).Changes {
		if ch.Severity != report.Source || now.compiles(ch) {
			continue
		}
		why := ""
		if reason := now.found.Lost[ch.Subject]; reason != "" {
			why = ": " + reason
		}
		n.advise(ch.NewAt, "keep-deprecated: %s%s", ch.Sentence(), why)
	}
}

// explainLost adds to changes why an element is not retained. The report of an update
// says everything else that [planned.warnLost] says.
func (now *planned) explainLost(c *diff.Comparison) {
	if now.found == nil {
		return
	}
	for i, ch := range c.Changes {
		if reason := now.found.Lost[ch.Subject]; reason != "" && ch.Severity == report.Source && ch.Kind != diff.KindSelection && ch.Evidence == "" {
			c.Changes[i].Evidence = "not retained: " + reason
		}
	}
}

// diff returns the version as package diff takes it.
func (p *planned) diff() diff.Version {
	return diff.Version{Name: p.Name, Model: p.Model, Plan: p.Plan}
}

// compiles reports whether callers compile though apidiff sees a change: a field is
// promoted now.
func (now *planned) compiles(ch diff.Change) bool {
	return now.found.Raised[ch.Subject] && slices.ContainsFunc(now.Plan.Structs, func(s *golang.Struct) bool {
		return slices.ContainsFunc(s.AllFields(), func(f *golang.Field) bool { return s.Name+"."+f.Name == ch.Symbol })
	})
}

// damagedKeeping reports that nothing of a lock file can be retained.
func damagedKeeping(name string, err error) error {
	return &lock.DamagedError{Err: fmt.Errorf("%s: %w: restore the file, or generate without keep-deprecated", name, err)}
}

// lockFile returns the lock file of a package. It records a format only if the source
// does not show it, and the upstream of the last run if the source did not change.
func (meta *metadata) lockFile(asked, complete config.Config, from lock.Source, now *planned, old *lock.File) (lock.File, error) {
	f := lock.File{Tool: Version(), Source: from, Config: config.ForLock(asked, complete)}
	if formatOf(meta.document, config.FormatAuto) == meta.format {
		f.Config.Format = ""
	}
	if f.Config.Upstream == "" && old != nil && old.Source.Digest == from.Digest {
		f.Config.Upstream = old.Config.Upstream
	}
	return f, f.SetVersion(&now.Version)
}

// devel is the version of builds that are not those of a released module.
const devel = "devel"

// Version returns the version of the module msgraphgen, or "devel" if it was built
// otherwise.
func Version() string {
	const module = "github.com/msgraphgen/msgraphgen"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return devel
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == module && m.Version != "" && m.Version[0] == 'v' && m.Sum != "" {
			return m.Version
		}
	}
	return devel
}
