package browser

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// changes returns the page about two schemas that differ in many ways.
func changes(t *testing.T) []byte {
	t.Helper()
	return msgraphgen(t, "diff", "testdata/old.xml", "testdata/new.xml")
}

const (
	visible = `document.querySelectorAll(".list > li:not([hidden])").length`
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
			t.Error("the page does not say that nothing matches")
		}
		press(t, ctx, kb.Escape)
	})

	t.Run("keys", func(t *testing.T) {
		press(t, ctx, "j")
		first := evaluate[string](t, ctx, focused)
		press(t, ctx, "j")
		if second := evaluate[string](t, ctx, `document.activeElement.closest("li") === document.querySelectorAll(".list > li")[1] ? "second" : ""`); second == "" {
			t.Error("j does not go to the second change")
		}
		press(t, ctx, "k")
		if got := evaluate[string](t, ctx, focused); got != first || got == "" {
			t.Errorf("k goes to %q, want %q", got, first)
		}
		press(t, ctx, kb.Enter)
		if !evaluate[bool](t, ctx, `document.querySelector(".list details").open`) {
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
		hold(t, ctx, semantics)
		hold(t, ctx, map[string]string{
			"the picture has a name":       `document.querySelector("svg title").textContent.length > 0`,
			"the picture has a text":       `document.querySelector("svg desc").textContent.includes("farm.cow extends farm.animal: 4 changes, the gravest is source.")`,
			"the count is announced":       `document.getElementById("shown").getAttribute("aria-live") === "polite"`,
			"severity is not colour alone": `[...document.querySelectorAll(".list > li")].every(i => i.querySelector("summary").textContent.includes(i.dataset.severity))`,
		})
	})

	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// The page of audit has the list of that of diff, without a picture.
func TestAudit(t *testing.T) {
	ctx, problems := open(t, disagreements(t))
	hold(t, ctx, semantics)
	all := evaluate[int](t, ctx, visible)
	click(t, ctx, "input[value=additive]")
	if got := evaluate[int](t, ctx, visible); got == 0 || got == all {
		t.Errorf("%d of %d findings are left", got, all)
	}
	hold(t, ctx, map[string]string{
		"both sides have a place": `[...document.querySelectorAll(".list dl")].every(dl => dl.querySelectorAll(".at").length === 2)`,
		"there is no picture":     `document.querySelector("svg") === null`,
	})
	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// disagreements returns the page about the differences between two schemas.
func disagreements(t *testing.T) []byte {
	t.Helper()
	return msgraphgen(t, "audit", "--source", "testdata/old.xml", "--against", "testdata/new.xml")
}

// The policy of a page forbids everything that a text in it could start.
func TestPolicy(t *testing.T) {
	var requests atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer elsewhere.Close()
	ctx, problems := open(t, changes(t))
	for what, expression := range map[string]string{
		"a script":         `(() => { const s = document.createElement("script"); s.textContent = "window.done = true"; document.body.append(s); return !window.done; })()`,
		"an event handler": `(() => { document.body.insertAdjacentHTML("beforeend", "<p id=p onclick='window.done = true'>"); document.getElementById("p").click(); return !window.done; })()`,
		"a style":          `(() => { document.body.insertAdjacentHTML("beforeend", "<p id=q style='display: none'>"); return getComputedStyle(document.getElementById("q")).display === "block"; })()`,
		"a base address":   `(() => { const b = document.createElement("base"); b.href = "ELSEWHERE"; document.head.append(b); return document.baseURI === location.href; })()`,
		"a form":           `(() => { document.body.insertAdjacentHTML("beforeend", "<form id=f action='ELSEWHERE'></form>"); document.getElementById("f").submit(); return true; })()`,
		"an image":         `(() => { document.body.insertAdjacentHTML("beforeend", "<img src='ELSEWHERE'>"); return true; })()`,
		"a request":        `(() => { fetch("ELSEWHERE").catch(() => {}); return true; })()`,
		"a frame":          `(() => { document.body.insertAdjacentHTML("beforeend", "<iframe src='ELSEWHERE'></iframe>"); return true; })()`,
	} {
		if !evaluate[bool](t, ctx, strings.ReplaceAll(expression, "ELSEWHERE", elsewhere.URL)) {
			t.Errorf("the policy allows %s", what)
		}
	}
	do(t, ctx, chromedp.Sleep(300*time.Millisecond))
	if n := requests.Load(); n > 0 {
		t.Errorf("the page made %d requests", n)
	}
	violations := 0
	for _, problem := range problems() {
		if strings.Contains(problem, "Content Security Policy") {
			violations++
		}
	}
	if violations < 8 {
		t.Errorf("the browser reports %d violations, want at least 8: %q", violations, problems())
	}
}

func TestFindingsLook(t *testing.T) {
	looks(t, changes(t), "diff")
	looks(t, disagreements(t), "audit")
}
