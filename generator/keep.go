package generator

import (
	"errors"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/retain"
)

// retain finds the elements of an earlier version to retain, whose lock file is old. If
// the release changed, they are the ones that the selection loses, else those that are
// retained already.
func (now *planned) retain(meta *metadata, options api.Options, before *api.Version, old *lock.File) error {
	asBefore := options.Equal(old.Config.Options)
	same, err := sameModel(before.Selection.Model, now.Selection.Model)
	if err == nil && !same && !asBefore {
		same, err = meta.selectsAgain(before.Name, old, options.Expand)
	}
	switch {
	case err != nil:
		return err
	case !same:
		now.found, err = retain.Find(*before, now.Selection, now.Model)
		return err
	case asBefore || before.Retained.IsZero():
		now.Retained = before.Retained
		return nil
	}
	// Another configuration ends no deprecation.
	now.keptNames = before.Retained.Names
	now.Retained = retain.Unselected(before.Retained, now.Selection)
	if _, err := retain.Add(now.Selection, now.Retained); err != nil {
		now.Retained, now.unfit = nil, err
	}
	return nil
}

// selectsAgain reports whether the metadata still gives the selection in a lock file with
// a name, for the patterns in that. The navigation properties in expanded are fields now.
func (meta *metadata) selectsAgain(name string, old *lock.File, expanded []string) (bool, error) {
	before, err := old.Load(name)
	if err != nil {
		return false, err
	}
	was := old.Config.Options
	defer meta.expandAs(was.Expand, expanded)()
	selected, err := api.Select(meta.model, was.Or(api.Everything()))
	if e, ok := errors.AsType[*api.Error](err); ok {
		selected = e.Rest
	}
	if selected == nil {
		return false, nil
	}
	return sameModel(before.Selection.Model, selected.Model)
}

// expandAs marks some navigation properties as fields in place of others, until the
// function that it returns is called.
func (meta *metadata) expandAs(names, others []string) (undo func()) {
	was := map[*model.Navigation][]*model.Annotation{}
	for _, name := range slices.Concat(names, others) {
		if _, n, err := api.Navigation(meta.model, name); err == nil && was[n] == nil {
			was[n] = n.Annotated
			n.Annotated = vocab.NotExpanded(n.Annotated)
		}
	}
	_ = markExpanded(meta.model, names) // the release can have lost some of them
	return func() {
		for n, annotations := range was {
			n.Annotated = annotations
		}
	}
}
