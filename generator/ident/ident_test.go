package ident_test

import (
	"fmt"
	"go/build"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/module"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator/ident"
)

func TestWords(t *testing.T) {
	for name, want := range map[string][]string{
		"":                      nil,
		"projectParticipation":  {"project", "Participation"},
		"webUrl":                {"web", "Url"},
		"WIPAppID":              {"WIP", "App", "ID"},
		"userIDs":               {"user", "IDs"},
		"oauth2PermissionGrant": {"oauth2", "Permission", "Grant"},
		"windows10XCertificate": {"windows10", "X", "Certificate"},
		"snake_case.and-more":   {"snake", "case", "and", "more"},
		"../evil\nname":         {"evil", "name"},
	} {
		if diff := cmp.Diff(want, ident.Words(name)); diff != "" {
			t.Errorf("Words(%q): %s", name, diff)
		}
	}
}

func TestExported(t *testing.T) {
	rules := ident.Default()
	for name, want := range map[string]string{
		"id":                   "ID",
		"webUrl":               "WebURL",
		"thumbnailUrls":        "ThumbnailURLs",
		"userIDs":              "UserIDs",
		"projectParticipation": "ProjectParticipation",
		"identitySet":          "IdentitySet",
		"mobileSMS":            "MobileSMS",
		"is":                   "Is",
		"type":                 "Type",
		"365Days":              "X365Days",
		"éclair":               "Éclair",
		"名前":                   "X名前",
		"":                     "X",
		"*/ init()":            "Init",
	} {
		if got := rules.Exported(name); got != want {
			t.Errorf("Exported(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestExportedIsAlwaysAnExportedIdentifier(t *testing.T) {
	rules := ident.Default()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if id := rules.Exported(name); !token.IsIdentifier(id) || !token.IsExported(id) {
			t.Fatalf("Exported(%q) = %q", name, id)
		}
	})
}

func TestUnique(t *testing.T) {
	taken := []string{"ID", "ID2"}
	if got := ident.Unique("ID", func(s string) bool { return slices.Contains(taken, s) }); got != "ID3" {
		t.Errorf("got %q, want ID3", got)
	}
}

func TestFile(t *testing.T) {
	rules := ident.Default()
	for identifier, want := range map[string]string{
		"ProjectParticipation":         "project_participation",
		"WebURL":                       "web_url",
		"Windows":                      "windows",
		"AppWindows":                   "app_windows_type",
		"AppArm64":                     "app_arm64_type",
		"LoadTest":                     "load_test_type",
		"Test":                         "test",
		"Con":                          "con_type",
		"ConMan":                       "con_man",
		"X٣":                           "x",
		"X٣Test":                       "x_test_type",
		"Straſſe":                      "strasse",
		"X_":                           "x",
		"":                             "e3b0c442",
		strings.Repeat("LongName", 20): strings.Repeat("long_name_", 11) + "l_0ef7929f",
	} {
		if got := rules.File(identifier); got != want {
			t.Errorf("File(%q) = %q, want %q", identifier, got, want)
		}
	}
}

// Names with thousands of collisions are still numbered quickly and once.
func TestUniqueNamesAreDifferent(t *testing.T) {
	taken := map[string]bool{}
	for i := range 5000 {
		asked := 0
		name := ident.Unique("ID", func(s string) bool { asked++; return taken[s] })
		if taken[name] || asked > 50 {
			t.Fatalf("name %d is %s, after %d questions", i, name, asked)
		}
		if i < 20 && i > 0 && name != fmt.Sprintf("ID%d", i+1) {
			t.Errorf("name %d is %s", i, name)
		}
		taken[name] = true
	}
}

// File returns names that are allowed on all systems.
func FuzzFile(f *testing.F) {
	for _, name := range []string{"X٣", "Straſſe", "ProjectParticipation", "App_Linux", "Con", "x\u0301", "名前", strings.Repeat("Long", 100)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if file := ident.Default().File(name); !ident.IsFile(file) {
			t.Errorf("%q gives %q", name, file)
		} else if err := module.CheckFilePath(file + ".go"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	})
}

// The names of all systems that this Go knows must be escaped: a file that is
// built on none of two systems would be missing somewhere.
func TestFileIsBuiltEverywhere(t *testing.T) {
	rules := ident.Default()
	for _, system := range []string{"linux/amd64", "windows/arm64", "plan9/386", "js/wasm", "darwin/arm64", "aix/ppc64"} {
		goos, goarch, _ := strings.Cut(system, "/")
		for _, last := range []string{"Windows", "Linux", "Darwin", "Wasm", "Amd64", "S390x", "Ios"} {
			context := build.Default
			context.GOOS, context.GOARCH = goos, goarch
			name := rules.File("Device"+last) + ".go"
			match, err := context.MatchFile(writeFile(t, name), name)
			if err != nil || !match {
				t.Errorf("%s is not built on %s: %v", name, system, err)
			}
		}
	}
}

func writeFile(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("package p\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}
