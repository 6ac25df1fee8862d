package downstream

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/modfile"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// Two packages of a module share one support package, so that a value from one can
// be used with the other. One go generate makes them, from two configurations.
func TestSharedSupportPackage(t *testing.T) {
	dir := module(t)
	write(t, dir,
		"graph/generate.go", `package graph

//go:generate go tool msgraphgen generate --config skills.yaml
//go:generate go tool msgraphgen generate --config projects.yaml
`,
		"graph/skills.yaml", "include: ['POST /me/profile/skills']\noutput: skills\nodata: .\\skills\\odata\n",
		"graph/projects.yaml", "include: ['POST /me/profile/projects']\noutput: projects\nodata: ./skills/odata\n",
		"app.go", `package app

import (
	"example.com/downstream/graph/projects"
	"example.com/downstream/graph/skills"
	"example.com/downstream/graph/skills/odata"
)

// Named returns a skill and a project with one name.
func Named(name odata.Opt[string]) (*skills.SkillProficiency, *projects.ProjectParticipation) {
	return &skills.SkillProficiency{DisplayName: name}, &projects.ProjectParticipation{DisplayName: name}
}
`)
	run(t, dir, "generate", "./...")
	check(t, dir)
	before := age(t, dir)
	if _, ok := before["graph/projects/odata/values.go"]; ok {
		t.Error("projects has a support package of its own")
	}
	run(t, dir, "generate", "./...")
	if diff := cmp.Diff(before, files(t, dir), cmp.AllowUnexported(file{})); diff != "" {
		t.Errorf("generating again writes:\n%s", diff)
	}
}

// In a workspace, one module has the generated package, and another one uses it.
func TestWorkspace(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"client", "app"} {
		copied := gotest.Module(t)
		mod := string(gotest.Read(t, filepath.Join(copied, "go.mod")))
		write(t, dir, name+"/go.mod", renamed(t, mod, "example.com/"+name), name+"/go.sum", string(gotest.Read(t, filepath.Join(copied, "go.sum"))))
	}
	addTool(t, filepath.Join(dir, "client", "go.mod"))
	write(t, dir,
		"go.work", "go 1.27\n\nuse (\n\t./app\n\t./client\n)\n",
		"client/generate.go", "package client\n\n//go:generate go tool msgraphgen generate\n",
		"client/msgraphgen.yaml", "include: ['POST /me/profile/projects']\noutput: graph\n",
		"app/app.go", `package app

import (
	"context"

	"example.com/client/graph"
	"example.com/client/graph/odata"
)

// Add adds a project.
func Add(ctx context.Context, client *graph.Client, name string) error {
	_, err := client.Me().Profile().Projects().Create(ctx, &graph.ProjectParticipation{DisplayName: odata.Of(name)}, nil)
	return err
}
`)
	client := filepath.Join(dir, "client")
	run(t, client, "generate", "./...")
	check(t, client)
	check(t, filepath.Join(dir, "app"))
	// In the folder of the other module, the configuration must be named.
	run(t, filepath.Join(dir, "app"), "tool", "msgraphgen", "check", "--config", "../client/msgraphgen.yaml")
}

// renamed returns a go.mod with another module path.
func renamed(t *testing.T, mod, name string) string {
	t.Helper()
	f, err := modfile.Parse("go.mod", []byte(mod), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.AddModuleStmt(name); err != nil {
		t.Fatal(err)
	}
	data, err := f.Format()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
