package generator_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// sliceOf returns the slice for c.
func sliceOf(t *testing.T, c config.Config) *generator.SliceResult {
	t.Helper()
	result, err := generator.Slice(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// checkSlice requires that the slice for c generates the same bytes as the whole
// source, with and without the reference pages of c, and that it is its own slice. It
// returns the slice.
func checkSlice(t *testing.T, c config.Config) []byte {
	t.Helper()
	c.Package, c.ImportPath = "graph", "example.com/downstream/graph"
	document := sliceOf(t, c).Document
	small := c
	small.Source, small.Docs = filepath.Join(t.TempDir(), "slice.xml"), ""
	if err := os.WriteFile(small.Source, document, 0o644); err != nil {
		t.Fatal(err)
	}
	again := sliceOf(t, small)
	if diff := cmp.Diff(string(document), string(again.Document)); diff != "" {
		t.Errorf("the slice of the slice differs:\n%s", diff)
	}
	c.Output, small.Output = t.TempDir(), t.TempDir()
	generate(t, c)
	for _, d := range slices.Concat(again.Selected, generate(t, small).Selected) {
		// OpenAPI allows names that CSDL does not.
		if !strings.HasSuffix(d.Message, "it is used as it is") {
			t.Errorf("the slice is warned about: %v", d)
		}
	}
	compareFolders(t, c.Output, small.Output)
	if c.Docs != "" {
		small.Docs, small.Output = c.Docs, t.TempDir()
		generate(t, small)
		compareFolders(t, c.Output, small.Output)
	}
	return document
}

func compareFolders(t *testing.T, want, got string) {
	t.Helper()
	a, b := contents(t, want), contents(t, got)
	for name, data := range a {
		if !bytes.Equal(data, b[name]) {
			t.Fatalf("%s is another one:\n%s", name, cmp.Diff(string(data), string(b[name])))
		}
	}
	if len(a) != len(b) {
		t.Errorf("there are %d files, not %d", len(b), len(a))
	}
	if diff := cmp.Diff(lockOf(t, want), lockOf(t, got)); diff != "" {
		t.Errorf("the lock files differ:\n%s", diff)
	}
}

// contents returns the files below a folder, without the lock file.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == lock.Name {
			return err
		}
		data, err := os.ReadFile(file)
		files[strings.TrimPrefix(file, dir)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// lockOf returns a lock file without the fields about its source.
func lockOf(t *testing.T, dir string) lock.File {
	t.Helper()
	f, err := output.ReadLock(dir)
	if err != nil {
		t.Fatal(err)
	}
	f.Source, f.Config.Input = lock.Source{}, config.Input{}
	return *f
}

// The slices of the real schemas generate the same code as the whole schemas.
func TestSlicesOfRealSchemas(t *testing.T) {
	projects := []string{"POST /me/profile/projects", "POST /users/{id}/profile/projects"}
	profile := []string{"POST /me/profile/**"}
	mail := []string{"/me/messages/**", "/me/mailFolders/**", "/me/sendMail"}
	calendar := []string{"/me/calendar/**", "/me/events/**"}
	directory := []string{"/users/*", "/groups/*", "/groups/{id}/members/**", "/applications/**"}
	for name, c := range map[string]config.Config{
		"projects, described": {Source: "beta-2020-08-25-described.xml", Include: projects},
		"projects, 2020":      {Source: "beta-2020-10-27.xml", Include: projects},
		"projects, 2021":      {Source: "beta-2021-07-13.xml", Include: projects},
		"projects, 2026":      {Source: "beta-ussec-2026-08.xml", Include: projects},
		"profile, described":  {Source: "beta-2020-08-25-described.xml", Include: profile},
		"profile, 2020":       {Source: "beta-2020-10-27.xml", Include: profile},
		"profile, 2021":       {Source: "beta-2021-07-13.xml", Include: profile, Derived: []string{"microsoft.graph.identity"}},
		"profile, 2026":       {Source: "beta-ussec-2026-08.xml", Include: profile, Derived: []string{"microsoft.graph.identity"}},
		"derived by alias":    {Source: "beta-2020-10-27.xml", Include: projects, Derived: []string{"graph.identity", "graph.device"}},
		"pages, 2020":         {Source: "beta-2020-10-27.xml", Include: profile, Docs: "docs/beta"},
		"pages, 2026":         {Source: "beta-ussec-2026-08.xml", Include: projects, Docs: "docs/beta"},
		"mail, pages":         {Source: "v1.0-2026-08.xml", Include: mail, Docs: "docs/beta-more"},
		"calendar, pages":     {Source: "v1.0-2026-08.xml", Include: calendar, Docs: "docs/beta-more"},
		"directory, pages":    {Source: "v1.0-2026-08.xml", Include: directory, Docs: "docs/beta-more"},
		"mail, 2021":          {Source: "beta-2021-07-13.xml", Include: mail, Docs: "docs/beta-more"},
		"calendar, 2021":      {Source: "beta-2021-07-13.xml", Include: calendar, Docs: "docs/beta-more"},
		"directory, 2021":     {Source: "beta-2021-07-13.xml", Include: directory, Docs: "docs/beta-more"},
		"alerts":              {Source: "v1.0-2026-08.xml", Types: []string{"microsoft.graph.security.alert*"}},
		"evidence":            {Source: "v1.0-2026-08.xml", Types: []string{"microsoft.graph.security.*Evidence"}, Derived: []string{"all"}},
		"a namespace":         {Source: "v1.0-2026-08.xml", Types: []string{"microsoft.graph.security.**"}},
		"without the default": {Source: "v1.0-2026-08.xml", Types: []string{"microsoft.graph.security.detectionSource", "microsoft.graph.callRecords.modality"}},
		"creates and actions": {Source: "v1.0-2026-08.xml", Include: []string{"POST /**"}},
		"mail, all verbs":     {Source: "v1.0-2026-08.xml", Include: []string{"/me/messages/**", "/me/mailFolders/**", "/me/sendMail"}},
		"groups, all verbs":   {Source: "v1.0-2026-08.xml", Include: []string{"/groups/*", "/groups/{id}/members/**"}},
		"most is excluded":    {Source: "v1.0-2026-08.xml", Include: []string{"/me/*", "/users/**"}, Exclude: []string{"/users/**", "/me/messages"}},
		"read-only elsewhere": {Source: "beta-ussec-2026-08.xml", Include: projects, ReadOnly: []string{"microsoft.graph.user/mail", "microsoft.graph.user/authorizationInfo"}},
		"an abstract type":    {Source: "beta-2021-07-13.xml", Include: []string{"/deviceManagement/deviceConfigurations"}, ReadOnly: []string{"microsoft.graph.windows10GeneralConfiguration/passwordMinimumLength"}},
		"a builder's name":    {Source: "beta-2020-08-25-described.xml", Include: []string{"/accessReviews/{id}/decisions", "/agreements/*/acceptances"}},
		"another builder":     {Source: "beta-2021-07-13.xml", Include: []string{"/programs/*/controls"}},
		"the constant's name": {Source: "beta-ussec-2026-08.xml", Types: []string{"microsoft.graph.encryptWith"}},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && slices.Contains([]string{"creates and actions", "calendar, pages", "directory, pages", "mail, 2021", "calendar, 2021", "directory, 2021"}, name) {
				t.Skip("skipped in a short run: it is larger than most others")
			}
			t.Parallel()
			c.APIVersion, _, _ = strings.Cut(c.Source, "-")
			c.Source = gotest.Metadata(t, "csdl/"+c.Source)
			if c.Docs != "" {
				c.Docs = gotest.Metadata(t, c.Docs)
			}
			document := checkSlice(t, c)
			if limit := 16 << 10; strings.HasPrefix(name, "projects") && len(document) > limit {
				t.Errorf("the slice has %d bytes, more than %d", len(document), limit)
			}
			t.Logf("%d bytes", len(document))
		})
	}
}

// So do the slices of OpenAPI documents. They are CSDL, with the facts that the
// documents leave open marked as unknown.
func TestSlicesOfOpenAPI(t *testing.T) {
	t.Parallel()
	for file, c := range map[string]config.Config{
		"People.yml":              {Include: []string{"POST /users/{id}/profile/**"}},
		"Mail.yml":                {Include: []string{"/users/{id}/**"}},
		"Planner.yml":             {Include: []string{"/planner/*"}},
		"Users.yml":               {Include: []string{"/users"}, Derived: []string{"all"}},
		"Identity.Governance.yml": {Include: []string{"/accessReviews"}},
	} {
		t.Run(file, func(t *testing.T) {
			c.Source, c.APIVersion = gotest.Metadata(t, "openapi/beta-2020-10/"+file), "beta"
			t.Logf("%d bytes", len(checkSlice(t, c)))
		})
	}
	files, err := filepath.Glob("openapi/testdata/valid/*.golden")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	typesOnly := []string{"operations.yaml", "repeated.json", "yaml_1_2.yaml", "definitions.yaml", "deprecation.yaml", "enums.yaml", "external.yaml", "nullable.yaml", "numbers.yaml", "paths.yaml", "strings.yaml", "version_3_1.yaml"}
	for _, golden := range files {
		file := strings.TrimSuffix(golden, ".golden")
		t.Run(filepath.Base(file), func(t *testing.T) {
			c := config.Config{Source: file, Types: []string{"**"}, APIVersion: "beta", ExternalRefs: true}
			if !slices.Contains(typesOnly, filepath.Base(file)) {
				c.Include = []string{"/**"}
			}
			checkSlice(t, c)
		})
	}
}

// crowdedZoo is a schema in which nearly every element that the tests select
// shares its name, or the name of its file, with an element that they do not
// select.
const crowdedZoo = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="zoo" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="ape"><Member Name="bigMood" Value="1"/></EnumType>
      <ComplexType Name="apeBigMood"/>
      <ComplexType Name="apebigmood"/>
      <ComplexType Name="APE"><Property Name="size" Type="Edm.String"/></ComplexType>
      <ComplexType Name="Ape"/>
      <EntityType Name="beast" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="lion" Type="Edm.String"/>
        <Property Name="asLion" Type="Edm.String"/>
      </EntityType>
      <EntityType Name="lion" BaseType="self.beast"><Property Name="mane" Type="self.ape"/></EntityType>
      <EntityType Name="zebra" BaseType="self.beast">
        <Property Name="mood" Type="Edm.String">
          <Annotation Term="Org.OData.Validation.V1.AllowedValues">
            <Collection><Record><PropertyValue Property="Value" String="calm"/></Record></Collection>
          </Annotation>
          <Annotation Term="Org.OData.Core.V1.OptionalParameter"/>
        </Property>
        <NavigationProperty Name="get" Type="Collection(self.beast)" ContainsTarget="true"/>
        <NavigationProperty Name="Get" Type="Collection(self.zebra)" ContainsTarget="true"/>
        <NavigationProperty Name="feet" Type="Collection(self.foot)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="foot" BaseType="self.beast"/>
      <EntityType Name="hoof" BaseType="self.beast"><Property Name="stable" Type="zoo.buildings.stable"/></EntityType>
      <EntityType Name="zebraMoodCalm" BaseType="self.hoof"/>
      <EntityType Name="zebras" BaseType="self.beast"><NavigationProperty Name="feetBuilder" Type="self.foot" ContainsTarget="true"/></EntityType>
      <ComplexType Name="zebraFeetBuilder"/>
      <EntityContainer Name="Zoo">
        <EntitySet Name="zebras" EntityType="zoo.zebra"/>
        <EntitySet Name="Zebras" EntityType="zoo.foot"/>
        <EntitySet Name="zebraFeet" EntityType="zoo.foot"/>
        <EntitySet Name="zebraFeetItem" EntityType="zoo.hoof"/>
      </EntityContainer>
    </Schema>
    <Schema Namespace="zoo.buildings" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <ComplexType Name="stable"><Property Name="area" Type="Edm.Decimal" Scale="variable"/></ComplexType>
      <TypeDefinition Name="area" UnderlyingType="Edm.Decimal"/>
    </Schema>
    <Schema Namespace="aviary" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <ComplexType Name="zooBuildings"/>
      <ComplexType Name="buildingsStable"/>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`

// Go names depend on the whole schema. A slice holds all that they depend on.
func TestSliceKeepsNames(t *testing.T) {
	for name, c := range map[string]config.Config{
		"constant and types":        {Types: []string{"zoo.ape"}},
		"files that differ in case": {Types: []string{"zoo.apebigmood"}},
		"types that differ in case": {Types: []string{"zoo.ape", "zoo.Ape"}},
		"field and derived type":    {Types: []string{"zoo.foot"}},
		"allowed value and type":    {Types: []string{"zoo.zebra"}},
		"methods":                   {Include: []string{"/zebras/{id}/Get"}},
		"entity sets":               {Include: []string{"/zebras"}},
		"builders":                  {Include: []string{"/zebras/{id}/feet"}},
		"all paths":                 {Include: []string{"/**"}},
		"another namespace":         {Types: []string{"zoo.buildings.*"}},
		"no default namespace":      {Types: []string{"aviary.*"}},
		"everything":                {Include: []string{"/**"}, Types: []string{"**"}},
		"derived by alias":          {Types: []string{"zoo.buildings.area"}, Derived: []string{"self.hoof", "zoo.ape", "zoo.buildings.stable"}},
		"all derived":               {Include: []string{"/zebras"}, Derived: []string{"all"}},
		"all of it is excluded":     {Include: []string{"/zebras", "/Zebras", "/zebras/*/Get/*/feet"}, Exclude: []string{"/Zebras", "/zebras/**/feet"}},
		"read-only elsewhere":       {Types: []string{"zoo.buildings.area"}, ReadOnly: []string{"zoo.lion/mane", "zoo.hoof/stable"}},
	} {
		t.Run(name, func(t *testing.T) {
			c.Source, c.APIVersion = filepath.Join(t.TempDir(), "zoo.xml"), "v1.0"
			if err := os.WriteFile(c.Source, []byte(crowdedZoo), 0o644); err != nil {
				t.Fatal(err)
			}
			document := checkSlice(t, c)
			if bytes.Contains(document, []byte("OptionalParameter")) {
				t.Errorf("the slice has an annotation that is not used:\n%s", document)
			}
		})
	}
}

// shop is a schema with an alias, two namespaces, and methods of every kind.
const shop = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="example.shop" Alias="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="thing" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
      <EntityType Name="order" BaseType="shop.thing">
        <Property Name="note" Type="Edm.String"/>
        <Property Name="receipt" Type="Edm.Stream"/>
        <NavigationProperty Name="buyer" Type="shop.customer"/>
        <NavigationProperty Name="lines" Type="Collection(shop.line)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="line" BaseType="shop.thing"><Property Name="price" Type="shop.money"/></EntityType>
      <EntityType Name="giftLine" BaseType="shop.line"><Property Name="card" Type="Edm.String"/></EntityType>
      <EntityType Name="customer" BaseType="shop.thing">
        <Property Name="name" Type="Edm.String"/>
        <NavigationProperty Name="orders" Type="Collection(shop.order)"/>
      </EntityType>
      <EntityType Name="company" BaseType="shop.customer"><NavigationProperty Name="owner" Type="shop.customer"/></EntityType>
      <ComplexType Name="money"><Property Name="amount" Type="Edm.Decimal"/></ComplexType>
      <ComplexType Name="proof"><Property Name="code" Type="stock.code"/></ComplexType>
      <Action Name="pay" IsBound="true"><Parameter Name="order" Type="shop.order"/><Parameter Name="proof" Type="shop.proof"/><ReturnType Type="shop.money"/></Action>
      <Function Name="late" IsBound="true"><Parameter Name="orders" Type="Collection(shop.order)"/><Parameter Name="days" Type="Edm.Int32" Nullable="false"/><ReturnType Type="Collection(shop.order)"/></Function>
      <Action Name="close"><Parameter Name="proof" Type="shop.proof"/></Action>
      <EntityContainer Name="service">
        <EntitySet Name="orders" EntityType="shop.order"/>
        <EntitySet Name="customers" EntityType="shop.customer"/>
        <ActionImport Name="close" Action="shop.close"/>
      </EntityContainer>
    </Schema>
    <Schema Namespace="example.stock" Alias="stock" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="code"><Member Name="paper" Value="1"/></EnumType>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`

// A slice has what every name and pattern of the configuration needs, also if nothing
// that is selected does, and in every spelling.
func TestSliceHasWhatOptionsName(t *testing.T) {
	orders, all := []string{"/orders"}, []string{"/orders/**", "/close"}
	for name, c := range map[string]config.Config{
		"include":               {Include: []string{"/orders/{id}/PREFIXpay"}},
		"include, cast":         {Include: []string{"/customers/{id}/shop.company/owner"}},
		"exclude an action":     {Include: all, Exclude: []string{"POST /orders/{id}/PREFIXpay"}},
		"exclude a function":    {Include: all, Exclude: []string{"/orders/PREFIXlate"}},
		"exclude an unbound":    {Include: all, Exclude: []string{"/close"}},
		"exclude a stream":      {Include: all, Exclude: []string{"/orders/{id}/receipt"}},
		"exclude a resource":    {Include: all, Exclude: []string{"/orders/{id}/lines/**"}},
		"exclude a reference":   {Include: []string{"/orders/{id}/buyer/*", "/orders"}, Exclude: []string{"/orders/{id}/buyer/$ref"}},
		"types":                 {Types: []string{"PREFIXmoney"}},
		"derived":               {Include: []string{"/orders/{id}/lines"}, Derived: []string{"PREFIXline"}},
		"derived, elsewhere":    {Include: []string{"/customers"}, Derived: []string{"PREFIXline"}},
		"expand":                {Include: orders, Expand: []string{"PREFIXorder/buyer"}},
		"expand, elsewhere":     {Include: []string{"/close"}, Expand: []string{"PREFIXorder/buyer", "PREFIXcompany/orders"}},
		"settable":              {Include: orders, Settable: []string{"PREFIXorder/note"}},
		"settable, elsewhere":   {Include: orders, Settable: []string{"PREFIXline/price"}},
		"read-only":             {Include: orders, ReadOnly: []string{"PREFIXorder/note"}},
		"read-only, inherited":  {Include: orders, ReadOnly: []string{"PREFIXgiftLine/price"}},
		"another alias":         {Types: []string{"STOCKcode"}},
		"another alias, unused": {Include: orders, Derived: []string{"STOCKcode"}},
	} {
		for spelling, prefixes := range map[string][2]string{"qualified": {"example.shop.", "example.stock."}, "alias": {"shop.", "stock."}, "short": {"", ""}} {
			t.Run(name+", "+spelling, func(t *testing.T) {
				c := c
				c.Source, c.APIVersion = filepath.Join(t.TempDir(), "shop.xml"), "v1.0"
				for _, list := range []*[]string{&c.Include, &c.Exclude, &c.Types, &c.Derived, &c.Expand, &c.Settable, &c.ReadOnly} {
					var names []string
					for _, name := range *list {
						names = append(names, strings.NewReplacer("PREFIX", prefixes[0], "STOCK", prefixes[1]).Replace(name))
					}
					*list = names
				}
				if err := os.WriteFile(c.Source, []byte(shop), 0o644); err != nil {
					t.Fatal(err)
				}
				checkSlice(t, c)
			})
		}
	}
}

// Core.DefaultNamespace counts for the operations of its namespace alone, and the slice
// has it too.
func TestDefaultNamespaces(t *testing.T) {
	const zoo = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="zoo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <Annotation Term="Org.OData.Core.V1.DefaultNamespace"/>
      <EntityType Name="lion"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
      <Action Name="feed" IsBound="true"><Parameter Name="lion" Type="zoo.lion"/></Action>
      <EntityContainer Name="c"><EntitySet Name="lions" EntityType="zoo.lion"/></EntityContainer>
    </Schema>
    <Schema Namespace="vet" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <Action Name="weigh" IsBound="true"><Parameter Name="lion" Type="zoo.lion"/></Action>
    </Schema>
    <Schema Namespace="press" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <Annotation Term="Org.OData.Core.V1.DefaultNamespace" Bool="false"/>
      <Action Name="show" IsBound="true"><Parameter Name="lion" Type="zoo.lion"/></Action>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`
	dir := t.TempDir()
	gotest.Write(t, dir, "zoo.xml", []byte(zoo))
	c := config.Config{Source: filepath.Join(dir, "zoo.xml"), APIVersion: "v1.0", Include: []string{"POST /lions/{id}/**"}}
	checkSlice(t, c)
	c.Package, c.ImportPath, c.Output = "zoo", "example.com/zoo", t.TempDir()
	generate(t, c)
	var requests []string
	for name, data := range contents(t, c.Output) {
		if line, _, _ := strings.Cut(string(data), "\n"); strings.HasSuffix(name, ".http") && strings.HasPrefix(line, "POST") {
			requests = append(requests, strings.Fields(line)[1])
		}
	}
	slices.Sort(requests)
	for i, name := range []string{"feed", "press.show", "vet.weigh"} {
		if len(requests) != 3 || !strings.HasSuffix(requests[i], "/"+name) {
			t.Fatalf("requests: %q, want one for %s", requests, name)
		}
	}
}

// Unused annotations change nothing, and the lock file has the same model whether
// the source is the slice or the whole.
func TestSliceDoesNotChangeWithTheRest(t *testing.T) {
	c := config.Config{Source: filepath.Join(t.TempDir(), "zoo.xml"), APIVersion: "v1.0", Include: []string{"/zebras"}}
	if err := os.WriteFile(c.Source, []byte(crowdedZoo), 0o644); err != nil {
		t.Fatal(err)
	}
	before := sliceOf(t, c).Document
	changed := strings.NewReplacer(`Name="mane"`, `Name="tail"`, `"Org.OData.Core.V1.OptionalParameter"`, `"Org.OData.Core.V1.IsURL"`).Replace(crowdedZoo)
	if err := os.WriteFile(c.Source, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), string(sliceOf(t, c).Document)); diff != "" {
		t.Error(diff)
	}
	small := c
	small.Source = filepath.Join(t.TempDir(), "slice.xml")
	if err := os.WriteFile(small.Source, sliceOf(t, c).Document, 0o644); err != nil {
		t.Fatal(err)
	}
	var models []string
	for _, c := range []config.Config{c, small} {
		c.Output, c.Package, c.ImportPath = t.TempDir(), "zoo", "example.com/downstream/zoo"
		generate(t, c)
		f, err := output.ReadLock(c.Output)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, string(f.Model))
	}
	if diff := cmp.Diff(models[0], models[1]); diff != "" {
		t.Errorf("the models of the whole (-) and of the slice (+) differ:\n%s", diff)
	}
}

// Without a selection, the slice holds everything that can be generated, even if
// the schema has no creates.
func TestSliceOfEverything(t *testing.T) {
	file := filepath.Join(t.TempDir(), "zoo.xml")
	for _, document := range []string{crowdedZoo, regexp.MustCompile(`(?s)<EntityContainer.*</EntityContainer>`).ReplaceAllString(crowdedZoo, "")} {
		if err := os.WriteFile(file, []byte(document), 0o644); err != nil {
			t.Fatal(err)
		}
		if result := sliceOf(t, config.Config{Source: file}); result.Types != 17 {
			t.Errorf("there are %d types, not 17", result.Types)
		}
	}
}

// The slice holds every description and every reference page as it is, except
// characters that XML does not allow.
func TestSliceOfHostileTexts(t *testing.T) {
	const text = `--&gt; ]]&gt; &lt;/Schema&gt; &quot;'&amp;amp; &#x9;&#xD;&#xA;&#x202E;&#x85; &lt;!-- `
	dir := t.TempDir()
	gotest.Write(t, dir, "zoo.xml", []byte(strings.ReplaceAll(crowdedZoo, `<EntityType Name="foot" BaseType="self.beast"/>`,
		`<EntityType Name="foot" BaseType="self.beast"><Annotation Term="Org.OData.Core.V1.Description" String="`+text+`"/></EntityType>`)))
	c := config.Config{Source: filepath.Join(dir, "zoo.xml"), APIVersion: "beta", Include: []string{"/zebras/{a-->}/feet", "/**--/---"}}
	if _, err := generator.Slice(t.Context(), c); err == nil {
		t.Error("a pattern that matches nothing is not an error")
	}
	c.Include = c.Include[:1]
	checkSlice(t, c)

	gotest.Write(t, dir, "docs/api/zebra-post-feet.md", []byte(strings.ReplaceAll(footPage, "'", "`")))
	c.Docs = filepath.Join(dir, "docs")
	checkSlice(t, c)

	gotest.Write(t, dir, "docs/api/zebra-post-feet.md", []byte(strings.ReplaceAll(strings.ReplaceAll(footPage, "'", "`"), "left", `left\u0001`)))
	result := sliceOf(t, c)
	if warnings := fmt.Sprint(result.Advice); !strings.Contains(warnings, "CSDL cannot hold the character U+0001") {
		t.Errorf("the warnings are %s", warnings)
	}
	if !bytes.Contains(result.Document, []byte("left\uFFFD")) {
		t.Errorf("the example is not in the slice:\n%s", result.Document)
	}

	nested := strings.Repeat(`{"a":`, 60) + `"left"` + strings.Repeat("}", 60)
	gotest.Write(t, dir, "docs/api/zebra-post-feet.md", []byte(strings.ReplaceAll(strings.ReplaceAll(footPage, "'", "`"), `"left"`, nested)))
	if _, err := generator.Slice(t.Context(), c); err == nil || !strings.Contains(err.Error(), "leave out --docs") {
		t.Errorf("an example that CSDL cannot hold gives the error %v", err)
	}
}

// footPage is a reference page, with ' in place of the marks around code.
const footPage = `---
title: "Create foot"
doc_type: "apiPageType"
---
# Create foot

Namespace: zoo

Draw a --> foot.

## HTTP request

'''http
POST /zebras/{id}/feet
'''

## Request body

|Property|Type|Description|
|:---|:---|:---|
|lion|String|Paws & claws.|

## Response

If successful, this method returns a '201 Created' response code.

## Examples

### Request

<!-- { "blockType": "request", "name": "create_foot" } -->
'''http
POST https://graph.microsoft.com/beta/zebras/{id}/feet
Content-Type: application/json

{"lion": "left", "@odata.type": "#zoo.foot", "toes": [1, -2.50, 1e3, true, {}, [], " \t\n"]}
'''

### Response

<!-- { "blockType": "response", "@odata.type": "zoo.foot" } -->
'''http
HTTP/1.1 201 Created
Content-Type: application/json

{"lion": "left", "id": "1"}
'''
`
