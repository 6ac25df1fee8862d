// Package browser opens the HTML reports in a browser, as their readers do. It
// is a module of its own, so that those who use msgraphgen do not get chromedp.
package browser

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// report returns the HTML report of two schemas that differ in many ways.
func report(t *testing.T) []byte {
	t.Helper()
	command := filepath.Join(t.TempDir(), "msgraphgen")
	build := exec.Command("go", "build", "-o", command, "./cmd/msgraphgen")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(command, "diff", "--report", "html", "--quiet", "testdata/old.xml", "testdata/new.xml")
	cmd.Stderr = os.Stderr
	page, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// open opens a page, and returns what goes wrong in it, and the addresses that
// it asks for besides its own.
func open(t *testing.T, page []byte) (ctx context.Context, problems func() []string) {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("skipped: there is no chromium; apt-get install chromium")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	var found []string
	if err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if address := e.Request.URL; address != server.URL+"/" && !strings.HasPrefix(address, "data:") {
				found = append(found, "asks for "+address)
			}
		case *runtime.EventConsoleAPICalled:
			found = append(found, "console: "+string(e.Type))
		case *runtime.EventExceptionThrown:
			found = append(found, "exception: "+e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			found = append(found, "log: "+e.Entry.Text)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(server.URL+"/"), chromedp.WaitReady(chromedp.CSS("#shown")))
	return ctx, func() []string { return found }
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// evaluate returns the value of a JavaScript expression in the page.
func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func click(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	do(t, ctx, chromedp.Click(chromedp.CSS(selector)))
}

func press(t *testing.T, ctx context.Context, keys string) {
	t.Helper()
	do(t, ctx, chromedp.KeyEvent(keys))
}

const (
	visible = `document.querySelectorAll(".changes > li:not([hidden])").length`
	status  = `document.getElementById("shown").textContent`
	focused = `document.activeElement.closest("li")?.querySelector(".subject").textContent ?? document.activeElement.id`
)

func TestReport(t *testing.T) {
	ctx, problems := open(t, report(t))
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

// At each size and in both colour schemes nothing is wider than the screen, and
// texts stand out from their ground. SCREENSHOTS=dir keeps pictures.
func TestLooks(t *testing.T) {
	ctx, _ := open(t, report(t))
	for name, size := range map[string][2]int64{"desktop": {1280, 900}, "phone": {390, 844}} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
				if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
					t.Fatal(err)
				}
				do(t, ctx, chromedp.EmulateViewport(size[0], size[1]))
				click(t, ctx, "#open")
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
				if err != nil {
					t.Fatal(err)
				}
				if dir := os.Getenv("SCREENSHOTS"); dir != "" {
					if err := os.WriteFile(filepath.Join(dir, name+"-"+scheme+".jpg"), picture, 0o644); err != nil {
						t.Error(err)
					}
				}
				if wide := evaluate[int](t, ctx, `document.documentElement.scrollWidth`); int64(wide) > size[0] {
					t.Errorf("the page is %d wide, the screen %d", wide, size[0])
				}
				if low := evaluate[string](t, ctx, contrast); low != "" {
					t.Errorf("too little contrast: %s", low)
				}
			})
		}
	}
}

// contrast returns the classes of texts whose contrast is below that of WCAG AA.
const contrast = `(() => {
	const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
	const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)|transparent/.test(c)) return c; } return "rgb(255, 255, 255)"; };
	const low = new Set();
	for (const e of document.querySelectorAll(".badge, .chip, .what, .at, .brief, .keys, dt, dd, code, .verdict, button")) {
		const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
		if ((a + 0.05) / (b + 0.05) < 4.5) low.add(e.className || e.tagName);
	}
	return [...low].sort().join(", ");
})()`
