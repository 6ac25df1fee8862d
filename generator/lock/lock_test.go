package lock_test

import (
	"encoding/json/jsontext"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// farm has an entity set cows, whose type has a property of the enumeration kind.
const farm = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="kind" Type="farm.kind"/></EntityType>
  <EntityType Name="hen"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
  <EnumType Name="kind"><Member Name="dairy" Value="0"/></EnumType>
  <EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/><EntitySet Name="hens" EntityType="farm.hen"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// file returns the lock file of a package with the creates of farm, or of a part.
func file(t testing.TB, include ...string) lock.File {
	t.Helper()
	m, err := csdl.Parse("farm.xml", []byte(farm), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	f := lock.File{Version: lock.Format, Tool: "devel", Files: map[string]string{"cow.go": "sha256:0"}}
	f.Config.Include = include
	s, err := api.Select(m, f.Config.Options)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"farm.cow": "Cow", "farm.hen": "Hen", "farm.kind": "Kind", "farm.kind/dairy": "KindDairy"}
	if err := f.SetVersion(&api.Version{Selection: s, Names: names}); err != nil {
		t.Fatal(err)
	}
	return f
}

func encode(t testing.TB, f lock.File) []byte {
	t.Helper()
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// methods returns what a version generates, as the methods and the types.
func selected(v *api.Version) (all []string) {
	for _, m := range v.Selection.Methods {
		all = append(all, m.ID())
	}
	for _, t := range v.Selection.Types {
		all = append(all, t.QualifiedName())
	}
	return all
}

func TestLoad(t *testing.T) {
	f, err := lock.Parse(encode(t, file(t, "POST /cows", "POST /hens")))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		patterns  api.Options
		want      string
		unmatched int
	}{
		{f.Config.Options, "POST cows, POST hens, farm.cow, farm.hen, farm.kind", 0},
		{api.Options{}, "POST cows, POST hens, farm.cow, farm.hen, farm.kind", 0},
		{api.Options{Include: []string{"POST /hens"}}, "POST hens, farm.hen", 0},
		{api.Options{Types: []string{"kind"}}, "farm.kind", 0},
		{api.Options{Include: []string{"POST /hens", "POST /pigs"}}, "POST hens, farm.hen", 1},
	} {
		v, err := f.LoadSelected("x.json", test.patterns)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(selected(v), ", "); got != test.want || len(v.Unmatched) != test.unmatched {
			t.Errorf("%+v: %s and %d patterns without a match, want %s and %d", test.patterns, got, len(v.Unmatched), test.want, test.unmatched)
		}
		if v.Names["farm.cow"] != "Cow" || v.Name != "x.json" {
			t.Errorf("the names are %v, the file %s", v.Names, v.Name)
		}
	}
	// The package has creates alone, though its model has all that others need.
	v, err := f.LoadSelected("x.json", api.Options{Include: []string{"/**"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(selected(v), ", "); got != "POST cows, POST hens, farm.cow, farm.hen, farm.kind" {
		t.Errorf("of /**, the package has %s", got)
	}
	v, err = f.Load("x.json")
	if err != nil {
		t.Fatal(err)
	}
	// A loaded version is recorded as it was.
	again := *f
	if err := again.SetVersion(v); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(encode(t, *f)), string(encode(t, again))); diff != "" {
		t.Error(diff)
	}
}

// The names of types in a configuration can begin with an alias. Lock files that were
// written before they recorded aliases are read as if they did.
func TestLoadNamesWithAliases(t *testing.T) {
	const aliased = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="big.farm" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="animal" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityType Name="cow" BaseType="self.animal"/>
  <EntityContainer Name="Farm"><EntitySet Name="animals" EntityType="self.animal"/></EntityContainer>
</Schema>
<Schema Namespace="big.vet" Alias="doctor" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="pill"/></Schema>
</edmx:DataServices></edmx:Edmx>`
	m, err := csdl.Parse("farm.xml", []byte(aliased), csdl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	model.Link(m)
	f := lock.File{Version: lock.Format, Tool: "devel"}
	f.Config.Options = api.Options{Include: []string{"GET /animals"}, Derived: []string{"self.animal"}, Types: []string{"doctor.pill"}}
	s, err := api.Select(m, f.Config.Options)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetVersion(&api.Version{Selection: s}); err != nil {
		t.Fatal(err)
	}
	recorded := string(encode(t, f))
	without := regexp.MustCompile(`\s*"alias": "(self|doctor)",`).ReplaceAllString(recorded, "")
	if !strings.Contains(recorded, `"alias": "self"`) || strings.Contains(without, `"alias"`) {
		t.Fatalf("the aliases in the lock file:\n%s", recorded)
	}
	for name, text := range map[string]string{"with aliases": recorded, "without": without} {
		f, err := lock.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		v, err := f.Load("x.json")
		if err != nil {
			t.Fatal(err)
		}
		const want = "GET animals, big.farm.animal, big.farm.cow, big.vet.pill"
		if got := strings.Join(selected(v), ", "); got != want || v.Unmatched != nil {
			t.Errorf("%s: the package has %s, not %s; without a match: %v", name, got, want, v.Unmatched)
		}
	}
}

// A lock file that was edited, merged or made by another version is an error that says
// where and what.
func TestDamage(t *testing.T) {
	whole := string(encode(t, file(t, "POST /cows")))
	for _, test := range []struct{ old, new, want string }{
		{`"version": 2`, `"version": "2"`, "2:13: the member /version cannot hold a JSON string"},
		{`"version": 2`, `"version": 9`, "1:1: a newer msgraphgen wrote this file in format 9, and this one reads formats up to 2"},
		{`"tool": "devel"`, `"tool": "devel", "nosuch": 1`, "3:19: the member /nosuch is unknown"},
		{`"tool": "devel"`, "\"tool\": \"devel\"\n<<<<<<< HEAD", "4:1: this is a merge conflict"},
		{`"tool": "devel"`, `"tool" "devel"`, "3:9: this is not valid JSON: invalid character '\"' after object name (expecting ':')"},
		{`"tool": "devel",`, ``, "1:1: the member tool is missing: this is not a lock file"},
		{`"cow.go":`, `"../cow.go":`, `1:1: malformed file path "../cow.go": invalid path element ".."`},
		{`"cow.go":`, `".msgraphgen.tmp/1":`, `1:1: output path ".msgraphgen.tmp/1": the name is reserved for msgraphgen itself`},
		{`"POST cows"`, `"POST hens"`, "x.json: the lock file lists the methods POST hens, but its model has POST cows: run generate to write the file again"},
		{`"schemas": [`, `"schemas": [null,`, "x.json: the model in the lock file is damaged: an element is null: run generate to write the file again"},
		{`"schemas": [`, `"schemas": [7,`, "x.json: the model in the lock file is damaged: the member /schemas/0 cannot hold a JSON number: run generate to write the file again"},
		{`"version": 2,`, ``, "x.json: an older msgraphgen wrote this lock file, without what was generated: run generate to write the file again"},
	} {
		text := strings.Replace(whole, test.old, test.new, 1)
		if text == whole {
			t.Fatalf("the lock file does not hold %s", test.old)
		}
		f, err := lock.Parse([]byte(text))
		if err == nil {
			_, err = f.Load("x.json")
			if _, ok := errors.AsType[*lock.DamagedError](err); !ok {
				t.Errorf("%s: the error %v is not a DamagedError", test.new, err)
			}
		}
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.new, err, test.want)
		}
	}
}

// The older format has only the names and the files.
func TestOlderFormat(t *testing.T) {
	f, err := lock.Parse([]byte(`{"tool": "v0.1", "config": 7, "names": {"farm.cow": "Moo"}, "files": {"moo.go": "sha256:0"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if !f.Outdated() || f.Names["farm.cow"] != "Moo" || !f.Lists("moo.go") {
		t.Errorf("%+v", f)
	}
}

func TestIs(t *testing.T) {
	data := encode(t, file(t, "POST /cows"))
	for _, test := range []struct {
		name    string
		content []byte
		want    bool
	}{
		{lock.Name, nil, true}, {"a/" + lock.Name, []byte("x"), true}, {"before.json", data, true}, {"before.json", append([]byte("\r\n "), data...), true},
		{"openapi.json", []byte(`{"openapi": "3.0.0"}`), false}, {"farm.xml", []byte(farm), false}, {"x.json", []byte(`{"tool": "x"}`), false},
	} {
		if got := lock.Is(test.name, test.content); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}

// A digest does not depend on line endings. A file that an interrupted run wrote counts
// as written.
func TestWrote(t *testing.T) {
	a, b := lock.Digest([]byte("a\r\nb\r\n")), lock.Digest([]byte("a\nb\n"))
	f := lock.File{Files: map[string]string{"x.go": a}, Pending: map[string]string{"x.go": "sha256:1", "y.go": ""}}
	if a != b || !f.Wrote("x.go", b) || !f.Wrote("x.go", "sha256:1") || f.Wrote("x.go", "sha256:2") || f.Wrote("y.go", "") || !f.Lists("y.go") {
		t.Errorf("%s, %s, %+v", a, b, f)
	}
}

// A lock file that can be read gives a version or an error that names it, and is written
// as it was read.
func FuzzParse(f *testing.F) {
	for _, include := range []string{"POST /cows", "/**"} {
		f.Add(encode(f, file(f, include)))
	}
	f.Add([]byte(`{"tool": "v0.1", "names": {"farm.cow": "Moo"}, "files": {"moo.go": "sha256:0"}}`))
	f.Add([]byte(`{"version": 2, "tool": "x", "model": {"schemas": [null]}, "retained": {}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		l, err := lock.Parse(content)
		if err != nil {
			return
		}
		for _, patterns := range []api.Options{l.Config.Options, {}, {Include: []string{"POST /cows"}}} {
			v, err := l.LoadSelected("x.json", patterns)
			if err != nil {
				if _, ok := errors.AsType[*lock.DamagedError](err); !ok || !strings.HasPrefix(err.Error(), "x.json: ") {
					t.Errorf("error %v", err)
				}
				continue
			}
			if err := l.SetVersion(v); err != nil {
				t.Errorf("the version cannot be recorded: %v", err)
			}
		}
		if l.Outdated() {
			return
		}
		written, err := l.Encode()
		if err != nil {
			t.Skip() // a text that is not UTF-8
		}
		if _, err := lock.Parse(written); err != nil {
			t.Errorf("what is written cannot be read: %v", err)
		}
	})
}

// A member of a type has a line of the file, so that a change of the schema can be
// reviewed; the content is that of any other JSON encoding.
func TestEncodePutsMembersOnLines(t *testing.T) {
	f := lock.File{Version: lock.Format, Tool: "devel", Names: map[string]string{"farm.cow": "Cow"}, Model: jsontext.Value(
		`{"schemas":[{"namespace":"farm","structuredTypes":[{"name":"cow","kind":"entity","properties":[` +
			`{"name":"a","type":{"name":"Edm.String"},"annotations":[{"term":"T","value":{"kind":"Collection","items":[]}}]},` +
			`{"name":"b\n\t\t\t\t\t\t\t\t}","type":{}}],"key":[]}]}]}`)}
	content, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := "\t\t\t\t\t\t\t" + `{"name": "a", "type": {"name": "Edm.String"}, "annotations": [{"term": "T", "value": {"kind": "Collection", "items": []}}]},` + "\n" +
		"\t\t\t\t\t\t\t" + `{"name": "b\n\t\t\t\t\t\t\t\t}", "type": {}}` + "\n\t\t\t\t\t\t],\n"
	if !strings.Contains(string(content), want) {
		t.Errorf("the lock file is\n%s\nwithout\n%s", content, want)
	}
	read, err := lock.Parse(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := read.Model.Compact(); err != nil || string(read.Model) != string(f.Model) {
		t.Errorf("the model is %s, want %s, error %v", read.Model, f.Model, err)
	}
}
