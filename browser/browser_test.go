// Package browser tests the HTML reports in a browser, as readers see them. It is
// a module of its own, so that users of msgraphgen do not depend on chromedp.
package browser

import (
	"context"
	"fmt"
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
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var (
	command string          // msgraphgen
	browser context.Context // Chromium; nil if there is none
)

func TestMain(m *testing.M) {
	os.Exit(build(m))
}

// TestMain builds the command, starts the browser and runs the tests.
func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "msgraphgen")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "msgraphgen")
	build := exec.Command("go", "build", "-o", command, "./cmd/msgraphgen")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	if _, err := exec.LookPath("chromium"); err == nil {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
		defer cancel()
		browser, cancel = chromedp.NewContext(allocator)
		defer cancel()
		if err := chromedp.Do(browser); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.Run()
}

// msgraphgen returns the HTML that the command prints.
func msgraphgen(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(command, append(args, "--report", "html", "--quiet")...)
	cmd.Stderr = os.Stderr
	page, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// open opens a page in a new tab. The function problems returns the errors in the
// page so far, and the addresses that it requests besides its own.
func open(t *testing.T, page []byte) (ctx context.Context, problems func() []string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	t.Cleanup(server.Close)
	return visit(t, server.URL+"/", func(address string) bool { return address == server.URL+"/" })
}

// patience is how long a tab may take, on a machine that is busy with other tests, too,
// before it counts as stuck.
const patience = 10 * time.Minute

// visit opens an address, as open does. The function own reports whether an address
// belongs to the page.
func visit(t *testing.T, address string, own func(string) bool) (ctx context.Context, problems func() []string) {
	t.Helper()
	if browser == nil {
		t.Skip("skipped: there is no chromium; apt-get install chromium")
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	var found []string
	if err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if address := e.Request.URL; !own(address) && !strings.HasPrefix(address, "data:") {
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
	do(t, ctx, chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("main")))
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

// press presses keys like a keyboard, so that the page can prevent the default
// action.
func press(t *testing.T, ctx context.Context, keys string) {
	t.Helper()
	do(t, ctx, chromedp.KeyEvent(keys, func(p *input.DispatchKeyEventParams) {
		if p.Type == kb.KeyDown {
			p.Type = kb.KeyRawDown
		}
	}))
}

// looks opens a page at two sizes and in both colour schemes. Nothing may be wider
// than the screen, and texts must contrast with their background. With
// SCREENSHOTS=dir it saves pictures.
func looks(t *testing.T, page []byte, name string) {
	t.Helper()
	ctx, _ := open(t, page)
	for device, size := range map[string][2]int64{"desktop": {1280, 900}, "phone": {390, 844}} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(device+" "+scheme, func(t *testing.T) {
				features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
				if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
					t.Fatal(err)
				}
				do(t, ctx, chromedp.EmulateViewport(size[0], size[1]))
				evaluate[bool](t, ctx, `document.querySelectorAll("details").forEach(d => { d.open = true; }) === undefined`)
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				if dir := os.Getenv("SCREENSHOTS"); dir != "" {
					if err := os.WriteFile(filepath.Join(dir, name+"-"+device+"-"+scheme+".png"), picture, 0o644); err != nil {
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

// contrast returns the classes of the texts whose contrast is below that of WCAG
// AA.
const contrast = `(() => {
	const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
	const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)|transparent/.test(c)) return c; } return "rgb(255, 255, 255)"; };
	const low = new Set();
	for (const e of document.querySelectorAll("header *, main *:not(svg, svg *)")) {
		const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
		if ((a + 0.05) / (b + 0.05) < 4.5) low.add(e.className || e.tagName);
	}
	return [...low].sort().join(", ");
})()`
