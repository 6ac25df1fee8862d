package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// changes returns the report of two schemas that differ in many ways.
func changes(t *testing.T) []byte {
	t.Helper()
	return msgraphgen(t, "diff", "testdata/old.xml", "testdata/new.xml")
}

const (
	visible = `document.querySelectorAll(".changes > li:not([hidden])").length`
	status  = `document.getElementById("shown").textContent`
	focused = `document.activeElement.closest("li")?.querySelector(".subject").textContent ?? document.activeElement.id`
)

func TestReport(t *testing.T) {
	ctx, problems := open(t, changes(t))
	all := evaluate[int](t, ctx, visible)
	if all < 6 {
		t.Fatalf("%d changes, want more to filter", all)
	}

	t.Run("filter by severity", func(t *testing.T) {
		sources := evaluate[int](t, ctx, `document.querySelectorAll("li[data-severity=source]").length`)
		if sources == 0 || sources == all {
			t.Fatalf("%d of %d changes are source", sources, all)
		}
		click(t, ctx, "input[value=source]")
		if got := evaluate[int](t, ctx, visible); got != all-sources {
			t.Errorf("%d changes are left, want %d", got, all-sources)
		}
		press(t, ctx, kb.Escape)
		if got := evaluate[int](t, ctx, visible); got != all {
			t.Errorf("after Escape there are %d changes, want %d", got, all)
		}
	})

	t.Run("filter by text", func(t *testing.T) {
		press(t, ctx, "/")
		if got := evaluate[string](t, ctx, focused); got != "text" {
			t.Fatalf("/ goes to %q", got)
		}
		press(t, ctx, "horns")
		if got := evaluate[int](t, ctx, visible); got == 0 || got == all {
			t.Errorf("%d changes are left", got)
		}
		if got := evaluate[string](t, ctx, status); !strings.HasSuffix(got, " changes") || strings.HasPrefix(got, "0 ") {
			t.Errorf("the status says %q", got)
		}
		press(t, ctx, " no such thing")
		if !evaluate[bool](t, ctx, `!document.getElementById("none").hidden`) {
			t.Error("nothing says that no change is left")
		}
		press(t, ctx, kb.Escape)
	})

	t.Run("keys", func(t *testing.T) {
		press(t, ctx, "j")
		first := evaluate[string](t, ctx, focused)
		press(t, ctx, "j")
		if second := evaluate[string](t, ctx, `document.activeElement.closest("li") === document.querySelectorAll(".changes > li")[1] ? "second" : ""`); second == "" {
			t.Error("j does not go to the second change")
		}
		press(t, ctx, "k")
		if got := evaluate[string](t, ctx, focused); got != first || got == "" {
			t.Errorf("k goes to %q, want %q", got, first)
		}
		press(t, ctx, kb.Enter)
		if !evaluate[bool](t, ctx, `document.querySelector(".changes details").open`) {
			t.Error("Enter does not open the details")
		}
		press(t, ctx, kb.Enter)
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

	t.Run("the picture leads to the changes of a type", func(t *testing.T) {
		click(t, ctx, "svg a[data-type='farm.cow'] rect")
		if got := evaluate[int](t, ctx, visible); got == 0 || got == all {
			t.Errorf("%d changes are left", got)
		}
		press(t, ctx, kb.Escape)
	})

	t.Run("for screen readers", func(t *testing.T) {
		for what, expression := range map[string]string{
			"the language is set":          `document.documentElement.lang === "en"`,
			"there is one main heading":    `document.querySelectorAll("h1").length === 1`,
			"the picture has a name":       `document.querySelector("svg title").textContent.length > 0`,
			"the picture is told in words": `document.querySelector("svg desc").textContent.includes("farm.cow extends farm.animal")`,
			"the count is announced":       `document.getElementById("shown").getAttribute("aria-live") === "polite"`,
			"inputs have labels":           `[...document.querySelectorAll("input")].every(i => i.labels.length > 0)`,
			"severity is not colour alone": `[...document.querySelectorAll(".changes > li")].every(i => i.querySelector("summary").textContent.includes(i.dataset.severity))`,
			"a hostile name stays a text":  `document.querySelectorAll("img, iframe, object").length === 0 && document.scripts.length === 1`,
		} {
			if !evaluate[bool](t, ctx, expression) {
				t.Error("not so: " + what)
			}
		}
	})

	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

func TestReportLooks(t *testing.T) {
	looks(t, changes(t), "diff")
}
