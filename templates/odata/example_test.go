package odata_test

import (
	"encoding/json/v2"
	"fmt"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Absent, null and a value are three different things.
func ExampleOpt() {
	company := &CompanyDetail{
		DisplayName: odata.Of("Contoso Ltd."),
		Department:  odata.Null[string](),
	}
	data, _ := json.Marshal(company)
	fmt.Println(string(data))

	name, ok := company.DisplayName.Get()
	fmt.Println(name, ok)
	fmt.Println(company.Department.IsNull(), company.WebURL.IsZero())
	fmt.Println(company.WebURL.Or("no address"))
	// Output:
	// {"department":null,"displayName":"Contoso Ltd."}
	// Contoso Ltd. true
	// true true
	// no address
}

// A structured value can be absent: with an empty one in its place, reading goes on.
func ExampleOpt_Or() {
	project := &ProjectParticipation{}
	fmt.Println(project.Detail.Or(&PositionDetail{}).JobTitle.Or("no title"))
	// Output: no title
}

// A value that does not fit its type costs only itself.
func ExampleOpt_Err() {
	var detail PositionDetail
	err := json.Unmarshal([]byte(`{"jobTitle":"Lead","endMonthYear":"soon"}`), &detail)
	fmt.Println(detail.JobTitle, err)
	fmt.Println(detail.EndMonthYear.Err())

	data, _ := json.Marshal(&detail)
	fmt.Println(string(data))
	// Output:
	// Lead <nil>
	// odata: "soon" is not an Edm.Date, like "2006-01-02"
	// {"endMonthYear":"soon","jobTitle":"Lead"}
}

func ExampleJoin() {
	v := odata.Join(AllowedAudiencesMe, AllowedAudiencesOrganization)
	fmt.Println(v, odata.Has(v, AllowedAudiencesFamily))
	// Output: me,organization false
}

func ExampleDurationOf() {
	fmt.Println(odata.DurationOf(36 * time.Hour))
	d, err := odata.Duration("PT36H").TimeDuration()
	fmt.Println(d, err)
	// Output:
	// P1DT12H
	// 36h0m0s <nil>
}
