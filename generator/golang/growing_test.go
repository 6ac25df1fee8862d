package golang_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/golang"
)

// exported returns what each exported name of a plan stands for.
func exported(t *testing.T, p *golang.Plan) map[string]string {
	list := map[string]string{}
	enter := func(name, what string) {
		if other, twice := list[name]; twice && other != what {
			t.Errorf("%s is %s and %s", name, other, what)
		}
		list[name] = what
	}
	for _, s := range p.Structs {
		enter(s.Name, s.Type.QualifiedName())
		for _, f := range s.Fields {
			enter(s.Name+"."+f.Name, f.Property.Name)
			for _, a := range f.Allowed {
				enter(a.Name, a.Text)
			}
		}
	}
	for _, q := range p.Queries {
		for _, name := range []string{q.Name, q.ItemName} {
			if name != "" {
				enter(name, "query "+q.Struct.Name)
			}
		}
		for _, f := range q.Fields {
			enter(f.Name, "constant "+q.Struct.Name+"/"+f.Schema())
		}
	}
	for _, b := range append(slices.Clone(p.Builders), p.Client) {
		what := b.Resource.ID()
		if b.Function != nil {
			what = b.Function.Subject()
		}
		if b != p.Client {
			enter(b.Name, what)
		}
		for _, s := range b.Steps {
			to := s.To.Resource.ID()
			if s.To.Function != nil {
				to = s.To.Function.Subject()
			}
			enter(b.Name+"."+s.Method, "step "+to)
		}
		for _, m := range b.Methods {
			if m.Kind == api.Download || m.Kind == api.Upload {
				enter(b.Name+"."+m.GoName, "stream "+m.Suffix)
			} else if m.Builder.Function == nil {
				enter(b.Name+"."+m.GoName, m.ID())
			}
		}
	}
	return list
}

// randomService returns declarations whose names clash, and the requests of a service.
func randomService(random *rand.Rand) (declarations string, requests []string) {
	names := []string{"content", "Content", "logo", "Logo", "getUrl", "getURL", "asBox", "asbox", "query", "itemQuery", "list", "resource", "box", "thing", "boxQuery"}
	some := func(share float64, add func(name string)) {
		for _, name := range names {
			if random.Float64() < share {
				add(name)
			}
		}
	}
	var b strings.Builder
	b.WriteString(`<ComplexType Name="part"><Property Name="a" Type="Edm.String"/></ComplexType>`)
	paths := []string{"/things", "/things/{id}", "/boxes", "/boxes/{id}", "/boxes/graph.smallBox", "/things/graph.box", "/things/{id}/graph.box"}
	taken := map[string]bool{}
	for _, name := range []string{"thing", "box", "smallBox"} {
		base := map[string]string{"box": "graph.thing", "smallBox": "graph.box"}[name]
		fmt.Fprintf(&b, `<EntityType Name=%q HasStream="%t"`, name, random.Float64() < .3)
		if base == "" {
			b.WriteString(`><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`)
		} else {
			fmt.Fprintf(&b, ` BaseType=%q>`, base)
		}
		set := map[string]string{"thing": "/things/{id}/", "box": "/boxes/{id}/", "smallBox": "/boxes/{id}/graph.smallBox/"}[name]
		paths = append(paths, set+"$value")
		some(.3, func(property string) {
			if taken[property] {
				return
			}
			taken[property] = true
			paths = append(paths, set+property)
			switch random.IntN(4) {
			case 0:
				fmt.Fprintf(&b, `<Property Name=%q Type="Edm.Stream"/>`, property)
			case 1:
				fmt.Fprintf(&b, `<Property Name=%q Type="graph.part"/>`, property)
			case 2:
				fmt.Fprintf(&b, `<NavigationProperty Name=%q Type="Collection(graph.box)" ContainsTarget="true"/>`, property)
			default:
				fmt.Fprintf(&b, `<NavigationProperty Name=%q Type="graph.thing" ContainsTarget="true"/>`, property)
			}
		})
		b.WriteString(`</EntityType>`)
		some(.3, func(action string) {
			fmt.Fprintf(&b, `<Action Name=%q IsBound="true"><Parameter Name="t" Type="graph.%s"/></Action>`, action, name)
			paths = append(paths, set+"graph."+action)
		})
		some(.3, func(function string) {
			fmt.Fprintf(&b, `<Function Name=%q IsBound="true"><Parameter Name="t" Type="graph.%s"/><ReturnType Type="graph.thing"/></Function>`, function, name)
			paths = append(paths, set+"graph."+function)
		})
	}
	b.WriteString(things + `<EntitySet Name="boxes" EntityType="graph.box"/></EntityContainer>`)
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		requests = append(requests, "GET "+path, "POST "+path, "PUT "+path)
	}
	return b.String(), requests
}

// Whatever is selected at first: each exported name of the package stands for the same in
// the package for a larger selection, and in the one after it.
func TestNamesStayInLargerSelections(t *testing.T) {
	seeds := uint64(100)
	if testing.Short() {
		seeds = 20
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 1))
		declarations, requests := randomService(random)
		m := parsed(t, declarations)
		requests = slices.DeleteFunc(requests, func(request string) bool {
			_, err := api.Select(m, api.Options{Include: []string{request}})
			return err != nil
		})
		random.Shuffle(len(requests), func(i, j int) { requests[i], requests[j] = requests[j], requests[i] })
		var last map[string]string
		options := golang.Options{}
		n := 0
		for step := range 5 {
			if step < 4 {
				n = min(len(requests), n+1+random.IntN(1+len(requests)/3))
			}
			p := plan(t, declarations, api.Options{Include: requests[:n]}, options)
			now := exported(t, p)
			for _, name := range slices.Sorted(maps.Keys(last)) {
				if now[name] != last[name] {
					t.Errorf("seed %d, step %d: %s was %s, and is %q now", seed, step, name, last[name], now[name])
				}
			}
			last, options = now, golang.Options{Pinned: p.Names, Earlier: methodIDs(p)}
		}
		if t.Failed() {
			t.Fatalf("the declarations are\n%s\nand the requests %q", declarations, requests)
		}
	}
}
