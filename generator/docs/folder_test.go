package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

func TestReadDir(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	page := func(text string) []byte {
		return []byte("---\ndoc_type: resourcePageType\n---\n# a resource type\nNamespace: contoso.zoo\n\n" + text +
			"\n## Properties\n|Property|Type|Description|\n|-|-|-|\n|a|[Cage](../resources/Cage.md#top)|See [this](../api/zoo-get.md).|\n")
	}
	for name, text := range map[string]string{
		"resources/keeper.md":   "See [cage](Cage.md), [cage](cage.md), [CAGE](CAGE.md?x=1), [again](Cage.md), [other](../../x/Cage.md).",
		"resources/cage.md":     "See [nothing](nothing.md), [zoo](../API/zoo%2Dget.md), [zoo](/api/Zoo-get.md), [zoo](https://x/Zoo-get.md), [](), [bad](%zz).",
		"api/zoo-get.md":        "[self](Zoo-Get.md)",
		"api.md":                "",
		"resources/notes.txt":   "",
		"resources/deep/a/b.md": "",
	} {
		gotest.Write(t, dir, name, page(text))
	}
	gotest.Write(t, dir, "large.md", make([]byte, 4<<20+1))
	gotest.Write(t, outside, "secret.md", page(""))
	for link, target := range map[string]string{
		"inside.md":  filepath.Join("resources", "cage.md"),
		"outside.md": filepath.Join(outside, "secret.md"),
		"nowhere.md": "missing.md",
		"loop.md":    "loop.md",
		"folder.md":  "resources",
		"folder":     outside,
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skipf("skipped: no symbolic links here: %v", err)
		}
	}

	var ds source.Diagnostics
	pages, err := docs.ReadDir(dir, &ds)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, p := range pages {
		if p.Position.File != p.File || len(p.Properties) != 1 {
			t.Errorf("%+v", p)
		}
		files = append(files, filepath.ToSlash(strings.TrimPrefix(p.File, dir+string(filepath.Separator))))
	}
	want := []string{"api.md", "api/zoo-get.md", "inside.md", "resources/cage.md", "resources/deep/a/b.md", "resources/keeper.md"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	compareGolden(t, "testdata/folder.golden", filepath.ToSlash(strings.ReplaceAll(warningsOf(&ds), dir+string(filepath.Separator), "")))
}

func TestReadDirErrors(t *testing.T) {
	dir := t.TempDir()
	gotest.Write(t, dir, "file.md", nil)
	for _, name := range []string{"missing", "file.md"} {
		var ds source.Diagnostics
		if pages, err := docs.ReadDir(filepath.Join(dir, name), &ds); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, %v", name, pages, err)
		}
	}
	var ds source.Diagnostics
	if pages, err := docs.ReadDir(t.TempDir(), &ds); err != nil || len(pages) > 0 {
		t.Errorf("of an empty folder: %v, %v", pages, err)
	}
}
