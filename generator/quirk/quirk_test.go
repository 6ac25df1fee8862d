package quirk_test

import (
	"os"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/quirk"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

func TestIsJSON(t *testing.T) {
	json := func(change func(*model.StructuredType)) *model.StructuredType {
		t := &model.StructuredType{Namespace: "microsoft.graph", Name: "Json", Kind: model.Complex}
		change(t)
		return t
	}
	if !quirk.IsJSON(json(func(*model.StructuredType) {})) {
		t.Error("microsoft.graph.Json is not any JSON")
	}
	for name, other := range map[string]*model.StructuredType{
		"of another namespace": json(func(t *model.StructuredType) { t.Namespace = "ns" }),
		"of another name":      json(func(t *model.StructuredType) { t.Name = "json" }),
		"an entity":            json(func(t *model.StructuredType) { t.Kind = model.Entity }),
		"with properties":      json(func(t *model.StructuredType) { t.Properties = []*model.Property{{Name: "a"}} }),
		"with a base type":     json(func(t *model.StructuredType) { t.Base = &model.TypeRef{Name: "ns.base"} }),
	} {
		if quirk.IsJSON(other) {
			t.Errorf("a type %s is any JSON", name)
		}
	}
}

// The real metadata still has the oddity.
func TestQuirksAreNeeded(t *testing.T) {
	data, err := os.ReadFile(gotest.Metadata(t, "csdl/v1.0-2026-08.xml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := csdl.Parse("metadata.xml", data, csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	if declared, ok := m.Type("microsoft.graph.Json").(*model.StructuredType); !ok || !quirk.IsJSON(declared) {
		t.Error("microsoft.graph.Json is gone: remove IsJSON")
	}
}
