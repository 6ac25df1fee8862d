package odata_test

import (
	"encoding/json/jsontext"
	"encoding/json/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// UserIdentity is what is generated for a type derived from Identity.
type UserIdentity struct {
	Identity
	Kind odata.Opt[string] `json:"kind,omitzero"`
}

func (v *Identity) ODataType() string     { return odata.TypeOf(v.AdditionalData, "ns.identity") }
func (*Identity) ODataTypes() []string    { return []string{"ns.identity", "ns.userIdentity"} }
func (v *UserIdentity) ODataType() string { return odata.TypeOf(v.AdditionalData, "ns.userIdentity") }
func (*UserIdentity) ODataTypes() []string {
	return []string{"ns.userIdentity"}
}
func (v *UserIdentity) AsIdentity() *Identity {
	base := v.Identity
	base.AdditionalData = odata.Upcast(base.AdditionalData, v.ODataType(), odata.Prop("kind", &v.Kind))
	return &base
}

func TestUpcastAndAs(t *testing.T) {
	user := &UserIdentity{Kind: odata.Of("guest")}
	user.ID = odata.Of("1")
	user.AdditionalData = map[string]jsontext.Value{"more": jsontext.Value("1.50")}
	identity := user.AsIdentity()
	if got := identity.ODataType(); got != "ns.userIdentity" {
		t.Errorf("the type is %s", got)
	}
	data, err := json.Marshal(identity, json.Deterministic(true))
	if want := `{"id":"1","@odata.type":"#ns.userIdentity","kind":"guest","more":1.50}`; err != nil || string(data) != want {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
	again, err := odata.As[UserIdentity](identity)
	if err != nil || again.Kind.Or("") != "guest" || again.ID.Or("") != "1" || string(again.AdditionalData["more"]) != "1.50" {
		t.Errorf("%v, %v", again, err)
	}
	if _, ok := user.AdditionalData["kind"]; ok {
		t.Error("the original was changed")
	}
}

// A value that has its type under the name of OData 4.01 keeps it alone.
func TestUpcastKeepsTheType(t *testing.T) {
	user := &UserIdentity{Kind: odata.Of("guest")}
	user.AdditionalData = map[string]jsontext.Value{"@type": jsontext.Value(`"#ns.admin"`)}
	data, err := json.Marshal(user.AsIdentity(), json.Deterministic(true))
	if want := `{"@type":"#ns.admin","kind":"guest"}`; err != nil || string(data) != want {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
}

func TestAsOfAnotherType(t *testing.T) {
	for text, ok := range map[string]bool{
		`{}`:                                 false,
		`{"@odata.type":"#ns.userIdentity"}`: true,
		`{"@odata.type":"ns.userIdentity"}`:  true,
		`{"@odata.type":"https://example.com/$metadata#ns.userIdentity"}`: true,
		`{"@odata.type":"#ns.deviceIdentity"}`:                            false,
		`{"@odata.type":"#NS.UserIdentity"}`:                              true,
		`{"@odata.type":17}`:                                              false,
		`{"@type":"#ns.userIdentity"}`:                                    true,
	} {
		var identity Identity
		if err := json.Unmarshal([]byte(text), &identity); err != nil {
			t.Fatal(err)
		}
		if _, err := odata.As[UserIdentity](&identity); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, v := range []odata.Structured{nil, (*Identity)(nil)} {
		if _, err := odata.As[UserIdentity](v); err == nil {
			t.Error("nil is taken for a user")
		}
	}
}

// A property that cannot be encoded must not vanish on the way to the base
// type.
func TestUpcastLosesNothingInSilence(t *testing.T) {
	broken := odata.Of(&Identity{AdditionalData: map[string]jsontext.Value{"x": jsontext.Value("{")}})
	identity := &Identity{AdditionalData: odata.Upcast(nil, "ns.userIdentity", odata.Prop("friend", &broken))}
	if data, err := json.Marshal(identity); err == nil {
		t.Errorf("encoded as %s", data)
	}
	user := &UserIdentity{Kind: odata.Of("a\xff")}
	if data, err := json.Marshal(user.AsIdentity()); err == nil {
		t.Errorf("a text that is not UTF-8 is encoded as %s", data)
	}
	if as, err := odata.As[Identity](&UserIdentity{Identity: Identity{ID: odata.Of("a\xff")}}); err == nil {
		t.Errorf("a text that is not UTF-8 becomes %v", as)
	}
}

func TestFlags(t *testing.T) {
	value := odata.Join[AllowedAudiences]("me", "organization")
	if value != "me,organization" {
		t.Errorf("Join gives %q", value)
	}
	if diff := cmp.Diff([]AllowedAudiences{"me", "organization", "new"}, odata.Split(AllowedAudiences("me, organization ,new"))); diff != "" {
		t.Error(diff)
	}
	if odata.Split(AllowedAudiences("")) != nil {
		t.Error("the empty value has members")
	}
	if !odata.Has("me, organization", AllowedAudiences("organization")) || odata.Has("organization", AllowedAudiences("organ")) {
		t.Error("Has is wrong")
	}
}
