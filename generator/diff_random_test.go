package generator_test

import (
	"errors"
	"fmt"
	"go/types"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
	"github.com/msgraphgen/msgraphgen/templates"
)

// For any two schemas: a schema does not differ from itself or from itself in
// another order, an addition in one direction is a removal in the other, and
// apidiff finds the same incompatible symbols as our comparison.
func TestDiffOfRandomSchemas(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	for name, data := range templates.OData(golang.ODataDir, "example.com/downstream/"+golang.ODataDir) {
		gotest.Write(t, dir, name, data)
	}
	checker := newChecker(t, dir)
	rapid.Check(t, func(r *rapid.T) {
		seeds := rapid.SliceOfN(rapid.Uint64(), 2, 2).Draw(r, "seeds")
		// Both start as the same schema, and differ in some parts.
		build := func(side int, order *rand.Rand) *model.Model { return randomModel(seeds[0], seeds[side], order) }
		version := func(side int, order *rand.Rand, pinned map[string]string) diff.Version {
			return randomVersion(t, r, build(side, order), pinned)
		}
		old := version(0, nil, nil)
		new := version(1, nil, old.Plan.Names)
		forth := diff.Compare(old, new)

		if c := diff.Compare(old, version(0, nil, old.Plan.Names)); len(c.Changes) > 0 {
			r.Fatalf("a schema differs from itself: %v", c.Changes)
		}
		order := rand.New(rand.NewPCG(seeds[0], seeds[1]))
		oldShuffled := version(0, order, nil)
		newShuffled := version(1, order, oldShuffled.Plan.Names)
		if diff := cmp.Diff(forth, diff.Compare(oldShuffled, newShuffled)); diff != "" {
			r.Fatalf("in another order, another difference:\n%s", diff)
		}
		unpinned := version(1, nil, nil)
		back := diff.Compare(unpinned, version(0, nil, unpinned.Plan.Names))
		if diff := cmp.Diff(actions(forth, false), actions(back, true)); diff != "" {
			r.Fatalf("one way and the other (+):\n%s", diff)
		}
		oldPackage, newPackage := checker.check(t, filesOf(r, old.Plan)), checker.check(t, filesOf(r, new.Plan))
		compareRandom(t, r, oldPackage, newPackage, forth)
		// If names are not pinned, a name can go to another element.
		compareRandom(t, r, oldPackage, checker.check(t, filesOf(r, unpinned.Plan)), diff.Compare(old, unpinned))
	})
}

// compareRandom requires that a comparison agrees with apidiff.
func compareRandom(t *testing.T, r *rapid.T, old, new *types.Package, c *diff.Comparison) {
	want := incompatible(t, old, new)
	if diff := cmp.Diff(withoutForCreate(want), withoutForCreate(sorted(brokenSymbols(c)))); diff != "" {
		r.Fatalf("from apidiff (-) to ours (+):\n%s\n%v", diff, lines(c))
	}
	if names := unreported(old, new, c); len(names) > 0 {
		r.Fatalf("constants have another value, but no change of the wire says so: %v\n%v", names, lines(c))
	}
}

// withoutForCreate removes the symbols of ForCreate, as apidiff has one message
// for a method and all its promotions.
func withoutForCreate(symbols []string) []string {
	return slices.DeleteFunc(symbols, func(s string) bool { return strings.HasSuffix(s, ".ForCreate") })
}

// actions returns the changes as actions and subjects, or as they would be in the
// other direction. It leaves out Go names, as the first version pins them.
func actions(c *diff.Comparison, swap bool) []string {
	opposite := map[diff.Action]diff.Action{diff.Added: diff.Removed, diff.Removed: diff.Added}
	var list []string
	for _, ch := range c.Changes {
		if ch.Kind == diff.KindName {
			continue
		}
		action, subject, old, new := ch.Action, ch.Subject, ch.Old, ch.New
		if swap {
			if o, ok := opposite[action]; ok {
				action = o
			}
			if action == diff.Renamed {
				subject = new
			}
			old, new = new, old
		}
		// A renamed element goes by its new name, which is the old one in the
		// other direction.
		line := strings.ToLower(strings.Join([]string{string(ch.Kind), string(action), subject, old, new}, " "))
		list = append(list, strings.NewReplacer("colour", "color", "moods", "mood", "grey", "gray").Replace(line))
	}
	return sorted(list)
}

func filesOf(r *rapid.T, p *golang.Plan) map[string][]byte {
	files, err := golang.Render(p)
	if err != nil {
		r.Fatal(err)
	}
	return files
}

func randomVersion(t *testing.T, r *rapid.T, m *model.Model, pinned map[string]string) diff.Version {
	linked(r, m)
	s, err := api.Select(m, api.Options{Include: []string{"/**"}, Types: []string{"**"}})
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil {
		s = e.Rest
	} else if err != nil {
		r.Fatal(err)
	}
	plan, err := golang.NewPlan(m, s, golang.Options{
		Package: "graph", ImportPath: "graph", ODataPath: "example.com/downstream/odata", APIVersion: "beta", Rules: ident.Default(), Pinned: pinned,
	})
	if err != nil {
		r.Fatal(err)
	}
	return diff.Version{Name: "zoo.xml", Model: m, Plan: plan}
}

// randomModel makes a schema with few names. One seed decides about three parts in
// four, the other about the rest.
func randomModel(common, own uint64, order *rand.Rand) *model.Model {
	number := uint64(0)
	choose := func(n int) int {
		number++
		random := rand.New(rand.NewPCG(common, number))
		if random.IntN(4) == 0 {
			random = rand.New(rand.NewPCG(own, number))
		}
		return random.IntN(n)
	}
	facts := []model.Fact{model.Unknown, model.No, model.Yes}
	schema := &model.Schema{Namespace: "zoo"}
	types := []string{"Edm.String", "Edm.Int32", "Edm.GeographyPoint"}
	var entities []*model.StructuredType
	for i := range 5 {
		t := &model.StructuredType{Name: fmt.Sprintf("beast%c", 'A'+i), Kind: model.Entity}
		if base := choose(i+2) - 2; base >= 0 && base < len(entities) {
			t.Base = &model.TypeRef{Name: "zoo." + entities[base].Name}
		} else {
			t.Key = []model.PropertyRef{{Name: "id"}}
			t.Properties = []*model.Property{{Name: "id", Type: model.TypeRef{Name: "Edm.String"}}}
		}
		entities = append(entities, t)
	}
	// This name can stand for a type of any kind, or for none.
	for _, name := range []string{"mood", "moods", "size"} {
		switch choose(4) {
		case 1:
			schema.Structured = append(schema.Structured, &model.StructuredType{Name: name, Kind: model.Complex})
		case 2:
			e := &model.EnumType{Name: name, Flags: facts[choose(3)]}
			for v, member := range []string{"calm", "grey", "gray", "Calm"} {
				if choose(2) == 0 {
					value := int64(v + choose(2))
					e.Members = append(e.Members, &model.Member{Name: member, Value: &value})
				}
			}
			schema.Enums = append(schema.Enums, e)
		case 3:
			schema.Definitions = append(schema.Definitions, &model.TypeDefinition{Name: name, Underlying: model.TypeRef{Name: types[choose(2)]}})
		default:
			continue
		}
		types = append(types, "zoo."+name)
	}
	// Each property has one owner, as a name must be unique in a hierarchy.
	for _, name := range []string{"webUrl", "webURL", "colour", "color", "line1", "line2", "beastB", "asBeastA"} {
		owner := choose(len(entities) + 1)
		ref := model.TypeRef{Name: types[choose(len(types))], Collection: choose(3) == 0}
		p := &model.Property{Name: name, Type: ref, Facets: model.Facets{Nullable: facts[choose(3)]}}
		if values := choose(3); values > 0 {
			p.Annotated = []*model.Annotation{vocab.NewAllowedValues([]string{"a", "b", "c"}[:values], source.Position{})}
		}
		if owner < len(entities) {
			entities[owner].Properties = append(entities[owner].Properties, p)
		}
	}
	for _, name := range []string{"visits", "twin", "create"} {
		owner := choose(len(entities) + 1)
		target := model.TypeRef{Name: "zoo." + entities[choose(len(entities))].Name, Collection: choose(2) == 0}
		if owner < len(entities) {
			n := &model.Navigation{Name: name, Type: target, ContainsTarget: model.Yes}
			entities[owner].Navigation = append(entities[owner].Navigation, n)
		}
	}
	for _, name := range []string{"feed", "list", "count"} {
		if choose(3) == 0 {
			continue
		}
		binding := model.TypeRef{Name: "zoo." + entities[choose(len(entities))].Name, Collection: choose(2) == 0}
		o := &model.Operation{Name: name, Function: choose(2) == 0, Bound: true, Parameters: []*model.Parameter{{Name: "binding", Type: binding}}}
		results := append([]string{"zoo.beastA", "zoo.beastC"}, types...)
		for _, parameter := range []string{"amount", "webUrl"} {
			if ref := (model.TypeRef{Name: types[choose(len(types))], Collection: choose(3) == 0}); choose(2) == 0 {
				o.Parameters = append(o.Parameters, &model.Parameter{Name: parameter, Type: ref})
			}
		}
		if ref := (model.TypeRef{Name: results[choose(len(results))], Collection: choose(2) == 0}); o.Function || choose(2) == 0 {
			o.Return = &model.ReturnType{Type: ref}
		}
		schema.Operations = append(schema.Operations, o)
	}
	container := &model.Container{Namespace: "zoo", Name: "Zoo"}
	for _, name := range []string{"beasts", "guests", "mascot"} {
		target := model.TypeRef{Name: "zoo." + entities[choose(len(entities))].Name, Collection: name != "mascot"}
		if choose(3) > 0 {
			container.Sources = append(container.Sources, &model.NavigationSource{Name: name, Type: target})
		}
	}
	schema.Structured = append(schema.Structured, entities...)
	m := &model.Model{Schemas: []*model.Schema{schema}, Container: container}
	if order != nil {
		shuffleModel(m, order)
	}
	return m
}
