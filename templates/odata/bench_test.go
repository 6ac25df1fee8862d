package odata_test

import (
	"encoding/json/v2"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// The same types as plain structs of pointers, as one would write them by hand
// or another generator does. They drop nulls and unknown members.

type plainEntity struct {
	ID *string `json:"id,omitzero"`
}

type plainItemFacet struct {
	plainEntity
	AllowedAudiences     *AllowedAudiences       `json:"allowedAudiences,omitzero"`
	CreatedBy            *plainIdentitySet       `json:"createdBy,omitzero"`
	CreatedDateTime      *time.Time              `json:"createdDateTime,omitzero"`
	Inference            *plainInferenceData     `json:"inference,omitzero"`
	IsSearchable         *bool                   `json:"isSearchable,omitzero"`
	LastModifiedBy       *plainIdentitySet       `json:"lastModifiedBy,omitzero"`
	LastModifiedDateTime *time.Time              `json:"lastModifiedDateTime,omitzero"`
	Source               *plainPersonDataSources `json:"source,omitzero"`
}

type plainProjectParticipation struct {
	plainItemFacet
	Categories        []string              `json:"categories,omitzero"`
	Client            *plainCompanyDetail   `json:"client,omitzero"`
	CollaborationTags []string              `json:"collaborationTags,omitzero"`
	Colleagues        []*plainRelatedPerson `json:"colleagues,omitzero"`
	Detail            *plainPositionDetail  `json:"detail,omitzero"`
	DisplayName       *string               `json:"displayName,omitzero"`
	Sponsors          []*plainRelatedPerson `json:"sponsors,omitzero"`
	ThumbnailURL      *string               `json:"thumbnailUrl,omitzero"`
}

type plainIdentitySet struct {
	Application *plainIdentity `json:"application,omitzero"`
	Device      *plainIdentity `json:"device,omitzero"`
	User        *plainIdentity `json:"user,omitzero"`
}

type plainIdentity struct {
	DisplayName *string `json:"displayName,omitzero"`
	ID          *string `json:"id,omitzero"`
}

type plainInferenceData struct {
	ConfidenceScore         *float64 `json:"confidenceScore,omitzero"`
	UserHasVerifiedAccuracy *bool    `json:"userHasVerifiedAccuracy,omitzero"`
}

type plainPersonDataSources struct {
	Type []string `json:"type,omitzero"`
}

type plainCompanyDetail struct {
	Address        *plainPhysicalAddress `json:"address,omitzero"`
	Department     *string               `json:"department,omitzero"`
	DisplayName    *string               `json:"displayName,omitzero"`
	OfficeLocation *string               `json:"officeLocation,omitzero"`
	Pronunciation  *string               `json:"pronunciation,omitzero"`
	WebURL         *string               `json:"webUrl,omitzero"`
}

type plainPhysicalAddress struct {
	City            *string              `json:"city,omitzero"`
	CountryOrRegion *string              `json:"countryOrRegion,omitzero"`
	PostalCode      *string              `json:"postalCode,omitzero"`
	PostOfficeBox   *string              `json:"postOfficeBox,omitzero"`
	State           *string              `json:"state,omitzero"`
	Street          *string              `json:"street,omitzero"`
	Type            *PhysicalAddressType `json:"type,omitzero"`
}

type plainPositionDetail struct {
	Company        *plainCompanyDetail `json:"company,omitzero"`
	Description    *string             `json:"description,omitzero"`
	EndMonthYear   *odata.Date         `json:"endMonthYear,omitzero"`
	JobTitle       *string             `json:"jobTitle,omitzero"`
	Role           *string             `json:"role,omitzero"`
	StartMonthYear *odata.Date         `json:"startMonthYear,omitzero"`
	Summary        *string             `json:"summary,omitzero"`
}

type plainRelatedPerson struct {
	DisplayName       *string             `json:"displayName,omitzero"`
	Relationship      *PersonRelationship `json:"relationship,omitzero"`
	UserPrincipalName *string             `json:"userPrincipalName,omitzero"`
}

func BenchmarkDecode(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmarkDecode[plainProjectParticipation](b) })
	b.Run("opt", func(b *testing.B) { benchmarkDecode[ProjectParticipation](b) })
}

func BenchmarkEncode(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmarkEncode[plainProjectParticipation](b) })
	b.Run("opt", func(b *testing.B) { benchmarkEncode[ProjectParticipation](b) })
}

func benchmarkDecode[T any](b *testing.B) {
	b.ReportAllocs()
	in := []byte(response)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if err := json.Unmarshal(in, new(T)); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkEncode[T any](b *testing.B) {
	b.ReportAllocs()
	v := new(T)
	if err := json.Unmarshal([]byte(response), v); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := json.Marshal(v); err != nil {
			b.Fatal(err)
		}
	}
}
