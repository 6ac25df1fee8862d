package lock

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Load returns the version that f records. Messages call the file name. Errors
// are a *DamagedError.
func (f *File) Load(name string) (*api.Version, error) { return f.LoadSelected(name, f.Config.Options) }

// LoadSelected is like [File.Load], but returns only the part that patterns
// select. A pattern that matches nothing is reported in the version, not as an
// error.
func (f *File) LoadSelected(name string, patterns api.Options) (*api.Version, error) {
	v, err := f.load(name, patterns)
	if err != nil {
		return nil, &DamagedError{fmt.Errorf("%s: %w: run generate to write the file again", name, err)}
	}
	return v, nil
}

func (f *File) load(name string, patterns api.Options) (*api.Version, error) {
	switch {
	case f.Outdated():
		return nil, errors.New("an older msgraphgen wrote this lock file, without what was generated")
	case f.Begun():
		return nil, errors.New("the lock file has no model, as the first run was cut short")
	}
	v := &api.Version{Name: name, Model: &model.Model{}, Names: f.Names, Earlier: f.Methods}
	if err := decode(f.Model, v.Model); err != nil {
		return nil, fmt.Errorf("the model in the lock file is damaged: %w", err)
	}
	if len(f.Retained) > 0 {
		v.Retained = &api.Retained{}
		if err := decode(f.Retained, v.Retained); err != nil {
			return nil, fmt.Errorf("the retained elements in the lock file are damaged: %w", err)
		}
	}
	model.Link(v.Model)
	c := f.Config
	for _, names := range [][]string{c.Derived, c.Types, c.Expand, c.ReadOnly, c.Settable, patterns.Derived, patterns.Types, patterns.Expand} {
		addAliases(v.Model, names)
	}
	for _, d := range v.Model.AllProblems() {
		if d.Severity == source.Error {
			return nil, fmt.Errorf("the model in the lock file is inconsistent: %v", d)
		}
	}
	if err := choose(v, f.Config.Options); err != nil {
		return nil, err
	}
	whole := v.Selection
	if err := f.checkMethods(whole); err != nil {
		return nil, err
	}
	if patterns = patterns.Or(f.Config.Options); patterns.Equal(f.Config.Options) {
		return v, nil
	}
	// Other patterns can match more of the model than the package has: it holds all that
	// the paths to its methods need.
	if err := choose(v, patterns); err != nil {
		return nil, err
	}
	v.Selection.Restrict(v.Model, whole)
	v.Whole = whole
	return v, nil
}

// addAliases adds the aliases that names of types begin with to a model without them:
// lock files did not always record them. An alias is usually the last part of its
// namespace, but all that counts is that only one namespace has a type of that name.
func addAliases(m *model.Model, names []string) {
	for _, name := range names {
		name, _, _ = strings.Cut(name, "/")
		if _, err := api.Type(m, name); err == nil {
			continue
		}
		alias, rest, _ := strings.Cut(name, ".")
		var found []*model.Schema
		for _, s := range m.Schemas {
			if m.Type(s.Namespace+"."+rest) != nil {
				found = append(found, s)
			}
		}
		if len(found) == 1 && found[0].Alias == "" {
			found[0].Alias = alias
		}
	}
}

// choose selects what patterns match in a version, or everything if there are
// none.
func choose(v *api.Version, patterns api.Options) (err error) {
	v.Unmatched = nil
	v.Selection, err = api.Select(v.Model, patterns.Or(api.Everything()))
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		v.Selection, v.Unmatched, err = e.Rest, e.Problems, nil
	}
	return err
}

// checkMethods returns an error if the methods of the model are not those that f
// lists.
func (f *File) checkMethods(s *api.Selection) error {
	var have []string
	for _, m := range s.Methods {
		id := m.ID()
		if former := m.FormerID(); slices.Contains(f.Methods, former) && !slices.Contains(f.Methods, id) {
			id = former
		}
		have = append(have, id)
	}
	slices.Sort(have)
	if want := slices.Sorted(slices.Values(f.Methods)); !slices.Equal(have, want) {
		return fmt.Errorf("the lock file lists the methods %s, but its model has %s", strings.Join(want, ", "), strings.Join(have, ", "))
	}
	return nil
}

// decode decodes JSON that may have been edited by hand. It refuses null for an
// element, so that no other code need expect nil.
func decode(data jsontext.Value, v any) error {
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return errors.New(plain(err))
	}
	if hasNil(reflect.ValueOf(v)) {
		return errors.New("an element is null")
	}
	return nil
}

// hasNil reports whether a list in v holds nil.
func hasNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hasNil(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if e := v.Index(i); e.Kind() == reflect.Pointer && e.IsNil() || hasNil(e) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && hasNil(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

// SetVersion records a version in f.
func (f *File) SetVersion(v *api.Version) error {
	var err error
	if f.Model, err = EncodeModel(v.Selection.Model); err != nil {
		return err
	}
	if !v.Retained.IsZero() {
		if f.Retained, err = json.Marshal(v.Retained, json.Deterministic(true)); err != nil {
			return fmt.Errorf("encoding the retained elements: %w", err)
		}
	}
	f.Names = v.Names
	f.Methods = []string{}
	for _, m := range v.Selection.Methods {
		if !m.Retained {
			f.Methods = append(f.Methods, m.ID())
		}
	}
	slices.Sort(f.Methods)
	return nil
}

// EncodeModel returns a selected model as lock files hold it.
func EncodeModel(m *model.Model) (jsontext.Value, error) {
	data, err := json.Marshal(slice.Used(m), json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encoding the selected model: %w", err)
	}
	return data, nil
}
