package golang_test

import (
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/golang"
)

// Round trips send the examples without the references to items that an empty service
// lacks, and do not compare what the service sets: who wrote an item, and when.
func TestTripsOfExamples(t *testing.T) {
	const (
		key        = `<Key><PropertyRef Name="no"/></Key><Property Name="no" Type="Edm.String" Nullable="false"/>`
		properties = `<Property Name="text" Type="Edm.String"/><Property Name="count" Type="Edm.Int64"/><Property Name="createdDateTime" Type="Edm.DateTimeOffset"/><Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
<NavigationProperty Name="app" Type="graph.app"/><NavigationProperty Name="parts" Type="Collection(graph.note)" ContainsTarget="true"/>`
		create = `<Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record><PropertyValue Property="NonInsertableProperties"><Collection><PropertyPath>text</PropertyPath></Collection></PropertyValue></Record></Annotation>
<Annotation Term="Org.OData.Core.V1.Example" Qualifier="CreateRequest"><Record Type="Core.PrimitiveExampleValue"><PropertyValue Property="Value"><Record><PropertyValue Property="no" String="5"/><PropertyValue Property="count" Int="9007199254740993"/>
<PropertyValue Property="createdDateTime" String="2020-01-01T00:00:00Z"/><PropertyValue Property="app@odata.bind" String="https://graph.microsoft.com/v1.0/catalog/apps/7"/>
<PropertyValue Property="parts"><Collection><Record><PropertyValue Property="no" String="6"/><PropertyValue Property="app@odata.bind" String="https://graph.microsoft.com/v1.0/catalog/apps/8"/></Record></Collection></PropertyValue></Record></PropertyValue></Record></Annotation>`
		update = `<Annotation Term="Org.OData.Core.V1.Example" Qualifier="UpdateRequest"><Record Type="Core.PrimitiveExampleValue"><PropertyValue Property="Value"><Record><PropertyValue Property="text" String="b"/>
<PropertyValue Property="lastModifiedDateTime" String="2020-01-01T00:00:00Z"/><PropertyValue Property="app@odata.bind" String="https://graph.microsoft.com/v1.0/catalog/apps/9"/></Record></PropertyValue></Record></Annotation>`
	)
	testTrips(t, 2, golang.Options{}, `<EntityType Name="app">`+key+`</EntityType><EntityType Name="note">`+key+properties+`</EntityType>
<EntityContainer Name="C"><EntitySet Name="notes" EntityType="graph.note">`+create+update+`</EntitySet></EntityContainer>`, "/notes/**")
}
