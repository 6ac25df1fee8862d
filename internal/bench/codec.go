package main

import (
	"encoding/json/v2"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/generated/profile"
	"github.com/msgraphgen/msgraphgen/generated/profile/odata"
	"github.com/msgraphgen/msgraphgen/generated/profile/odata/edm"
)

// codec measures decoding and encoding of the response on the reference page, and
// decoding of a page of twenty of them. Some dates in it are not valid and are
// replaced, as plain structs cannot decode them. Plain structs drop the members that
// the schema does not declare, so codec measures the response with and without these.
//
// Clients use edm.Unmarshal and edm.Marshal. Programs that call package json reach
// the methods of each Opt.
//
// The official SDK for Go (msgraph-beta-sdk-go with kiota-serialization-json-go) took
// 5.1 times as long as plain structs to decode the response, and 4.0 times to encode
// it, when it was measured once, in November 2026, as issue 13 records.
func codec() ([]row, error) {
	page, err := os.ReadFile(pageFile)
	if err != nil {
		return nil, err
	}
	m := regexp.MustCompile("(?s)201 Created.*?\n(\\{\r?\n.*?\n\\})\\s*```").FindSubmatch(page)
	if m == nil {
		return nil, errors.New(pageFile + " has no response")
	}
	response := []byte(strings.ReplaceAll(string(m[1]), "datetime-value", "2020-07-06"))
	declared := regexp.MustCompile(`"companyCode":[^,]*,`).ReplaceAll(response, nil)

	var plain plainProject
	var project, declaredProject profile.ProjectParticipation
	if err := errors.Join(
		json.Unmarshal(response, &plain),
		json.Unmarshal(response, &project),
		json.Unmarshal(declared, &declaredProject),
	); err != nil {
		return nil, err
	}
	listed := []byte(`{"value":[` + strings.Repeat(string(response)+",", 19) + string(response) + `]}`)
	rows := []row{
		{name: "decode, plain", floor: true},
		{name: "decode, client", target: "≤ 1.20"},
		{name: "decode, client, declared members"},
		{name: "decode, package json", target: "≤ 1.60"},
		{name: "decode a page, plain", floor: true},
		{name: "decode a page, client", target: "≤ 1.20"},
		{name: "encode, plain", floor: true},
		{name: "encode, client", target: "≤ 1.20"},
		{name: "encode, client, declared members"},
		{name: "encode, package json", target: "≤ 2.30"},
	}
	return measure(rows, []func(*testing.B){
		loop(func() error { return json.Unmarshal(response, new(plainProject)) }),
		loop(func() error { return edm.Unmarshal(response, new(profile.ProjectParticipation)) }),
		loop(func() error { return edm.Unmarshal(declared, new(profile.ProjectParticipation)) }),
		loop(func() error { return json.Unmarshal(response, new(profile.ProjectParticipation)) }),
		loop(func() error { return json.Unmarshal(listed, new(plainPage)) }),
		loop(func() error { return edm.Unmarshal(listed, new(odata.Page[profile.ProjectParticipation])) }),
		loop(func() error { _, err := json.Marshal(&plain); return err }),
		loop(func() error { _, err := edm.Marshal(&project); return err }),
		loop(func() error { _, err := edm.Marshal(&declaredProject); return err }),
		loop(func() error { _, err := json.Marshal(&project); return err }),
	}), nil
}

// These types are what one would write by hand, with pointers, which lose nulls
// and unknown members.
type (
	plainPage struct {
		Value []*plainProject `json:"value,omitzero"`
	}
	plainProject struct {
		ID                   *string           `json:"id,omitzero"`
		AllowedAudiences     *string           `json:"allowedAudiences,omitzero"`
		CreatedBy            *plainIdentitySet `json:"createdBy,omitzero"`
		CreatedDateTime      *time.Time        `json:"createdDateTime,omitzero"`
		Inference            *plainInference   `json:"inference,omitzero"`
		IsSearchable         *bool             `json:"isSearchable,omitzero"`
		LastModifiedBy       *plainIdentitySet `json:"lastModifiedBy,omitzero"`
		LastModifiedDateTime *time.Time        `json:"lastModifiedDateTime,omitzero"`
		Source               *plainSources     `json:"source,omitzero"`
		Categories           []string          `json:"categories,omitzero"`
		Client               *plainCompany     `json:"client,omitzero"`
		CollaborationTags    []string          `json:"collaborationTags,omitzero"`
		Colleagues           []*plainPerson    `json:"colleagues,omitzero"`
		Detail               *plainPosition    `json:"detail,omitzero"`
		DisplayName          *string           `json:"displayName,omitzero"`
		Sponsors             []*plainPerson    `json:"sponsors,omitzero"`
		ThumbnailURL         *string           `json:"thumbnailUrl,omitzero"`
	}
	plainIdentitySet struct {
		Application *plainIdentity `json:"application,omitzero"`
		Device      *plainIdentity `json:"device,omitzero"`
		User        *plainIdentity `json:"user,omitzero"`
	}
	plainIdentity struct {
		DisplayName *string `json:"displayName,omitzero"`
		ID          *string `json:"id,omitzero"`
	}
	plainInference struct {
		ConfidenceScore         *float64 `json:"confidenceScore,omitzero"`
		UserHasVerifiedAccuracy *bool    `json:"userHasVerifiedAccuracy,omitzero"`
	}
	plainSources struct {
		Type []string `json:"type,omitzero"`
	}
	plainCompany struct {
		Address        *plainAddress `json:"address,omitzero"`
		Department     *string       `json:"department,omitzero"`
		DisplayName    *string       `json:"displayName,omitzero"`
		OfficeLocation *string       `json:"officeLocation,omitzero"`
		Pronunciation  *string       `json:"pronunciation,omitzero"`
		WebURL         *string       `json:"webUrl,omitzero"`
	}
	plainAddress struct {
		City            *string `json:"city,omitzero"`
		CountryOrRegion *string `json:"countryOrRegion,omitzero"`
		PostalCode      *string `json:"postalCode,omitzero"`
		PostOfficeBox   *string `json:"postOfficeBox,omitzero"`
		State           *string `json:"state,omitzero"`
		Street          *string `json:"street,omitzero"`
		Type            *string `json:"type,omitzero"`
	}
	plainPosition struct {
		Company        *plainCompany `json:"company,omitzero"`
		Description    *string       `json:"description,omitzero"`
		EndMonthYear   *odata.Date   `json:"endMonthYear,omitzero"`
		JobTitle       *string       `json:"jobTitle,omitzero"`
		Role           *string       `json:"role,omitzero"`
		StartMonthYear *odata.Date   `json:"startMonthYear,omitzero"`
		Summary        *string       `json:"summary,omitzero"`
	}
	plainPerson struct {
		DisplayName       *string `json:"displayName,omitzero"`
		Relationship      *string `json:"relationship,omitzero"`
		UserPrincipalName *string `json:"userPrincipalName,omitzero"`
	}
)
