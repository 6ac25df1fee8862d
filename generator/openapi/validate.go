package openapi

import (
	"context"
	"errors"
	"reflect"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// validate reports what the specification does not allow. None of it keeps the
// document from being of use: what does, is reported where it is needed.
func (l *loader) validate(doc *openapi3.T) {
	defer unlink(doc)()
	err := doc.Validate(context.Background(),
		openapi3.EnableMultiError(),
		openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation(),
		openapi3.DisableSchemaPatternValidation(),
	)
	problems, ok := errors.AsType[openapi3.MultiError](err)
	if !ok && err != nil {
		problems = openapi3.MultiError{err}
	}
	for _, problem := range problems {
		l.ds.Warnf(l.origin(problem), "not valid OpenAPI: %s", oneLine(problem.Error()))
	}
}

// origin returns the position of what the innermost error that has one is
// about.
func (l *loader) origin(err error) source.Position {
	at := source.Position{File: l.at.file}
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		if field := v.FieldByName("Origin"); field.IsValid() && field.CanInterface() {
			if o, ok := field.Interface().(*openapi3.Origin); ok && o != nil && o.Key != nil {
				at = l.at.of(o)
			}
		}
	}
	return at
}
