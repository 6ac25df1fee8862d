package csdl_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// written compares the parts of models that Write writes.
var written = cmp.Options{
	cmpopts.IgnoreTypes(source.Position{}),
	cmpopts.IgnoreUnexported(model.Model{}, model.StructuredType{}),
	cmpopts.IgnoreFields(model.Model{}, "Version", "References", "Referenced", "Problems"),
	cmpopts.IgnoreFields(model.Element{}, "Problems"),
	cmpopts.IgnoreFields(model.Schema{}, "Terms", "Operations", "Targets"),
	cmpopts.IgnoreFields(model.Container{}, "Extends", "Joined", "Imports"),
	cmpopts.IgnoreFields(model.TypeRef{}, "Type"),
	cmpopts.EquateEmpty(),
}

// read returns the linked model of a document.
func read(t testing.TB, document []byte) *model.Model {
	t.Helper()
	m, err := parse("slice.xml", document)
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	return m
}

// Write writes every valid fixture so that Parse returns the same model.
func TestRoundTripOfFixtures(t *testing.T) {
	files, err := filepath.Glob("../csdl/testdata/valid/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range append(files, "testdata/farm.xml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want := read(t, readFile(t, file))
			document := csdl.Write(want, nil)
			got := read(t, document)
			if diff := cmp.Diff(want, got, written); diff != "" {
				t.Errorf("%s\n%s", diff, document)
			}
			if again := csdl.Write(got, nil); string(again) != string(document) {
				t.Errorf("Write returns another document for the same model:\n%s", cmp.Diff(string(document), string(again)))
			}
		})
	}
}

// TestFormat writes testdata/farm.xml, which has the format of Write already.
// UPDATE_GOLDEN=1 rewrites it.
func TestFormat(t *testing.T) {
	const file = "testdata/farm.xml"
	m := read(t, readFile(t, file))
	document := csdl.Write(m, []string{"Made for a test:", "  POST /cows", "  POST /**/-->--<cows>", "  POST /--/---/\u202Egnp\x00"})
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, document, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, file)), string(document)); diff != "" {
		t.Error(diff)
	}
}

// A model that was not read from CSDL can have unknown facts, no schema for its
// container, and characters that XML cannot hold.
func TestWriteModelOfOtherSource(t *testing.T) {
	barn := &model.StructuredType{Name: "barn", Kind: model.Complex, Properties: []*model.Property{
		{Name: "size", Type: model.TypeRef{Name: "Edm.Int32"}},
	}}
	barn.Annotated = []*model.Annotation{vocab.NewDescription("a\x00b\uFFFEc\xffd", source.Position{})}
	m := &model.Model{
		Schemas:   []*model.Schema{{Namespace: "farm.buildings", Structured: []*model.StructuredType{barn}}},
		Container: &model.Container{Namespace: "farm", Name: "Farm"},
	}
	got := read(t, csdl.Write(m, nil))
	if got.Container == nil || got.Container.Namespace != "farm" {
		t.Errorf("the container is %v", got.Container)
	}
	if text := vocab.Description(got.Type("farm.buildings.barn").(*model.StructuredType).Annotated); text != "a\uFFFDb\uFFFDc\uFFFDd" {
		t.Errorf("the text is %q", text)
	}
	if barn := got.Type("farm.buildings.barn").(*model.StructuredType); barn.Abstract != model.Unknown || barn.Open != model.Unknown ||
		barn.Properties[0].Facets.Nullable != model.Unknown || len(barn.Properties[0].Annotated) != 0 {
		t.Errorf("unknown facts became known: %+v", barn)
	}
}
