package generator

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// isLock reports whether the input is a lock file, whatever its name: it can
// be from the history of a repository.
func (in document) isLock() bool {
	if filepath.Base(in.name) == output.LockName {
		return true
	}
	if !bytes.HasPrefix(bytes.TrimLeft(in.data, " \t\r\n"), []byte("{")) {
		return false
	}
	var members struct {
		Closure *string        `json:"closure"`
		Model   jsontext.Value `json:"model"`
	}
	return json.Unmarshal(in.data, &members) == nil && members.Closure != nil && members.Model != nil
}

// readLock reads the model that a lock file holds, and finds out what of it was
// generated: types on the way to a resource, for instance, were not. Errors are
// an *output.DamagedError.
func (s *side) readLock(in document) error {
	lock, err := output.ParseLock(in.data)
	if err != nil {
		return &output.DamagedError{Err: fmt.Errorf("%s:%w", in.name, err)}
	}
	if len(lock.Model) == 0 {
		return damaged(in.name, errors.New("it holds no model: the first run was cut short"))
	}
	return s.readLocked(lock)
}

// readLocked reads the model of a lock file that was read.
func (s *side) readLocked(lock *output.Lock) (err error) {
	s.pinned, s.closure = lock.Names, lock.Closure
	if s.keeper.kept, err = lockedKept(lock); err != nil {
		return damaged(s.name, err)
	}
	if s.model, err = lockedModel(lock.Model); err != nil {
		return damaged(s.name, err)
	}
	s.selected, err = lockedSelection(s.model, lock)
	if err == nil {
		err = fits(s.keeper.kept, s.selected)
	}
	if err != nil {
		return damaged(s.name, err)
	}
	return nil
}

// damaged says that a lock file cannot be used.
func damaged(name string, err error) error {
	return &output.DamagedError{Err: fmt.Errorf("%s: %w: run msgraphgen generate to write it again", name, err)}
}

// lockedModel decodes and links the model of a lock file.
func lockedModel(data jsontext.Value) (*model.Model, error) {
	m := &model.Model{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("the model in it cannot be read: %w", err)
	}
	if hasNull(reflect.ValueOf(m)) {
		return nil, errors.New("the model in it has null for an element")
	}
	var ds source.Diagnostics
	model.Link(m, &ds)
	if err := ds.Err(); err != nil {
		return nil, fmt.Errorf("the model in it is inconsistent: %w", err)
	}
	return m, nil
}

// hasNull reports whether a list in v holds nil. Nothing else in the program
// expects that.
func hasNull(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hasNull(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if e := v.Index(i); e.Kind() == reflect.Pointer && e.IsNil() || hasNull(e) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && hasNull(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

// lockedSelection returns what was selected when a lock file was written. The
// patterns are not in it. But whatever was generated has a name or a file there.
func lockedSelection(m *model.Model, lock *output.Lock) (*api.Selection, error) {
	for _, s := range m.Schemas {
		for _, t := range s.Structured {
			for _, n := range t.Navigation {
				n.ContainsTarget = model.Yes // else the wildcard would not follow it
			}
		}
	}
	s, err := api.Select(m, api.Options{Include: []string{"/**"}, Types: []string{"**"}})
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		s, err = e.Rest, nil // there are types only
	}
	if err != nil {
		return nil, err
	}
	named := func(r api.Resource) bool { return r == (api.Resource{}) || lock.Names[r.ID()] != "" }
	s.Types = slices.DeleteFunc(s.Types, func(t model.Type) bool { return lock.Names[t.QualifiedName()] == "" })
	s.Links = slices.DeleteFunc(s.Links, func(l api.Link) bool { return !named(l.From) || !named(l.To) })
	s.Operations = slices.DeleteFunc(s.Operations, func(o *api.Operation) bool {
		test := "testdata/" + ident.Default().File(lock.Names[o.Resource.ID()]) + ".http"
		return !named(o.Resource) || !slices.Contains(s.Types, model.Type(o.Resource.Type())) || lock.Files[test] == ""
	})
	return s, nil
}

// chooseLike selects of s what a lock file holds: the operations by their
// paths, and the types that these do not need by name. Where an operation has
// more paths than are kept, the others are left out on both sides.
func (s *side) chooseLike(lock *side) error {
	var options api.Options
	for _, o := range lock.selected.Operations {
		for _, path := range o.Paths {
			options.Include = append(options.Include, o.Verb+" "+path.String())
		}
	}
	needed, err := api.Select(lock.model, options)
	if err != nil {
		return damaged(lock.name, err)
	}
	lock.selected.Links = needed.Links
	for _, t := range lock.selected.Types {
		if name := t.QualifiedName(); !slices.Contains(needed.Types, t) && s.model.Type(name) != nil {
			options.Types = append(options.Types, name)
		}
	}
	_, err = s.choose(options)
	return err
}
