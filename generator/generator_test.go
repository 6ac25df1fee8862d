package generator_test

import (
	"encoding/json/v2"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// generate makes a package and writes it.
func generate(t *testing.T, c config.Config) *generator.Result {
	t.Helper()
	result, err := generator.Generate(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Changes.Write(output.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return result
}

// The committed package is up to date.
func TestCommittedPackageIsFresh(t *testing.T) {
	t.Chdir(gotest.Root(t))
	c, err := config.Read(config.Name)
	if err != nil {
		t.Fatal(err)
	}
	result, err := generator.Generate(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Changes.Clean() {
		t.Errorf("generated/profile is stale: run make generate\n%s", result.Changes.Diff())
	}
	if result.Methods != 19 {
		t.Errorf("%d methods, want 19, one for each collection of a profile", result.Methods)
	}
}

// Each golden case is a folder with a configuration, a schema that shows one
// thing, and the package generated from it.
func TestGolden(t *testing.T) {
	root := filepath.Join(gotest.Root(t), "testdata", "golden")
	cases, err := os.ReadDir(root)
	if err != nil || len(cases) == 0 {
		t.Fatalf("there are no golden cases: %v", err)
	}
	var packages []string // which the go command ignores in testdata unless they are named
	for _, dir := range cases {
		t.Run(dir.Name(), func(t *testing.T) {
			t.Chdir(filepath.Join(root, dir.Name()))
			c, err := config.Read(config.Name)
			if err != nil {
				t.Fatal(err)
			}
			result, err := generator.Generate(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if os.Getenv("UPDATE_GOLDEN") == "1" {
				if err := result.Changes.Write(output.WriteOptions{Force: true}); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !result.Changes.Clean() {
				t.Errorf("the output differs; UPDATE_GOLDEN=1 rewrites it\n%s", result.Changes.Diff())
			}
			packages = append(packages, "./"+filepath.ToSlash(filepath.Join(dir.Name(), c.Output)))
		})
	}
	if os.Getenv("UPDATE_GOLDEN") != "1" {
		gotest.Go(t, root, append([]string{"vet"}, packages...)...)
		gotest.Go(t, root, append([]string{"test", "-vet=off", "-ldflags=-s -w"}, packages...)...)
	}
}

// For each real schema with profiles, the headline case declares the types of that
// schema, and the package compiles and passes vet, staticcheck and its tests.
func TestHeadlineOnRealSchemas(t *testing.T) {
	const types = "allowedAudiences companyDetail entity identity identitySet inferenceData itemFacet personDataSource%s " +
		"personRelationship physicalAddress physicalAddressType positionDetail projectParticipation relatedPerson"
	t.Parallel()
	dir := gotest.Module(t)
	for file, plural := range map[string]string{
		"beta-2020-08-25-described.xml": "",
		"beta-2020-10-27.xml":           "s",
		"beta-2021-07-13.xml":           "s",
		"beta-ussec-2026-08.xml":        "",
	} {
		out := filepath.Join(dir, file, "projects")
		generate(t, config.Config{
			Source:  gotest.Metadata(t, "csdl/"+file),
			Include: []string{"POST /me/profile/projects"},
			Output:  out,
			Package: "projects",
		})
		want := strings.Fields(strings.Replace(types, "%s", plural, 1))
		if diff := cmp.Diff(want, declaredTypes(t, out)); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
	gotest.Check(t, dir)
}

// declaredTypes returns the schema names of the types in a generated package.
func declaredTypes(t *testing.T, dir string) []string {
	t.Helper()
	f, err := output.ReadLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, key := range slices.Sorted(maps.Keys(f.Names)) {
		name, ok := strings.CutPrefix(key, "microsoft.graph.")
		if file := filepath.Join(dir, ident.Default().File(f.Names[key])+".go"); ok && !strings.ContainsAny(name, "/:") {
			if _, err := os.Stat(file); err != nil {
				t.Error(err)
			}
			names = append(names, name)
		}
	}
	return names
}

// All creates of a profile.
func TestMoreOfRealSchemas(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	for i, c := range gotest.Part([]config.Config{
		{Source: "beta-2020-10-27.xml"},
		{Source: "beta-2021-07-13.xml", Derived: []string{"microsoft.graph.identity"}},
		{Source: "beta-ussec-2026-08.xml"},
		{Source: "beta-2020-10-27.xml", Docs: "docs/beta"},
		{Source: "beta-ussec-2026-08.xml", Docs: "docs/beta"},
	}, 3, 1) {
		c.Source = gotest.Metadata(t, "csdl/"+c.Source)
		if c.Docs != "" {
			c.Docs = gotest.Metadata(t, c.Docs)
		}
		c.Include = []string{"POST /me/profile/**", "POST /users/{id}/profile/**"}
		c.Output = filepath.Join(dir, fmt.Sprintf("profile%d", i))
		generate(t, c)
	}
	gotest.Check(t, dir)
}

// The largest schema has eleven namespaces with colliding names. Staticcheck runs
// on smaller packages, where it finds as much.
func TestAllTypesOfARealSchema(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	generate(t, config.Config{Source: gotest.Metadata(t, "csdl/v1.0-2026-08.xml"), Types: []string{"**"}, Output: filepath.Join(dir, "graph")})
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}

// The lock file holds the selected model: the same package can be generated from
// it.
func TestLockFileHoldsTheModel(t *testing.T) {
	root := gotest.Root(t)
	t.Chdir(root)
	lock, err := output.ReadLock("generated/profile")
	if err != nil {
		t.Fatal(err)
	}
	var m model.Model
	if err := json.Unmarshal(lock.Model, &m); err != nil {
		t.Fatal(err)
	}
	linked(t, &m)
	s, err := api.Select(&m, api.Options{Include: []string{"POST /me/profile/**", "POST /users/{id}/profile/**"}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := golang.NewPlan(&m, s, golang.Options{
		Package:    "profile",
		ImportPath: module + "/generated/profile",
		ODataPath:  module + "/generated/profile/odata",
		APIVersion: "beta",
		Rules:      ident.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := golang.Render(plan)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := output.Compare("generated/profile", files, *lock)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes.Files {
		if c.Action != output.Unchanged {
			t.Errorf("%s: %s", c.Path, c.Action)
		}
	}
}

// The order of elements in a schema does not matter.
func TestShuffledInputGivesTheSameBytes(t *testing.T) {
	dir := gotest.Module(t)
	out := filepath.Join(dir, "profile")
	c := config.Config{Source: filepath.Join(dir, "metadata.xml"), Include: []string{"POST /me/profile/**"}, Output: out}
	gotest.Write(t, dir, "metadata.xml", input.SnapshotCSDL())
	generate(t, c)
	for seed := range uint64(3) {
		gotest.Write(t, dir, "metadata.xml", shuffle(t, input.SnapshotCSDL(), rand.New(rand.NewPCG(seed, 0))))
		result, err := generator.Generate(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if !result.Changes.Clean() {
			t.Errorf("seed %d:\n%s", seed, result.Changes.Diff())
		}
	}
}

// shuffle reorders the children of Schema, of types and of the container.
func shuffle(t *testing.T, document []byte, random *rand.Rand) []byte {
	t.Helper()
	lines := strings.SplitAfter(string(document), "\n")
	reorder := func(from, to, indent int) []string {
		var blocks [][]string
		for _, line := range lines[from:to] {
			deep := strings.HasPrefix(line, strings.Repeat(" ", indent+1))
			closing := strings.HasPrefix(strings.TrimSpace(line), "</")
			if len(blocks) == 0 || !deep && !closing && strings.TrimSpace(line) != "" {
				blocks = append(blocks, nil)
			}
			last := len(blocks) - 1
			blocks[last] = append(blocks[last], line)
		}
		random.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
		var result []string
		for _, b := range blocks {
			result = append(result, b...)
		}
		return result
	}
	inComment := regexp.MustCompile(`(?s)<!--.*?-->`)
	lines = strings.SplitAfter(inComment.ReplaceAllString(strings.Join(lines, ""), ""), "\n")
	indentOf := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	// Inner elements come first, then the schema.
	for _, name := range []string{"EntityType", "ComplexType", "EnumType", "EntityContainer", "Schema"} {
		for i := 0; i < len(lines); i++ {
			if !strings.HasPrefix(strings.TrimSpace(lines[i]), "<"+name+" ") || strings.HasSuffix(strings.TrimSpace(lines[i]), "/>") {
				continue
			}
			end := i + 1
			for ; end < len(lines) && strings.TrimSpace(lines[end]) != "</"+name+">"; end++ {
			}
			shuffled := reorder(i+1, end, indentOf(lines[i])+2)
			copy(lines[i+1:end], shuffled)
			i = end
		}
	}
	result := strings.Join(lines, "")
	if result == string(document) {
		t.Fatal("nothing was shuffled")
	}
	return []byte(result)
}

// linked links a model, which must be free of defects.
func linked(t interface{ Fatal(args ...any) }, m *model.Model) {
	model.Link(m)
	for _, d := range m.AllProblems() {
		if d.Severity == source.Error {
			t.Fatal(d)
		}
	}
}
