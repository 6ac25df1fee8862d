package generator_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// Whatever the configuration names beside the methods, generate has nothing to do after
// update: the slice gives the same code as the metadata that it was made from.
func TestSlicesOfRandomSchemas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		seed := rapid.Uint64().Draw(r, "seed")
		m := randomModel(seed, seed, nil)
		var types, properties, navigation []string
		for _, s := range m.Schemas {
			for _, st := range s.Structured {
				if st.Kind == model.Entity && st.Base == nil {
					st.Abstract = model.Yes
				}
				name := s.Namespace + "." + st.Name
				types = append(types, name)
				for _, p := range st.Properties {
					properties = append(properties, name+"/"+p.Name)
				}
				for _, n := range st.Navigation {
					navigation = append(navigation, name+"/"+n.Name)
				}
			}
		}
		some := func(label string, names []string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(append(names, "")), 0, 2, rapid.ID).
				Filter(func(list []string) bool { return !slices.Contains(list, "") }).Draw(r, label)
		}
		c := config.Config{
			Source: filepath.Join(dir, "slice.xml"), Upstream: filepath.Join(dir, "beta.xml"), APIVersion: "beta",
			Output: filepath.Join(dir, "zoo"), ImportPath: "example.com/downstream/zoo", OData: "example.com/downstream/odata",
			Include: rapid.SampledFrom([][]string{{"/**"}, {"/beasts"}, {"/guests", "/mascot/**"}}).Draw(r, "include"), Types: some("types", types), Derived: some("derived", types), Expand: some("expand", navigation),
		}
		c.ReadOnly, c.Settable = some("read-only", properties), some("settable", properties)
		gotest.Write(t, dir, "beta.xml", csdl.Write(m, nil))
		for _, name := range []string{c.Source, c.Output} {
			if err := os.RemoveAll(name); err != nil {
				r.Fatal(err)
			}
		}
		_, err := generator.Update(t.Context(), c, generator.UpdateOptions{})
		if isError[*config.Error](err) || isError[*api.Error](err) {
			r.Skip(err)
		} else if err != nil {
			r.Fatal(err)
		}
		again, err := generator.Generate(t.Context(), c)
		if err != nil {
			r.Fatal(err)
		}
		if !again.Changes.Clean() {
			r.Fatalf("generate after update changes\n%s", again.Changes.Diff())
		}
	})
}

// A body of an abstract type has the same "@odata.type" in the tests that are generated from
// a slice, also if the slice has another one of the derived types.
func TestSliceKeepsInstances(t *testing.T) {
	const zoo = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="beast" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityType Name="lion" BaseType="zoo.beast"/>
  <EntityType Name="zebra" BaseType="zoo.beast"><Property Name="stripes" Type="Edm.Int32"/><NavigationProperty Name="herd" Type="Collection(zoo.beast)"/></EntityType>
  <EntityContainer Name="c"><EntitySet Name="beasts" EntityType="zoo.beast"/><EntitySet Name="zebras" EntityType="zoo.zebra"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`
	stripes := []string{"zoo.zebra/stripes"}
	for name, c := range map[string]config.Config{
		"read-only":       {Evidence: config.Evidence{ReadOnly: stripes}},
		"settable":        {Evidence: config.Evidence{Settable: stripes}},
		"derived":         {Options: api.Options{Derived: []string{"zoo.zebra"}}},
		"expand":          {Options: api.Options{Expand: []string{"zoo.zebra/herd"}}},
		"an excluded way": {Options: api.Options{Include: []string{"/zebras"}, Exclude: []string{"/zebras"}}},
	} {
		t.Run(name, func(t *testing.T) {
			c.Source, c.APIVersion, c.Include = filepath.Join(t.TempDir(), "zoo.xml"), "v1.0", append(c.Include, "/beasts")
			gotest.Write(t, filepath.Dir(c.Source), "zoo.xml", []byte(zoo))
			checkSlice(t, c)
		})
	}
}
