package directory

import (
	"context"
	"time"

	"example.com/downstream/directory/graph"
	"example.com/downstream/directory/graph/odata"
)

// Rotate gives an application a new secret, which is valid until a moment, and
// enables its service principal.
func Rotate(ctx context.Context, client *graph.Client, appID string, until time.Time) (string, error) {
	application := client.Applications().ByAppID(appID)
	secret, err := application.AddPassword(ctx, &graph.ApplicationAddPassword{
		PasswordCredential: odata.Of(&graph.PasswordCredential{DisplayName: odata.Of("Rotated"), EndDateTime: odata.Of(until)}),
	}, nil)
	if err != nil {
		return "", err
	}
	_, err = client.ServicePrincipals().ByAppID(appID).Update(ctx, &graph.ServicePrincipal{
		AccountEnabled: odata.Of(true), Notes: odata.Null[string](),
	}, nil)
	return secret.SecretText.Or(""), err
}
