package golang_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// unsafeNames are names that a model can have even if CSDL cannot: the front
// ends are not the only line of defence.
var unsafeNames = []string{
	"", " ", "*", "../../etc/passwd", "a/b", `a\b`, "a\nb", "a\nfunc init() { panic(1) }", "*/", "/*", "//", "`", `"`, "'", "','", "a,omitzero",
	"\x00", "\x1b[31m", "\u202egnirts", "\ufffd", "-", ",", "@odata.type", "id@odata.bind", "名前", "ß", "ǆ", "1st", "_", "__",
	"func", "string", "init", "String", "nil", "error", "any", "Client", "NewClient", "Options", "odata", "json", "time",
	"x٣", "x\u0660", "İ", "ſ", "s", "\u212a", "k", strings.Repeat("long", 32), strings.Repeat("Long", 32), strings.Repeat("名", 128),
	"com", "Com", "COM", "cOm", "lpt", "LPT", "nul", "prn.txt", "x_amd64", "app_mips6", "appMips6", "App_Mips6", "APP_mips6", "x_test_go", "Windows",
	"abc", "Abc", "ABC", "aBC", "a_bc", "con", "aux", "x_windows", "x_test", "x_linux_amd64", "client", "doc", "golden_test", "AdditionalData", "ODataType",
}

// unsafeModel returns a model with elements of all kinds and of all unsafe names.
func unsafeModel() *model.Model {
	text := func(name string) []*model.Annotation {
		return []*model.Annotation{{Term: "Org.OData.Core.V1.Description", Value: &model.Expression{Kind: "String", Value: name + "\n" + name}}}
	}
	root := &model.StructuredType{Name: "root", Kind: model.Entity, Key: []model.PropertyRef{{Name: "id"}}}
	enum := &model.EnumType{Name: "kinds", Flags: model.Unknown}
	schema := &model.Schema{Namespace: "ns", Structured: []*model.StructuredType{root}, Enums: []*model.EnumType{enum}}
	container := &model.Container{Namespace: "ns", Name: "c"}
	root.Properties = append(root.Properties,
		&model.Property{Name: "id", Type: model.TypeRef{Name: "Edm.String"}},
		&model.Property{Name: "kinds", Type: model.TypeRef{Name: "ns.kinds", Collection: true}})
	for i, name := range unsafeNames {
		root.Properties = append(root.Properties, &model.Property{Name: name, Type: model.TypeRef{Name: "Edm.String"}, Annotated: text(name)})
		enum.Members = append(enum.Members, &model.Member{Name: name, Value: new(int64(i)), Annotated: text(name)})
		schema.Structured = append(schema.Structured, &model.StructuredType{
			Name: name, Kind: model.Entity, Base: &model.TypeRef{Name: "ns.root"}, Annotated: text(name),
		})
		container.Sources = append(container.Sources, &model.NavigationSource{
			Name: name, Type: model.TypeRef{Name: "ns.root", Collection: i%2 == 0}, Annotated: text(name),
		})
		root.Navigation = append(root.Navigation, &model.Navigation{
			Name: "to" + name, Type: model.TypeRef{Name: "ns.root", Collection: true}, ContainsTarget: model.Yes,
		})
	}
	return &model.Model{Schemas: []*model.Schema{schema}, Container: container}
}

// Whatever the names are, what comes out is Go that compiles, passes vet and
// its own tests, in files that stay in their folder.
func TestUnsafeNames(t *testing.T) {
	m := unsafeModel()
	model.Link(m)
	s, err := api.Select(m, api.Options{Include: []string{"/*/*", "/*/{id}/*", "/*"}, Types: []string{"**"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Methods) < len(unsafeNames) {
		t.Fatalf("only %d methods", len(s.Methods))
	}
	plan, err := golang.NewPlan(m, s, golang.Options{
		Package:    "names",
		ImportPath: "example.com/downstream/names",
		ODataPath:  "example.com/downstream/names/odata",
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
	folded := map[string]string{}
	for name := range files {
		base, _, _ := strings.Cut(filepath.Base(name), ".")
		base = strings.TrimSuffix(base, "_test")
		if strings.HasPrefix(name, "odata/") || strings.HasPrefix(name, "testdata/") {
			continue
		}
		if len(name) > 140 || !ident.IsFile(base) {
			t.Errorf("the file %s is not safe", name)
		}
		fold := strings.ToLower(strings.ToUpper(name))
		if other, ok := folded[fold]; ok {
			t.Errorf("the files %s and %s differ only in case", name, other)
		}
		folded[fold] = name
	}
	dir := gotest.Module(t)
	out := filepath.Join(dir, "names")
	changes, err := output.Compare(out, files, lock.File{Names: plan.Names})
	if err != nil {
		t.Fatalf("%v\n%v", err, slices.Sorted(maps.Keys(files)))
	}
	if err := changes.Write(output.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	gotest.Go(t, dir, "vet", "./...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./...")
}
