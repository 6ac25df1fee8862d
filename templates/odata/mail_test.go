package odata_test

import (
	"encoding/json/jsontext"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Letter, Sender and Person are what is generated for the types of a mail service.
type Letter struct {
	ID             odata.Opt[string]         `json:"id,omitzero"`
	Subject        odata.Opt[string]         `json:"subject,omitzero"`
	IsRead         odata.Opt[bool]           `json:"isRead,omitzero"`
	Sender         odata.Opt[*Sender]        `json:"sender,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type Sender struct {
	Name           odata.Opt[string]         `json:"name,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type Person struct {
	Entity
}

type Importance string

func (v *Letter) ODataType() string  { return odata.TypeOf(v.AdditionalData, "mail.letter") }
func (*Letter) ODataTypes() []string { return []string{"mail.letter"} }
func (v *Person) ODataType() string  { return odata.TypeOf(v.AdditionalData, "mail.person") }
func (*Person) ODataTypes() []string { return []string{"mail.person"} }

// The constants are those that are generated for their properties.
const (
	LetterSubject    odata.Field[Letter, string]          = "subject"
	LetterIsRead     odata.Field[Letter, bool]            = "isRead"
	LetterSize       odata.Field[Letter, int32]           = "size"
	LetterReceived   odata.Field[Letter, time.Time]       = "receivedDateTime"
	LetterDue        odata.Field[Letter, odata.Date]      = "due"
	LetterAt         odata.Field[Letter, odata.TimeOfDay] = "at"
	LetterLength     odata.Field[Letter, odata.Duration]  = "length"
	LetterThread     odata.Field[Letter, odata.Guid]      = "thread"
	LetterCost       odata.Field[Letter, odata.Decimal]   = "cost"
	LetterHash       odata.Field[Letter, odata.Binary]    = "hash"
	LetterImportance odata.Field[Letter, Importance]      = "importance"
	LetterSender     odata.Field[Letter, Sender]          = "sender"
	LetterCategories odata.Collection[Letter, string]     = "categories"
	LetterReceivers  odata.Collection[Letter, Sender]     = "receivers"
	LetterOwner      odata.Nav[Letter, Person]            = "owner"
	LetterCopies     odata.NavCollection[Letter, Letter]  = "copies"

	SenderName    odata.Field[Sender, string]      = "name"
	SenderAliases odata.Collection[Sender, string] = "aliases"

	PersonName    odata.Field[Person, string]         = "displayName"
	PersonManager odata.Nav[Person, Person]           = "manager"
	PersonLetters odata.NavCollection[Person, Letter] = "letters"
)
