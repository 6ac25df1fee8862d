package browser

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// explore starts msgraphgen explore in a folder and opens its page.
func explore(t *testing.T, dir string, args ...string) (ctx context.Context, problems func() []string) {
	t.Helper()
	if browser == nil {
		t.Skip("skipped: there is no chromium; apt-get install chromium")
	}
	cmd := exec.Command(command, append([]string{"explore", "--open=false"}, args...)...)
	cmd.Dir, cmd.Stderr = dir, new(bytes.Buffer)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("explore ends with %v: %s", err, cmd.Stderr)
		}
	})
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err, cmd.Stderr)
	}
	address = strings.TrimSpace(address)
	return visit(t, address, func(asked string) bool { return strings.HasPrefix(asked, address) })
}

// beta returns the file of real metadata, or skips the test.
func beta(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs(filepath.FromSlash("../../shared/metadata/csdl/beta-2021-07-13.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Skip("skipped: the real metadata is not present")
	}
	return file
}

// eventually waits until an expression is true in the page.
func eventually(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	const wait = 50 * time.Millisecond
	for range time.Minute / wait {
		if evaluate[bool](t, ctx, expression) {
			return
		}
		time.Sleep(wait)
	}
	t.Fatalf("not so after a minute: %s\n%s", expression, evaluate[string](t, ctx, `document.body.innerText.slice(0, 3000)`))
}

// From nothing to a package that can create projects: search, tick, write.
func TestExploreProject(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/orders\n\ngo 1.27\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, problems := explore(t, dir, "--source", beta(t))
	actions := 0
	act := func(step func()) { actions++; step() }
	act(func() { press(t, ctx, "/create a project") })
	const box = `input[data-request="POST /me/profile/projects"]`
	eventually(t, ctx, `!!document.querySelector('`+box+`')`)
	act(func() { click(t, ctx, box) })
	eventually(t, ctx, `document.getElementById("figures").textContent.includes("14 types, 1 method")`)
	act(func() { click(t, ctx, "#write") })
	eventually(t, ctx, `document.getElementById("written").textContent === "msgraphgen.yaml is written. Now run msgraphgen generate."`)
	if actions >= 5 {
		t.Errorf("%d actions", actions)
	}
	generate := exec.Command(command, "generate")
	generate.Dir = dir
	out, err := generate.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "projects: 14 types, 1 method; ") {
		t.Errorf("%v: %s", err, out)
	}
	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// The tree can be used with the keyboard alone.
func TestExploreTree(t *testing.T) {
	ctx, problems := explore(t, t.TempDir(), "--source", beta(t))
	const focused = `document.activeElement.querySelector(":scope > .label")?.textContent.trim()`
	evaluate[bool](t, ctx, `document.querySelector("[data-path='/me']").focus() === undefined`)
	press(t, ctx, kb.ArrowRight)
	eventually(t, ctx, `document.querySelectorAll("[data-path='/me'] > ul > li").length > 50`)
	press(t, ctx, kb.ArrowRight)
	if got := evaluate[string](t, ctx, focused); got != "GET Get" {
		t.Errorf("→ goes to %q", got)
	}
	press(t, ctx, " ")
	eventually(t, ctx, `document.activeElement.getAttribute("aria-checked") === "true" && document.getElementById("figures").textContent.includes("1 method,")`)
	press(t, ctx, " ")
	eventually(t, ctx, `document.activeElement.getAttribute("aria-checked") === "false" && document.getElementById("figures").textContent.startsWith("Nothing")`)
	press(t, ctx, kb.Enter)
	eventually(t, ctx, `document.querySelector("h1").textContent === "GET /me" && document.querySelectorAll("#preview pre").length === 2`)
	if got := evaluate[string](t, ctx, focused); got != "GET Get" {
		t.Errorf("the focus left the tree for %q", got)
	}
	press(t, ctx, kb.ArrowLeft)
	press(t, ctx, kb.ArrowLeft)
	if !evaluate[bool](t, ctx, `document.activeElement.dataset.path === "/me" && document.activeElement.getAttribute("aria-expanded") === "false"`) {
		t.Error("← does not close the parent")
	}
	press(t, ctx, kb.ArrowDown)
	if got := evaluate[string](t, ctx, focused); got != "mobilityManagementPolicies" {
		t.Errorf("↓ goes to %q", got)
	}
	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// states are the pages that the tests look at, by the part of their address.
var states = map[string]string{
	"start": "#/", "search": "#/search/create a project", "type": "#/type/microsoft.graph.itemFacet", "path": "#/path/me/messages", "method": "#/method/POST /me/profile/projects",
}

func TestExploreLooks(t *testing.T) {
	old := strings.Replace(beta(t), "2021-07-13", "2020-10-27", 1)
	ctx, problems := explore(t, t.TempDir(), "--source", beta(t), "--against", old, "--include", "/me/messages/**", "--exclude", "DELETE /me/messages/{id}", "--include", "POST /me/profile/projects")
	axe := ""
	t.Run("axe-core", func(t *testing.T) { axe = axeCore(t) })
	for name, at := range states {
		evaluate[string](t, ctx, `location.hash = "`+at+`"`)
		eventually(t, ctx, `!document.querySelector("[aria-busy]") && document.getElementById("figures").textContent.includes("methods") && document.title !== "msgraphgen explore"`)
		for device, size := range map[string][2]int64{"desktop": {1280, 900}, "phone": {320, 640}} {
			for _, scheme := range []string{"light", "dark"} {
				t.Run(name+" "+device+" "+scheme, func(t *testing.T) {
					features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
					if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
						t.Fatal(err)
					}
					do(t, ctx, chromedp.EmulateViewport(size[0], size[1]))
					// The browser paints what comes into view only now.
					do(t, ctx, chromedp.Sleep(200*time.Millisecond))
					picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
					if err != nil {
						t.Fatal(err)
					}
					if dir := os.Getenv("SCREENSHOTS"); dir != "" {
						if err := os.WriteFile(filepath.Join(dir, "explore-"+name+"-"+device+"-"+scheme+".png"), picture, 0o644); err != nil {
							t.Error(err)
						}
					}
					if wide := evaluate[int](t, ctx, `document.documentElement.scrollWidth`); int64(wide) > size[0] {
						t.Errorf("the page is %d wide, the screen %d", wide, size[0])
					}
					if low := evaluate[string](t, ctx, contrast); low != "" {
						t.Errorf("too little contrast: %s", low)
					}
					if axe != "" {
						violations(t, ctx, axe)
					}
				})
			}
		}
	}
	do(t, ctx, chromedp.Navigate(evaluate[string](t, ctx, `new URL("changes", location.href).href`)), chromedp.WaitReady(chromedp.CSS("main")))
	hold(t, ctx, map[string]string{"the report of diff is there": `document.querySelectorAll(".list > li").length > 1000`, "its filter works": `document.getElementById("shown").textContent.includes(" of ")`})
	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// The page opens on the configuration at hand, and changes the selection in it.
func TestExploreConfiguration(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "msgraphgen.yaml")
	before := "# mine\nsource: zoo.xml\ninclude:\n  - /birds/** # all of it\n"
	zoo, err := os.ReadFile("testdata/zoo.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{file: []byte(before), filepath.Join(dir, "zoo.xml"): zoo} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, problems := explore(t, dir)
	evaluate[string](t, ctx, `location.hash = "#/path/birds"`)
	const create = `document.querySelector("main input[data-request='POST /birds']")`
	eventually(t, ctx, create+`?.checked === true`)
	click(t, ctx, `main input[data-request='POST /birds']`)
	eventually(t, ctx, `document.getElementById("yaml").textContent.includes("exclude:\n  - POST /birds\n") && !`+create+`.checked`)
	click(t, ctx, `[aria-label="Remove POST /birds from exclude"]`)
	eventually(t, ctx, `!document.getElementById("yaml").textContent.includes("exclude") && `+create+`.checked`)
	evaluate[string](t, ctx, `location.hash = "#/type/zoo.bird"`)
	eventually(t, ctx, `document.querySelector("h1").textContent === "zoo.bird"`)
	click(t, ctx, `input[data-set=derived]`)
	eventually(t, ctx, `document.getElementById("yaml").textContent.includes("derived:\n  - zoo.bird\n")`)
	do(t, ctx, chromedp.Focus(chromedp.CSS("#pattern")))
	press(t, ctx, "POST /pigs"+kb.Enter)
	eventually(t, ctx, `document.getElementById("problem").textContent.includes("no method matches \"POST /pigs\"") && document.getElementById("write").disabled`)
	click(t, ctx, `[aria-label="Remove POST /pigs from include"]`)
	eventually(t, ctx, `document.getElementById("problem").textContent === "" && !document.getElementById("write").disabled`)
	click(t, ctx, "#write")
	eventually(t, ctx, `document.getElementById("written").textContent.includes("is written")`)
	if text, err := os.ReadFile(file); err != nil || string(text) != before+"derived:\n  - zoo.bird\n" {
		t.Errorf("%v: the configuration is\n%s", err, text)
	}

	// The user adds a pattern in an editor: the page neither drops it nor keeps its own.
	click(t, ctx, `input[data-set=derived]`)
	eventually(t, ctx, `!document.getElementById("yaml").textContent.includes("derived")`)
	edited := "source: zoo.xml\ninclude:\n  - /birds/**\n  - /birds\n"
	if err := os.WriteFile(file, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
	click(t, ctx, "#write")
	eventually(t, ctx, `document.getElementById("problem").textContent.includes("reload the page")`)
	do(t, ctx, chromedp.Reload())
	eventually(t, ctx, `document.querySelector("#patterns [data-list=include]").textContent.includes("/birds×") && document.getElementById("problem").textContent === ""`)
	click(t, ctx, `input[data-set=derived]`)
	eventually(t, ctx, `document.getElementById("yaml").textContent.includes("derived:\n  - zoo.bird\n") && !document.getElementById("write").disabled`)
	click(t, ctx, "#write")
	eventually(t, ctx, `document.getElementById("written").textContent.includes("is written")`)
	if text, err := os.ReadFile(file); err != nil || string(text) != edited+"derived:\n  - zoo.bird\n" {
		t.Errorf("%v: the configuration is\n%s", err, text)
	}
	if found := problems(); len(found) > 0 {
		t.Errorf("problems in the page:\n%s", strings.Join(found, "\n"))
	}
}

// axeCore returns the script of axe-core, which finds mistakes that keep people from
// using a page. It skips the test if npm cannot get it.
func axeCore(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	npm := exec.Command("npm", "pack", "axe-core@4.10.3", "--silent")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		t.Skipf("skipped: npm cannot get axe-core, so that it does not look at the pages: %v %s", err, out)
	}
	tar := exec.Command("tar", "-xzf", "axe-core-4.10.3.tgz", "package/axe.min.js")
	tar.Dir = dir
	if out, err := tar.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	script, err := os.ReadFile(filepath.Join(dir, "package", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// violations requires that axe-core finds nothing in the page. The browser evaluates the
// script beside the page, whose policy forbids it.
func violations(t *testing.T, ctx context.Context, axe string) {
	t.Helper()
	evaluate[bool](t, ctx, `(() => { if (!window.axe) { `+axe+` } return true; })()`)
	evaluate[bool](t, ctx, `(() => { window.found = undefined; axe.run().then(r => { window.found = r.violations.map(v => v.id + ": " + v.help + "\n  " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 300)).join("\n  ")).join("\n"); }, e => { window.found = String(e); }); return true; })()`)
	eventually(t, ctx, `window.found !== undefined`)
	if found := evaluate[string](t, ctx, `window.found`); found != "" {
		t.Errorf("axe-core finds\n%s", found)
	}
}
