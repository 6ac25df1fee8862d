package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// describe returns the page of a type or a path, or, for "", that of the closure
// of all types that creates in the zoo need.
func describe(t *testing.T, what string) []byte {
	t.Helper()
	args := []string{"describe", "--source", "testdata/zoo.xml", "--include", "POST /**"}
	if what != "" {
		args = append(args, what)
	}
	return msgraphgen(t, args...)
}

// graph returns the page of a type of Graph, or skips the test.
func graph(t *testing.T, name string) []byte {
	t.Helper()
	file := filepath.FromSlash("../../shared/metadata/csdl/beta-2021-07-13.xml")
	if _, err := os.Stat(file); err != nil {
		t.Skip("skipped: the real metadata is not present")
	}
	return msgraphgen(t, "describe", name, "--source", file, "--include", "POST /**")
}

const (
	rows    = `document.querySelectorAll("tbody > tr:not([hidden])").length`
	reasons = `document.querySelectorAll(".list > li:not([hidden])").length`
	active  = `document.activeElement.textContent || document.activeElement.id`
)

// semantics are the conditions for screen readers and for safety that each page
// must meet.
var semantics = map[string]string{
	"the language is set":            `document.documentElement.lang === "en"`,
	"there is one main heading":      `document.querySelectorAll("h1").length === 1`,
	"headings do not skip levels":    `document.querySelectorAll("h3, h4, h5, h6").length === 0`,
	"there are landmarks":            `document.querySelectorAll("body > header, body > main").length === 2`,
	"sections have names":            `[...document.querySelectorAll("section, [role=group]")].every(s => document.getElementById(s.getAttribute("aria-labelledby")).textContent)`,
	"the skip link leads somewhere":  `document.querySelector(document.querySelector(".skip").getAttribute("href")).tabIndex === -1`,
	"links in the page lead":         `[...document.querySelectorAll("nav a")].every(a => document.querySelector(a.getAttribute("href")))`,
	"identifiers are unique":         `new Set([...document.querySelectorAll("[id]")].map(e => e.id)).size === document.querySelectorAll("[id]").length`,
	"header cells have a scope":      `[...document.querySelectorAll("th")].every(th => th.scope === (th.closest("thead") ? "col" : "row"))`,
	"inputs have labels":             `[...document.querySelectorAll("input")].every(i => i.labels.length > 0)`,
	"scrolling parts can have focus": `[...document.querySelectorAll(".table, .picture")].every(e => e.tabIndex === 0)`,
	"texts stay texts":               `document.querySelectorAll("img, iframe, object, :not(.chip) > b, main script").length === 0 && document.scripts.length <= 1`,
	"links are https":                `[...document.querySelectorAll("a")].every(a => a.protocol === "https:" || a.getAttribute("href").startsWith("#"))`,
}

// hold requires that expressions are true in the page.
func hold(t *testing.T, ctx context.Context, facts map[string]string) {
	t.Helper()
	for what, expression := range facts {
		if !evaluate[bool](t, ctx, expression) {
			t.Error("not so: " + what)
		}
	}
}

func TestType(t *testing.T) {
	ctx, problems := open(t, describe(t, "zoo.bird"))
	all := evaluate[int](t, ctx, rows)

	hold(t, ctx, semantics)
	hold(t, ctx, map[string]string{
		"it is the type":                          `document.querySelector("h1").textContent === "zoo.bird"`,
		"the reference page is a link":            `document.querySelector("main p a").href === 'https://zoo.example/bird?a=1&b=%222%22'`,
		"the deprecation is there":                `document.querySelector(".deprecated").textContent === "deprecated: Say fowl."`,
		"the picture has a text":                  `document.querySelector("svg desc").textContent.includes("zoo.rockhopper extends zoo.penguin.")`,
		"the picture marks the type":              `document.querySelector("rect.itself + text").textContent === "bird"`,
		"the picture has all relatives":           `document.querySelectorAll("svg rect").length === 5`,
		"own and inherited properties are marked": `[...document.querySelectorAll("tbody tr")].every(tr => tr.classList.contains("inherited") === tr.cells[3].textContent.startsWith("zoo.animal"))`,
		"the count is announced":                  `document.getElementById("shown").getAttribute("role") === "status"`,
	})

	t.Run("filter by text", func(t *testing.T) {
		press(t, ctx, "/")
		if got := evaluate[string](t, ctx, active); got != "text" {
			t.Fatalf("/ goes to %q", got)
		}
		press(t, ctx, "zoo.animal")
		if got := evaluate[int](t, ctx, rows); got != 4 {
			t.Errorf("%d properties are left", got)
		}
		if got := evaluate[string](t, ctx, status); got != "4 of 11 properties" {
			t.Errorf("the status says %q", got)
		}
		press(t, ctx, " no such thing")
		if !evaluate[bool](t, ctx, `!document.getElementById("none").hidden`) {
			t.Error("the page does not say that nothing matches")
		}
		press(t, ctx, kb.Escape)
		if got := evaluate[int](t, ctx, rows); got != all {
			t.Errorf("after Escape there are %d properties, want %d", got, all)
		}
	})

	t.Run("keys", func(t *testing.T) {
		for _, step := range [][2]string{{"j", "calls"}, {"j", "feathers"}, {"k", "calls"}, {"k", "calls"}} {
			press(t, ctx, step[0])
			if got := evaluate[string](t, ctx, active); got != step[1] {
				t.Errorf("%s goes to %q, want %q", step[0], got, step[1])
			}
		}
	})

	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

func TestClosure(t *testing.T) {
	ctx, problems := open(t, describe(t, ""))
	all := evaluate[int](t, ctx, reasons)
	hold(t, ctx, semantics)

	t.Run("filter by text", func(t *testing.T) {
		press(t, ctx, "/")
		press(t, ctx, "property nest")
		if got := evaluate[string](t, ctx, status); got != "1 of 6 types" {
			t.Errorf("the status says %q", got)
		}
		press(t, ctx, kb.Escape)
		if got := evaluate[int](t, ctx, reasons); got != all || all != 6 {
			t.Errorf("after Escape there are %d types, want %d", got, all)
		}
	})

	t.Run("keys", func(t *testing.T) {
		press(t, ctx, "j")
		press(t, ctx, "j")
		press(t, ctx, kb.Enter)
		if !evaluate[bool](t, ctx, `document.querySelector(".list > li:nth-child(2) details").open`) {
			t.Error("Enter does not open the reason of the second type")
		}
	})

	t.Run("expand and collapse", func(t *testing.T) {
		const open = `document.querySelectorAll("details[open]").length`
		click(t, ctx, "#open")
		if got := evaluate[int](t, ctx, open); got != all {
			t.Errorf("%d of %d are open", got, all)
		}
		click(t, ctx, "#close")
		if got := evaluate[int](t, ctx, open); got != 0 {
			t.Errorf("%d are still open", got)
		}
	})

	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// hostile returns a page with names that try to break it.
func hostile(t *testing.T, name string) []byte {
	t.Helper()
	page, err := os.ReadFile("../generator/describe/testdata/" + name + ".html")
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// Pages without a filter, and pages with names that no front end accepts.
func TestPages(t *testing.T) {
	pages := map[string][]byte{
		"path": describe(t, "/birds"), "enumeration": describe(t, "zoo.feather"), "type definition": describe(t, "zoo.span"), "page that is not a link": describe(t, "zoo.keeper"),
	}
	for _, name := range []string{"type", "enum", "path", "closure"} {
		pages["hostile "+name] = hostile(t, name)
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			ctx, problems := open(t, page)
			hold(t, ctx, semantics)
			hold(t, ctx, map[string]string{"the heading is the title": `document.querySelector("h1").textContent.replace(/\s+/g, " ") === document.title`})
			press(t, ctx, "/j")
			press(t, ctx, kb.Escape)
			if found := problems(); len(found) > 0 {
				t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
			}
		})
	}
}

func TestDescribeLooks(t *testing.T) {
	for name, page := range map[string]func(*testing.T) []byte{
		"type":    func(t *testing.T) []byte { return describe(t, "zoo.bird") },
		"path":    func(t *testing.T) []byte { return describe(t, "/birds") },
		"closure": func(t *testing.T) []byte { return describe(t, "") },
		"small":   func(t *testing.T) []byte { return graph(t, "microsoft.graph.projectParticipation") },
		"large":   func(t *testing.T) []byte { return graph(t, "microsoft.graph.user") },
		"hostile": func(t *testing.T) []byte { return hostile(t, "type") },
	} {
		t.Run(name, func(t *testing.T) { looks(t, page(t), name) })
	}
}
