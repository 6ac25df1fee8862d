package directory

import (
	"errors"
	"testing"
	"time"

	"example.com/downstream/directory/graph"
	"example.com/downstream/directory/graph/fake"
	"example.com/downstream/directory/graph/odata"
	"example.com/downstream/server"
)

func TestRotate(t *testing.T) {
	secret, err := Rotate(t.Context(), connect(t,
		server.Exchange{
			Request:  "POST /v1.0/applications(appId='a%27%27b')/addPassword",
			Body:     `{"passwordCredential":{"displayName":"Rotated","endDateTime":"2025-01-01T00:00:00Z"}}`,
			Response: `{"secretText":"new"}`,
		},
		server.Exchange{
			Request: "PATCH /v1.0/servicePrincipals(appId='a%27%27b')",
			Body:    `{"accountEnabled":true,"notes":null}`, Status: 204,
		},
	), "a'b", time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC))
	if secret != "new" || err != nil {
		t.Errorf("%s, %v", secret, err)
	}
}

// The program rotates a secret in a fake directory, which finds applications by their
// alternate key.
func TestFakeRotate(t *testing.T) {
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(service.Seed("/applications", `{"appId":"a"}`), service.Seed("/servicePrincipals", `{"appId":"a","notes":"old"}`)); err != nil {
		t.Fatal(err)
	}
	service.ApplicationsItemAddPassword = func(_ *fake.Call, body *graph.ApplicationAddPassword) (*graph.PasswordCredential, error) {
		credential, _ := body.PasswordCredential.Get()
		credential.SecretText = odata.Of("secret")
		return credential, nil
	}
	if secret, err := Rotate(t.Context(), client, "a", time.Now().AddDate(1, 0, 0)); secret != "secret" || err != nil {
		t.Errorf("%s, %v", secret, err)
	}
	if principal, err := client.ServicePrincipals().ByAppID("a").Get(t.Context(), nil); err != nil || !principal.Notes.IsNull() || !principal.AccountEnabled.Or(false) {
		t.Errorf("%v, %v", principal, err)
	}
	if _, err := client.Applications().ByAppID("b").Get(t.Context(), nil); !errors.Is(err, odata.ErrNotFound) {
		t.Errorf("another application: %v", err)
	}
}
