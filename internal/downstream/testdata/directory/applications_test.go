package directory

import (
	"testing"
	"time"

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
