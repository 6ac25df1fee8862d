package odata_test

import (
	"encoding/json/jsontext"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// The types below are what msgraphgen generates for projectParticipation, less
// the comments: the closure of one create, 14 types.

type Entity struct {
	ID             odata.Opt[string]         `json:"id,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type ItemFacet struct {
	Entity
	AllowedAudiences     odata.Opt[AllowedAudiences]   `json:"allowedAudiences,omitzero"`
	CreatedBy            odata.Opt[*IdentitySet]       `json:"createdBy,omitzero"`
	CreatedDateTime      odata.Opt[time.Time]          `json:"createdDateTime,omitzero"`
	Inference            odata.Opt[*InferenceData]     `json:"inference,omitzero"`
	IsSearchable         odata.Opt[bool]               `json:"isSearchable,omitzero"`
	LastModifiedBy       odata.Opt[*IdentitySet]       `json:"lastModifiedBy,omitzero"`
	LastModifiedDateTime odata.Opt[time.Time]          `json:"lastModifiedDateTime,omitzero"`
	Source               odata.Opt[*PersonDataSources] `json:"source,omitzero"`
}

type ProjectParticipation struct {
	ItemFacet
	Categories        odata.List[string]         `json:"categories,omitzero"`
	Client            odata.Opt[*CompanyDetail]  `json:"client,omitzero"`
	CollaborationTags odata.List[string]         `json:"collaborationTags,omitzero"`
	Colleagues        odata.List[*RelatedPerson] `json:"colleagues,omitzero"`
	Detail            odata.Opt[*PositionDetail] `json:"detail,omitzero"`
	DisplayName       odata.Opt[string]          `json:"displayName,omitzero"`
	Sponsors          odata.List[*RelatedPerson] `json:"sponsors,omitzero"`
	ThumbnailURL      odata.Opt[string]          `json:"thumbnailUrl,omitzero"`
}

type IdentitySet struct {
	Application    odata.Opt[*Identity]      `json:"application,omitzero"`
	Device         odata.Opt[*Identity]      `json:"device,omitzero"`
	User           odata.Opt[*Identity]      `json:"user,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type Identity struct {
	DisplayName    odata.Opt[string]         `json:"displayName,omitzero"`
	ID             odata.Opt[string]         `json:"id,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type InferenceData struct {
	ConfidenceScore         odata.Opt[float64]        `json:"confidenceScore,omitzero"`
	UserHasVerifiedAccuracy odata.Opt[bool]           `json:"userHasVerifiedAccuracy,omitzero"`
	AdditionalData          map[string]jsontext.Value `json:",embed"`
}

type PersonDataSources struct {
	Type           odata.List[string]        `json:"type,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type CompanyDetail struct {
	Address        odata.Opt[*PhysicalAddress] `json:"address,omitzero"`
	Department     odata.Opt[string]           `json:"department,omitzero"`
	DisplayName    odata.Opt[string]           `json:"displayName,omitzero"`
	OfficeLocation odata.Opt[string]           `json:"officeLocation,omitzero"`
	Pronunciation  odata.Opt[string]           `json:"pronunciation,omitzero"`
	WebURL         odata.Opt[string]           `json:"webUrl,omitzero"`
	AdditionalData map[string]jsontext.Value   `json:",embed"`
}

type PhysicalAddress struct {
	City            odata.Opt[string]              `json:"city,omitzero"`
	CountryOrRegion odata.Opt[string]              `json:"countryOrRegion,omitzero"`
	PostalCode      odata.Opt[string]              `json:"postalCode,omitzero"`
	PostOfficeBox   odata.Opt[string]              `json:"postOfficeBox,omitzero"`
	State           odata.Opt[string]              `json:"state,omitzero"`
	Street          odata.Opt[string]              `json:"street,omitzero"`
	Type            odata.Opt[PhysicalAddressType] `json:"type,omitzero"`
	AdditionalData  map[string]jsontext.Value      `json:",embed"`
}

type PositionDetail struct {
	Company        odata.Opt[*CompanyDetail] `json:"company,omitzero"`
	Description    odata.Opt[string]         `json:"description,omitzero"`
	EndMonthYear   odata.Opt[odata.Date]     `json:"endMonthYear,omitzero"`
	JobTitle       odata.Opt[string]         `json:"jobTitle,omitzero"`
	Role           odata.Opt[string]         `json:"role,omitzero"`
	StartMonthYear odata.Opt[odata.Date]     `json:"startMonthYear,omitzero"`
	Summary        odata.Opt[string]         `json:"summary,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

type RelatedPerson struct {
	DisplayName       odata.Opt[string]             `json:"displayName,omitzero"`
	Relationship      odata.Opt[PersonRelationship] `json:"relationship,omitzero"`
	UserPrincipalName odata.Opt[string]             `json:"userPrincipalName,omitzero"`
	AdditionalData    map[string]jsontext.Value     `json:",embed"`
}

type AllowedAudiences string

const (
	AllowedAudiencesMe           AllowedAudiences = "me"
	AllowedAudiencesFamily       AllowedAudiences = "family"
	AllowedAudiencesOrganization AllowedAudiences = "organization"
)

type PersonRelationship string

const PersonRelationshipColleague PersonRelationship = "colleague"

type PhysicalAddressType string
