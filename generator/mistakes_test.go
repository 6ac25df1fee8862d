package generator_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// mistake is a mistake that occurs in metadata.
type mistake struct {
	name string

	// The texts are added to the end of a schema, to the end of its container, and
	// to the document before its schemas.
	schema, container, document string

	quiet bool // the mistake is reported only if the selection needs the element
}

// entity is an entity type for other elements to refer to.
const entity = `<EntityType Name="zzBeast"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>`

// mistakes has the kinds of mistakes in public metadata, and some more. None of
// them is in a part that the methods of the tests need.
var mistakes = []mistake{
	{name: "base type is not declared", schema: `<EntityType Name="zzApe" BaseType="NS.zzNobody"/>`},
	{name: "base type is in no namespace", schema: `<EntityType Name="zzApe" BaseType="zzNobody"/>`},
	{name: "base type of another kind", schema: `<ComplexType Name="zzApe" BaseType="NS.zzBeast"/>` + entity},
	{name: "base type is an enumeration", schema: `<EnumType Name="zzMood"><Member Name="calm"/></EnumType><ComplexType Name="zzApe" BaseType="NS.zzMood"/>`},
	{name: "base type is a primitive type", schema: `<ComplexType Name="zzApe" BaseType="Edm.String"/>`},
	{name: "its own base type", schema: `<EntityType Name="zzApe" BaseType="NS.zzApe"/>`},
	{name: "two base types in a circle", schema: `<EntityType Name="zzApe" BaseType="NS.zzElk"/><EntityType Name="zzElk" BaseType="NS.zzApe"/>`},
	{name: "type of a property is not declared", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="NS.zzNobody"/></ComplexType>`},
	{name: "type of a property is not a type name", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Collection("/></ComplexType>`},
	{name: "type of a property is an unknown primitive type", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.Number"/></ComplexType>`},
	{name: "collection of collections", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Collection(Collection(Edm.String))"/></ComplexType>`},
	{name: "property without a type", schema: `<ComplexType Name="zzApe"><Property Name="size"/></ComplexType>`},
	{name: "property without a name", schema: `<ComplexType Name="zzApe"><Property Type="Edm.String"/></ComplexType>`},
	{name: "property with an empty name", schema: `<ComplexType Name="zzApe"><Property Name="" Type="Edm.String"/></ComplexType>`},
	{name: "property with a path as its name", schema: `<ComplexType Name="zzApe"><Property Name="a/b" Type="Edm.String"/></ComplexType>`},
	{name: "property with a hyphen in its name", schema: `<ComplexType Name="zzApe"><Property Name="request-id" Type="Edm.String"/></ComplexType>`},
	{name: "type without a name", schema: `<ComplexType><Property Name="size" Type="Edm.String"/></ComplexType>`},
	{name: "type with quotes in its name", schema: `<ComplexType Name="zz&quot;Ape"/>`},
	{name: "type declared twice", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.String"/></ComplexType><ComplexType Name="zzApe"><Property Name="size" Type="Edm.Int32"/></ComplexType>`},
	{name: "type declared twice as two kinds", schema: `<ComplexType Name="zzApe"/><EnumType Name="zzApe"><Member Name="calm"/></EnumType>`},
	{name: "property declared twice", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.String"/><Property Name="size" Type="Edm.Int32"/></ComplexType>`},
	{name: "inherited property declared again", schema: entity + `<EntityType Name="zzApe" BaseType="NS.zzBeast"><Property Name="id" Type="Edm.Int32"/></EntityType>`},
	{name: "navigation to a type that is not declared", schema: `<EntityType Name="zzApe" BaseType="NS.zzBeast"><NavigationProperty Name="kin" Type="Collection(NS.zzNobody)"/></EntityType>` + entity},
	{name: "navigation to a complex type", schema: `<ComplexType Name="zzSize"/><EntityType Name="zzApe" BaseType="NS.zzBeast"><NavigationProperty Name="kin" Type="NS.zzSize"/></EntityType>` + entity},
	{name: "partner that is not there", schema: `<EntityType Name="zzApe" BaseType="NS.zzBeast"><NavigationProperty Name="kin" Type="NS.zzBeast" Partner="nobody"/></EntityType>` + entity, quiet: true},
	{name: "key that is not a property", schema: `<EntityType Name="zzApe"><Key><PropertyRef Name="nobody"/></Key></EntityType>`},
	{name: "two keys", schema: `<EntityType Name="zzApe"><Key><PropertyRef Name="id"/></Key><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>`},
	{name: "key without a property", schema: `<EntityType Name="zzApe"><Key/><Property Name="id" Type="Edm.String"/></EntityType>`},
	{name: "member twice", schema: `<EnumType Name="zzMood"><Member Name="calm" Value="0"/><Member Name="calm" Value="1"/></EnumType>`},
	{name: "value of a member is not a number", schema: `<EnumType Name="zzMood"><Member Name="calm" Value="low"/></EnumType>`},
	{name: "value of a member is too large", schema: `<EnumType Name="zzMood"><Member Name="calm" Value="99999999999999999999"/></EnumType>`},
	{name: "enumeration of texts", schema: `<EnumType Name="zzMood" UnderlyingType="Edm.String"><Member Name="calm"/></EnumType>`},
	{name: "member without a name", schema: `<EnumType Name="zzMood"><Member Value="0"/></EnumType>`},
	{name: "definition of a structured type", schema: entity + `<TypeDefinition Name="zzMass" UnderlyingType="NS.zzBeast"/>`},
	{name: "definition without a type", schema: `<TypeDefinition Name="zzMass"/>`},
	{name: "truth value that is neither", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.String" Nullable="maybe"/></ComplexType>`},
	{name: "length below zero", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.String" MaxLength="-5"/></ComplexType>`},
	{name: "precision that is not a number", schema: `<ComplexType Name="zzApe"><Property Name="size" Type="Edm.Decimal" Precision="high"/></ComplexType>`},
	{name: "annotation without a term", schema: `<ComplexType Name="zzApe"><Annotation String="a"/></ComplexType>`},
	{name: "annotation with two values", schema: `<ComplexType Name="zzApe"><Annotation Term="Org.OData.Core.V1.Description" String="a" Bool="true"/></ComplexType>`},
	{name: "target that is not there", schema: `<Annotations Target="NS.zzNobody/size"><Annotation Term="Org.OData.Core.V1.Description" String="a"/></Annotations>`},
	{name: "annotations without a target", schema: `<Annotations><Annotation Term="Org.OData.Core.V1.Description" String="a"/></Annotations>`},
	{name: "parameter of a type that is not declared", schema: `<Action Name="zzFeed"><Parameter Name="by" Type="NS.zzNobody"/></Action>`},
	{name: "function that returns nothing", schema: `<Function Name="zzCount"/>`},
	{name: "bound action without a parameter", schema: `<Action Name="zzFeed" IsBound="true"/>`},
	{name: "parameter twice", schema: `<Action Name="zzFeed"><Parameter Name="by" Type="Edm.String"/><Parameter Name="by" Type="Edm.Int32"/></Action>`},
	{name: "element that is not CSDL", schema: `<Beast Name="zzApe"/>`},
	{name: "element of an unknown XML namespace", schema: `<x:beast xmlns:x="urn:zoo"/>`},
	{name: "attribute that is not CSDL", schema: `<ComplexType Name="zzApe" Colour="grey"/>`},
	{name: "text between elements", schema: `a beast`},
	{name: "entity set of a type that is not declared", container: `<EntitySet Name="zzApes" EntityType="NS.zzNobody"/>`},
	{name: "entity set of a complex type", schema: `<ComplexType Name="zzSize"/>`, container: `<EntitySet Name="zzApes" EntityType="NS.zzSize"/>`},
	{name: "entity set without a type", container: `<EntitySet Name="zzApes"/>`},
	{name: "entity set declared twice", schema: entity + `<EntityType Name="zzApe" BaseType="NS.zzBeast"/>`, container: `<EntitySet Name="zzApes" EntityType="NS.zzBeast"/><EntitySet Name="zzApes" EntityType="NS.zzApe"/>`},
	{name: "singleton with the name of an entity set", schema: entity, container: `<EntitySet Name="zzApes" EntityType="NS.zzBeast"/><Singleton Name="zzApes" Type="NS.zzBeast"/>`},
	{name: "binding that leads nowhere", schema: entity, container: `<EntitySet Name="zzApes" EntityType="NS.zzBeast"><NavigationPropertyBinding Path="kin" Target="zzNowhere"/></EntitySet>`, quiet: true},
	{name: "import of a function that is not there", container: `<FunctionImport Name="zzCount" Function="NS.zzCount"/>`},
	{name: "import without an action", container: `<ActionImport Name="zzFeed"/>`},
	{name: "reference without an address", document: `<edmx:Reference><edmx:Include Namespace="zzZoo"/></edmx:Reference>`},
	{name: "reference to a file that is not there", document: `<edmx:Reference Uri="zz-missing.xml"><edmx:Include Namespace="zzZoo"/></edmx:Reference>`, quiet: true},
}

// in adds the mistake to a document, in the schema of a namespace.
func (m mistake) in(t *testing.T, document []byte, namespace string) []byte {
	t.Helper()
	put := func(after, before, text string) {
		text = strings.ReplaceAll(text, "NS.", namespace+".")
		head, rest, found := bytes.Cut(document, []byte(after))
		i := bytes.Index(rest, []byte(before))
		if text == "" {
			return
		}
		if !found || i < 0 {
			t.Fatalf("the document has no %s after %s", before, after)
		}
		document = slices.Concat(head, []byte(after), rest[:i], []byte(text), rest[i:])
	}
	put("<edmx:Edmx", "<edmx:DataServices", m.document)
	put("<EntityContainer", "</EntityContainer>", m.container)
	put(` Namespace="`+namespace+`"`, "</Schema>", m.schema)
	return document
}

// A mistake outside of the selection is reported, and does not change the package.
// Each mistake is made in each of the real files, one at a time; in a short run, in
// one of the files.
func TestMistakesElsewhere(t *testing.T) {
	for i, file := range append(slices.Clip(realSchemas), "v1.0-2026-08.xml") {
		include := []string{"POST /me/profile/projects", "POST /users/{id}/profile/projects"}
		if strings.HasPrefix(file, "v1.0") { // which has no profiles
			include = []string{"POST /me/calendars", "POST /users/{id}/messages"}
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			sound := gotest.Read(t, gotest.Metadata(t, "csdl/"+file))
			dir := gotest.Module(t)
			c := config.Config{Source: filepath.Join(dir, file), Include: include, Output: filepath.Join(dir, "graph")}
			gotest.Write(t, dir, file, sound)
			before := generate(t, c)
			try := func(t *testing.T, document []byte, quiet bool) {
				t.Helper()
				gotest.Write(t, dir, file, document)
				result, err := generator.Generate(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				if !result.Changes.Clean() {
					t.Errorf("the package is another one:\n%.2000s", result.Changes.Diff())
				}
				if !quiet && len(result.Others) <= len(before.Others) {
					t.Error("the mistake is not reported")
				}
				if len(result.Selected) != len(before.Selected) {
					t.Errorf("the mistake is said to concern the selection: %v", result.Selected)
				}
			}
			for _, m := range gotest.Part(mistakes, len(realSchemas)+1, i) {
				t.Run(m.name, func(t *testing.T) { try(t, m.in(t, sound, "microsoft.graph"), m.quiet) })
			}
		})
	}
}
