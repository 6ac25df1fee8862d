package generator

import (
	"encoding/json/v2"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/retain"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// keeper plans a package together with what is kept of an earlier version. The
// zero value keeps nothing.
type keeper struct {
	kept   *retain.Kept
	found  *retain.Found // what to keep from now on; nil if that is known already
	before *side         // the version that it was found in
}

// keeper finds what to keep, for those who use the package that is there: as
// long as the selection does not change, what is kept already; when it does,
// what it loses, and no longer what was kept before.
func (c Config) keeper(m *model.Model, selected *api.Selection, old *output.Lock) (*keeper, error) {
	if !c.KeepDeprecated || old == nil || len(old.Model) == 0 {
		return &keeper{}, nil
	}
	before := &side{config: c, name: filepath.Join(c.Output, output.LockName), pinned: old.Names, closure: old.Closure}
	var err error
	if before.keeper.kept, err = lockedKept(old); err == nil {
		before.model, err = lockedModel(old.Model)
	}
	if err != nil {
		return nil, damagedKeeping(before.name, err)
	}
	// What the same patterns selected before: what is not asked for any more, goes.
	if _, err := before.choose(c.patterns()); err != nil {
		return nil, err
	}
	before.selected.Types = slices.DeleteFunc(before.selected.Types, func(t model.Type) bool { return old.Names[t.QualifiedName()] == "" })
	return newKeeper(before, m, selected)
}

// newKeeper finds what to keep of a version, which a lock file holds.
func newKeeper(before *side, m *model.Model, selected *api.Selection) (*keeper, error) {
	closure, err := closureOf(slice.Used(selected.Model))
	if err != nil {
		return nil, err
	}
	if digest(closure) == before.closure {
		if err := fits(before.keeper.kept, selected); err != nil {
			return nil, damagedKeeping(before.name, err)
		}
		return &keeper{kept: before.keeper.kept}, nil
	}
	found, err := retain.Find(before.selected, selected, m)
	if err != nil {
		return nil, damagedKeeping(before.name, err)
	}
	clean := *before
	clean.keeper = keeper{} // what was kept before goes, as was announced
	return &keeper{found: found, before: &clean}, nil
}

// fits reports whether what is kept can stand beside what is selected.
func fits(kept *retain.Kept, selected *api.Selection) error {
	if kept.Empty() {
		return nil
	}
	_, err := kept.Add(selected)
	return err
}

// plan plans the package. The names that it returns are those of what is
// selected, without what is kept.
func (k *keeper) plan(m *model.Model, selected *api.Selection, options golang.Options) (plan *golang.Plan, names map[string]string, err error) {
	pinned := options.Pinned
	if k.found != nil {
		options.Pinned = k.found.Pinned(pinned)
	}
	plan, err = golang.NewPlan(m, selected, options)
	if err != nil {
		return nil, nil, err
	}
	names = plan.Names
	if k.found != nil {
		k.kept = k.found.Kept(pinned, names)
	}
	for changed := true; changed && !k.kept.Empty(); {
		sum, err := k.kept.Add(selected)
		if err != nil { // both have passed all checks
			return nil, nil, fmt.Errorf("what is kept does not fit, which is a defect of msgraphgen: %w", err)
		}
		options.Renamed, options.Pinned = k.kept.Renamed, maps.Clone(names)
		maps.Copy(options.Pinned, k.kept.Names)
		if plan, err = golang.NewPlan(m, sum, options); err != nil {
			return nil, nil, err
		}
		// With just the names that are in use, a later run does the same.
		changed = k.kept.Settle(plan.Names, names)
	}
	return plan, names, nil
}

// warnings tell what callers of the earlier version miss nevertheless.
func (k *keeper) warnings(now diff.Version) ([]source.Diagnostic, error) {
	if k.found == nil {
		return nil, nil
	}
	before, err := k.before.version(nil)
	if err != nil {
		return nil, err
	}
	var ds source.Diagnostics
	for _, ch := range diff.Compare(before, now).Changes {
		if ch.Severity != report.Source || k.compiles(ch, now.Plan) {
			continue
		}
		why := ""
		if reason := k.found.Lost[ch.Subject]; reason != "" {
			why = ": " + reason
		}
		ds.Warnf(ch.NewAt, "keep-deprecated: %s%s", ch.Sentence(), why)
	}
	return ds.Warnings(), nil
}

// compiles reports whether callers compile though apidiff sees a change: a
// constant has the new value of its member, or a field is promoted now.
func (k *keeper) compiles(ch diff.Change, p *golang.Plan) bool {
	if ch.Kind == diff.KindMember && ch.Action == diff.Renamed {
		return slices.Contains(slices.Collect(maps.Values(k.kept.Renamed)), ch.New)
	}
	return k.found.Raised[ch.Subject] && slices.ContainsFunc(p.Structs, func(s *golang.Struct) bool {
		return slices.ContainsFunc(s.AllFields(), func(f *golang.Field) bool { return s.Name+"."+f.Name == ch.Symbol })
	})
}

// lockedKept returns what a lock file says is kept.
func lockedKept(lock *output.Lock) (*retain.Kept, error) {
	if len(lock.Kept) == 0 {
		return nil, nil
	}
	kept := &retain.Kept{}
	if err := json.Unmarshal(lock.Kept, kept, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("what is kept cannot be read: %w", err)
	}
	if hasNull(reflect.ValueOf(kept)) {
		return nil, fmt.Errorf("what is kept has null for an element")
	}
	return kept, nil
}

// damagedKeeping says that nothing can be kept of what a lock file holds.
func damagedKeeping(name string, err error) error {
	return &output.DamagedError{Err: fmt.Errorf("%s: %w: restore the file, or generate without keep-deprecated, which keeps nothing of it", name, err)}
}
