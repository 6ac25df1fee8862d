package api_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
)

// FuzzPatterns checks that any patterns give a selection or an *api.Error, that an
// included method has a path, and that an OpenAPI document is searched for the paths
// of each selected method.
func FuzzPatterns(f *testing.F) {
	for _, pattern := range []string{
		"/**", "POST /shelves", "/shelves/{id}/books", "/shelves/*/books/**/notes", "/desk/next/**/chapters/*", "/shelves/{id}/lib.shelf/books", "GET /", "/**/**", "/*/{x", "//", "post /desk/*s",
	} {
		f.Add(pattern, "/loans/**", "lib.**")
	}
	m := parse(f, library)
	f.Fuzz(func(t *testing.T, include, exclude, types string) {
		options := api.Options{Include: strings.Split(include, "\n"), Exclude: strings.Split(exclude, "\n"), Types: strings.Split(types, "\n")}
		s, err := api.Select(m, options)
		if e, ok := errors.AsType[*api.Error](err); ok {
			s = e.Rest
		} else if err != nil {
			t.Fatal(err)
		}
		if s == nil {
			return
		}
		searched := api.Paths(options.Include)
		for _, method := range s.Methods {
			if len(method.Paths) == 0 {
				t.Fatalf("%s has no path", method.ID())
			}
			if path := method.Paths[0].String(); !searched(path) {
				t.Errorf("%q selects %s, but is not searched for it", include, path)
			}
		}
	})
}
