// Package mistakes has twenty programs, a function each, that must not compile:
// each of them would send a request that no service understands.
package mistakes

import (
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

type (
	Letter struct{}
	Person struct{}
	Sender struct{}
	Mood   string
)

const (
	LetterSubject    odata.Field[Letter, string]         = "subject"
	LetterIsRead     odata.Field[Letter, bool]           = "isRead"
	LetterSize       odata.Field[Letter, int32]          = "size"
	LetterReceived   odata.Field[Letter, time.Time]      = "receivedDateTime"
	LetterMood       odata.Field[Letter, Mood]           = "mood"
	LetterSender     odata.Field[Letter, Sender]         = "sender"
	LetterCategories odata.Collection[Letter, string]    = "categories"
	LetterOwner      odata.Nav[Letter, Person]           = "owner"
	LetterCopies     odata.NavCollection[Letter, Letter] = "copies"
	SenderName       odata.Field[Sender, string]         = "name"
	PersonName       odata.Field[Person, string]         = "displayName"
)

type (
	Query     = odata.Query[Letter]
	ItemQuery = odata.ItemQuery[Letter]
)

var unread = odata.Eq(LetterIsRead, false)

// Properties of another type.
func m01() *Query { return &Query{Select: odata.Fields(PersonName)} }
func m02() *Query { return &Query{Select: odata.Fields(LetterSubject, PersonName)} }
func m03() *Query { return &Query{Filter: odata.Eq(PersonName, "A")} }
func m04() *Query { return &Query{OrderBy: odata.Desc(PersonName)} }
func m05() *Query { return &Query{Filter: odata.Or(unread, odata.IsNull(PersonName))} }
func m06() *Query { return &Query{Filter: odata.Eq(odata.Path(LetterSender, PersonName), "A")} }
func m07() *Query { return &Query{Expand: odata.Expand(LetterOwner, &odata.ItemQuery[Letter]{})} }
func m08() *Query { return &Query{Filter: odata.Any(LetterCopies, odata.Eq(SenderName, "A"))} }

// Values of another type.
func m09() *Query { return &Query{Filter: odata.Eq(LetterIsRead, "no")} }
func m10() *Query { return &Query{Filter: odata.Ge(LetterReceived, "2024-07-15")} }
func m11() *Query { return &Query{Filter: odata.Eq(LetterSize, 1.5)} }
func m12() *Query { return &Query{Filter: odata.In(LetterSubject, "a", 2)} }
func m13() *Query { return &Query{Filter: odata.Eq(LetterMood, string("glad"))} }
func m14() *Query { return &Query{Filter: odata.StartsWith(LetterSize, "1")} }
func m15() *Query { return &Query{Filter: odata.Any(LetterCategories, odata.Eq(odata.It[int32](), 1))} }
func m16() *Query { return &Query{Filter: odata.Eq(odata.Year(LetterSubject), 2024)} }

// Options that a request does not have.
func m17() *ItemQuery { return &ItemQuery{Top: 1} }
func m18() *ItemQuery { return &ItemQuery{Filter: odata.Eq(LetterSize, 1)} }
func m19() *Query     { return &Query{Expand: odata.Expand(LetterOwner, &odata.Query[Person]{Top: 1})} }
func m20() *Query     { return &Query{OrderBy: odata.Asc(LetterCategories)} }
