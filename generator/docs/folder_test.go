package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

func TestReadDir(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	page := func(text string) []byte {
		if strings.HasPrefix(text, "---") || strings.HasPrefix(text, "|") {
			return []byte(text)
		}
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
		"resources/c.md/d.md":   "",

		"api/zoo-feed.md": "---\ndoc_type: apiPageType\n---\n# feed\nNamespace: contoso.zoo\n## Permissions\n" +
			"[!INCLUDE [permissions-table](../includes/permissions/zoo-feed.md)]\n\n" +
			"[!INCLUDE [permissions-table](../includes/permissions/zoo-feed.md)]\n\n" +
			"[!INCLUDE [permissions-table](../includes/permissions/large.md)]\n\n" +
			"[!INCLUDE [permissions-table](../includes/permissions/missing.md)]\n\n" +
			"[!INCLUDE [permissions-table](../includes/permissions/README.md)]\n\n" +
			"[!INCLUDE [permissions-table](../../includes/permissions/zoo-feed.md)]\n\n" +
			"[!INCLUDE [permissions-table](https://x/includes/permissions/zoo-feed.md)]\n\n" +
			"[!INCLUDE [rbac](../includes/rbac.md)]\n" +
			"## HTTP request\n```\nPOST /feed\n```\n## Response\n`200 OK`\n## Example\n<!-- {\"blockType\":\"request\"} -->\n```\nPOST /feed\n```\n",
		"includes/permissions/zoo-feed.md": "---\ndescription: \"Automatically generated file. DO NOT MODIFY\"\n---\n\n" +
			"|Permission type|Least privileged permissions|Higher privileged permissions|\n|:---|:---|:---|\n" +
			"|Delegated (work or school account)|Zoo.Feed|Zoo.ReadWrite.All, Animals.ReadWrite.All|\n" +
			"|Delegated (personal Microsoft account)|Not supported.|Not supported.|\n|Application|Zoo.Feed|Not available.|\n|Keeper|Zoo.Feed|None.|\n",
		"includes/permissions/README.md": "# What is here\n",
	} {
		gotest.Write(t, dir, name, page(text))
	}
	gotest.Write(t, dir, "large.md", make([]byte, 4<<20+1))
	gotest.Write(t, dir, "includes/permissions/large.md", make([]byte, 256<<10+1))
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
	var permissions []*docs.Permissions
	for _, p := range pages {
		if p.Position.File != p.File || p.Kind == docs.Resource && len(p.Properties) != 1 {
			t.Errorf("%+v", p)
		}
		if p.Kind == docs.Method {
			permissions = p.Permissions
		}
		files = append(files, filepath.ToSlash(strings.TrimPrefix(p.File, dir+string(filepath.Separator))))
	}
	want := []string{"api.md", "api/zoo-feed.md", "api/zoo-get.md", "inside.md", "resources/c.md/d.md", "resources/cage.md", "resources/deep/a/b.md", "resources/keeper.md"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]*docs.Permissions{{
		Delegated:   docs.Access{Supported: model.Yes, AnyOf: [][]string{{"Zoo.Feed"}, {"Zoo.ReadWrite.All"}, {"Animals.ReadWrite.All"}}},
		Personal:    docs.Access{Supported: model.No},
		Application: docs.Access{Supported: model.Yes, AnyOf: [][]string{{"Zoo.Feed"}}},
		Position:    source.Position{File: filepath.Join(dir, "includes", "permissions", "zoo-feed.md"), Line: 7, Column: 1},
	}}, permissions); diff != "" {
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
