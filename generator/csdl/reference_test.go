package csdl_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// part returns a document with references and the content of one schema.
func part(namespace, references, content string) string {
	return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">` + references + `<edmx:DataServices>` +
		`<Schema Namespace="` + namespace + `" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + content + `</Schema></edmx:DataServices></edmx:Edmx>`
}

func include(uri, namespace, alias string) string {
	return `<edmx:Reference Uri="` + uri + `"><edmx:Include Namespace="` + namespace + `" Alias="` + alias + `"/></edmx:Reference>`
}

// parseFolder reads main.xml of a folder that has the given files.
func parseFolder(t *testing.T, files map[string]string) *model.Model {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, "source", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := csdl.Parse("main.xml", []byte(files["main.xml"]), csdl.Options{Dir: filepath.Join(dir, "source")})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	return m
}

func problemsOf(m *model.Model) []string {
	var list []string
	for _, d := range m.AllProblems() {
		list = append(list, d.Message)
	}
	return list
}

// A reference leads to the file at its relative address, or to the file with the
// base name of its web address. Each document has its own aliases, documents can
// reference each other, and containers that extend each other are merged.
func TestReferences(t *testing.T) {
	boat := `<EntityType Name="boat"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="size" Type="s.size"/></EntityType>`
	m := parseFolder(t, map[string]string{
		"main.xml": part("bay", include("types/boat.xml", "bay.boats", "b")+include("https://schemas.example/v1/size.xml", "bay.sizes", "s"),
			`<EntityContainer Name="all" Extends="b.base"><EntitySet Name="boats" EntityType="b.boat"/></EntityContainer>`),
		"types/boat.xml": part("bay.boats", include("../main.xml", "bay", "m")+include("size.xml", "bay.sizes", "s")+include("../types/boat.xml", "bay.boats", "self"),
			boat+`<EntityContainer Name="base"><Singleton Name="flagship" Type="bay.boats.boat"/></EntityContainer>`),
		"deep/er/size.xml": part("bay.sizes", "", `<ComplexType Name="size"><Property Name="length" Type="Edm.Int32"/></ComplexType>`),
	})
	if problems := problemsOf(m); problems != nil {
		t.Errorf("the problems are %q", problems)
	}
	boats, ok := m.Type("bay.boats.boat").(*model.StructuredType)
	if !ok || boats.Property("size").Type.Type != m.Type("bay.sizes.size") {
		t.Error("the types are not linked")
	}
	if m.Container.Source("boats") == nil || m.Container.Source("flagship") == nil || m.Container.Name != "all" {
		t.Errorf("the container is %+v", m.Container)
	}
	var read []string
	for _, d := range m.Referenced {
		read = append(read, filepath.Base(d.File))
	}
	if diff := cmp.Diff([]string{"boat.xml", "size.xml"}, read); diff != "" {
		t.Error(diff)
	}
	if at := boats.Position.String(); !strings.HasSuffix(at, "types/boat.xml:1:471") {
		t.Errorf("the position is %s", at)
	}
}

// A missing document is a defect only of the elements that need it.
func TestReferencesThatLeadNowhere(t *testing.T) {
	m := parseFolder(t, map[string]string{
		"main.xml": part("bay", include("gone.xml", "gone", "g")+include("broken.xml", "broken", "x")+include("../outside.xml", "out", "o")+include("%zz", "odd", "q"),
			`<EntityType Name="boat"/><EntityType Name="a" BaseType="g.t"/><EntityType Name="b" BaseType="x.t"/><EntityType Name="c" BaseType="o.t"/><EntityType Name="d" BaseType="q.t"/>`),
		"broken.xml":     "<a>",
		"../outside.xml": part("out", "", `<EntityType Name="t"/>`),
	})
	const missing = ", which was not read: "
	want := []string{
		"base type gone.t is declared in the referenced document gone.xml" + missing + "there is no file gone.xml in the folder of the source or below",
		"base type broken.t is declared in the referenced document broken.xml" + missing + "DIR/broken.xml:1:1: the root element is a of the XML namespace \"\", " +
			"not Edmx of \"http://docs.oasis-open.org/odata/ns/edmx\": give the $metadata document of the service",
		"base type out.t is declared in the referenced document ../outside.xml" + missing + "there is no file outside.xml in the folder of the source or below",
		"base type odd.t is declared in the referenced document %zz" + missing + "its address cannot be parsed",
	}
	got := problemsOf(m)
	for i, text := range got {
		got[i] = regexp.MustCompile(`/\S+/broken`).ReplaceAllString(text, "DIR/broken")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if m.Type("bay.boat").(*model.StructuredType).Defect() != nil {
		t.Error("a type that needs nothing has a defect")
	}
}

// A reference can lead to a file of the same name that is another document.
func TestReferencesToOtherDocuments(t *testing.T) {
	m := parseFolder(t, map[string]string{
		"main.xml": part("bay", include("https://schemas.example/other/main.xml", "other", "o")+include("https://schemas.example/size.xml", "sizes", "s")+include("size.xml", "bay.sizes", "z"),
			`<EntityType Name="a" BaseType="o.t"/><EntityType Name="b" BaseType="s.t"/><EntityType Name="c" BaseType="z.t"/><EntityType Name="d" BaseType="z.gone"/>`),
		"size.xml": part("bay.sizes", "", `<EntityType Name="t"/>`),
	})
	if diff := cmp.Diff([]string{
		"base type other.t is not declared: the reference to https://schemas.example/other/main.xml leads to the source itself, which does not declare other",
		"base type sizes.t is not declared: the reference to https://schemas.example/size.xml leads to size.xml, which does not declare sizes",
		"base type bay.sizes.gone is not declared",
	}, problemsOf(m)); diff != "" {
		t.Error(diff)
	}
}
