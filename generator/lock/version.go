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

// Load returns the version that f holds. Name is for messages. Errors are a
// *DamagedError.
func (f *File) Load(name string) (*api.Version, error) { return f.LoadSelected(name, f.Config.Options) }

// LoadSelected returns the part of the version that f holds that patterns
// select. A pattern that matches nothing there is no error. Errors are a
// *DamagedError.
func (f *File) LoadSelected(name string, patterns api.Options) (*api.Version, error) {
	v, err := f.load(name, patterns)
	if err != nil {
		return nil, &DamagedError{fmt.Errorf("%s: %w: run msgraphgen generate to write it again", name, err)}
	}
	return v, nil
}

func (f *File) load(name string, patterns api.Options) (*api.Version, error) {
	switch {
	case f.Outdated():
		return nil, errors.New("it was written by an older msgraphgen, and does not say what was generated")
	case f.Begun():
		return nil, errors.New("it holds no model: the first run was cut short")
	}
	v := &api.Version{Name: name, Model: &model.Model{}, Names: f.Names}
	if err := decode(f.Model, v.Model); err != nil {
		return nil, fmt.Errorf("its model cannot be read: %w", err)
	}
	if len(f.Retained) > 0 {
		v.Retained = &api.Retained{}
		if err := decode(f.Retained, v.Retained); err != nil {
			return nil, fmt.Errorf("the retained elements in it cannot be read: %w", err)
		}
	}
	model.Link(v.Model)
	for _, d := range v.Model.AllProblems() {
		if d.Severity == source.Error {
			return nil, fmt.Errorf("its model is inconsistent: %v", d)
		}
	}
	if err := choose(v, patterns); err != nil {
		return nil, err
	}
	if equal(patterns, f.Config.Options) {
		return v, f.checkMethods(v.Selection)
	}
	// Other patterns can ask for types that a path leads through, and that are
	// not generated.
	s := v.Selection
	s.Types = slices.DeleteFunc(s.Types, func(t model.Type) bool { return f.Names[t.QualifiedName()] == "" })
	s.Methods = slices.DeleteFunc(s.Methods, func(m *api.Method) bool { return !slices.Contains(s.Types, model.Type(m.Resource.Type())) })
	return v, nil
}

// choose selects a part of a version, whose model holds no more than what was
// selected.
func choose(v *api.Version, patterns api.Options) (err error) {
	if patterns.IsZero() {
		patterns = api.Everything()
	}
	v.Selection, err = api.Select(v.Model, patterns)
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		v.Selection, v.Unmatched, err = e.Rest, e.Problems, nil
	}
	return err
}

// checkMethods reports a lock file whose model does not have its methods.
func (f *File) checkMethods(s *api.Selection) error {
	var have []string
	for _, m := range s.Methods {
		have = append(have, m.ID())
	}
	slices.Sort(have)
	if want := slices.Sorted(slices.Values(f.Methods)); !slices.Equal(have, want) {
		return fmt.Errorf("it lists the methods %s, but its model has %s", strings.Join(want, ", "), strings.Join(have, ", "))
	}
	return nil
}

func equal(a, b api.Options) bool {
	return slices.Equal(a.Include, b.Include) && slices.Equal(a.Exclude, b.Exclude) && slices.Equal(a.Types, b.Types) && slices.Equal(a.Derived, b.Derived)
}

// decode decodes JSON that anybody can have edited: null for an element is
// refused here, so that nothing else need expect it.
func decode(data jsontext.Value, v any) error {
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return err
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

// SetVersion makes f hold a version.
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

// EncodeModel returns the form of a selected model in a lock file.
func EncodeModel(m *model.Model) (jsontext.Value, error) {
	data, err := json.Marshal(slice.Used(m), json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encoding the selected model: %w", err)
	}
	return data, nil
}
