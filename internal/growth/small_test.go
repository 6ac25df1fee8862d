package growth_test

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// bomb returns YAML in which each anchor stands for ten of the one before.
func bomb(levels int, first, item, begin, end string) string {
	text := "x0: &x0 " + first + "\n"
	for i := 1; i <= levels; i++ {
		var items []string
		for range 10 {
			items = append(items, fmt.Sprintf(item, i-1))
		}
		text += fmt.Sprintf("x%d: &x%[1]d %s%s%s\n", i, begin, strings.Join(items, ", "), end)
	}
	return text
}

// A small or deeply nested input takes little memory, and the error has a position.
func TestSmallInputsTakeLittleMemory(t *testing.T) {
	const most = 100 << 20
	parseOpenAPI := func(text string) error {
		_, err := openapi.Parse("f", []byte(text), openapi.Options{})
		return err
	}
	schema := func(text string) string { return api3 + "paths: {}\ncomponents: {schemas: {ns.t: " + text + "}}\n" }
	deep := func(open, end string) string { return strings.Repeat(open, 200_000) + strings.Repeat(end, 200_000) }
	for name, parse := range map[string]func() error{
		"aliases": func() error {
			return parseOpenAPI(bomb(9, "[a]", "*x%d", "[", "]") + schema("{type: object, enum: *x9}"))
		},
		"aliases of objects": func() error {
			return parseOpenAPI(bomb(9, "{a: {type: object}}", "k%[1]d: *x%[1]d", "{", "}") + schema("{properties: *x9}"))
		},
		"merge keys": func() error {
			return parseOpenAPI(bomb(9, "{a: {type: object}}", "*x%d", "{<<: [", "]}") + schema("{properties: *x9}"))
		},
		"nested allOf": func() error {
			return parseOpenAPI(bomb(9, "{type: object}", "*x%d", "{allOf: [", "]}") + schema("*x9"))
		},
		"an alias of itself":  func() error { return parseOpenAPI("x: &x [*x]\n" + schema("{enum: *x}")) },
		"nested flow lists":   func() error { return parseOpenAPI(schema("{enum: " + deep("[", "]") + "}")) },
		"nested flow objects": func() error { return parseOpenAPI(schema(deep("{a: ", "}"))) },
		"open flow lists":     func() error { return parseOpenAPI("x: " + deep("[", "")) },
		"nested block lists":  func() error { return parseOpenAPI("x:\n  " + deep("- ", "") + "a\n") },
		"nested JSON":         func() error { return parseOpenAPI(`{"openapi":"3.0.1","paths":{},"x":` + deep("[", "]") + "}") },
		"nested JSON objects": func() error {
			return parseOpenAPI(`{"openapi":"3.0.1","paths":{},"x":` + deep(`{"a":`, "") + "1" + deep("", "}") + "}")
		},
		"open JSON": func() error { return parseOpenAPI(`{"openapi":"3.0.1","paths":{},"x":` + deep("[", "")) },
		"nested XML": func() error {
			_, err := csdl.Parse("f", []byte(head+deep("<x>", "</x>")+tail), csdl.Options{})
			return err
		},
		"nested expressions": func() error {
			_, err := csdl.Parse("f", []byte(head+`<Annotations Target="a.b"><Annotation Term="a.c">`+deep("<Collection>", "</Collection>")+`</Annotation></Annotations>`+tail), csdl.Options{})
			return err
		},
		"JSON in a page": func() error {
			return parsePage(page + "## Request\n\n<!-- { \"blockType\": \"request\" } -->\n```http\nPOST /cows\n\n" + deep("[", "]") + "\n```\n")
		},
		"objects in a page": func() error {
			return parsePage(page + "## Request\n\n<!-- { \"blockType\": \"request\" } -->\n```http\nPOST /cows\n\n" + deep(`{"a":`, "") + "\n```\n")
		},
		"metadata of a page":      func() error { return parsePage(page + "<!-- " + deep("[", "]") + " -->\n") },
		"front matter":            func() error { return parsePage("---\na: " + deep("[", "]") + "\n---\n") },
		"aliases in front matter": func() error { return parsePage("---\n" + bomb(9, "[a]", "*x%d", "[", "]") + "title: *x9\n---\n") },
		"quotes in a page":        func() error { return parsePage(page + deep("> ", "")) },
		"lists in a page":         func() error { return parsePage(page + deep("- ", "") + "a") },
		"emphasis in a page":      func() error { return parsePage(page + deep("*a", "*")) },
		"links in a page":         func() error { return parsePage(page + deep("[", "](a)")) },
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := parse()
			runtime.ReadMemStats(&after)
			if bytes := after.TotalAlloc - before.TotalAlloc; bytes > most {
				t.Errorf("it allocates %d MB", bytes>>20)
			}
			if err == nil || !regexp.MustCompile(`(?m)^f:\d+:\d+: `).MatchString(err.Error()) {
				t.Errorf("no error with a position: %.300v", err)
			}
		})
	}
}

// parsePage returns the warnings about a page as an error.
func parsePage(text string) error {
	var ds source.Diagnostics
	docs.Parse("f", []byte(text), &ds)
	if list := ds.Warnings(); len(list) > 0 {
		return &source.InputError{Diagnostics: list}
	}
	return ds.Err()
}
