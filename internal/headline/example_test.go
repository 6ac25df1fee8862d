package headline

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/msgraphgen/msgraphgen/generated/profile"
	"github.com/msgraphgen/msgraphgen/generated/profile/odata"
)

// The example of the README, against a server that answers with what it gets.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Println(r.Method, r.URL.Path)
		fmt.Println(string(body))
		w.WriteHeader(http.StatusCreated)
		w.Write(body)
	}))
	defer server.Close()
	ctx := context.Background()

	client, err := profile.NewClient(nil, &profile.ClientOptions{Endpoint: server.URL + "/beta"})
	if err != nil {
		fmt.Println(err)
		return
	}
	project, err := client.Users().ByID("adele@example.com").Profile().Projects().Create(ctx, &profile.ProjectParticipation{
		DisplayName: odata.Of("Lumen Harbor Berth Planning"),
		Categories:  odata.ListOf("Logistics"),
		Client: odata.Of(&profile.CompanyDetail{
			DisplayName: odata.Of("Lumen Harbor Ltd."),
			WebURL:      odata.Of("https://www.lumenharbor.example"),
		}),
		AllowedAudiences: odata.Of(profile.AllowedAudiencesOrganization),
		Inference:        odata.Null[*profile.InferenceData](),
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(project.DisplayName.Get())
	// Output:
	// POST /beta/users/adele@example.com/profile/projects
	// {"allowedAudiences":"organization","inference":null,"categories":["Logistics"],"client":{"displayName":"Lumen Harbor Ltd.","webUrl":"https://www.lumenharbor.example"},"displayName":"Lumen Harbor Berth Planning"}
	// Lumen Harbor Berth Planning true
}
