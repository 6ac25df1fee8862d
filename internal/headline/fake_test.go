package headline

import (
	"testing"

	"github.com/msgraphgen/msgraphgen/generated/profile"
	"github.com/msgraphgen/msgraphgen/generated/profile/fake"
)

// The test of the README.
func TestBerthPlanning(t *testing.T) {
	service := fake.NewService() // of package example.com/orders/profile/fake
	service.Fail(1, fake.Throttle)
	client, err := profile.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	project, err := client.Me().Profile().Projects().Create(t.Context(), &profile.ProjectParticipation{}, nil)
	if err != nil || project.ID.IsZero() || len(service.Requests()) != 2 {
		t.Error(project, err)
	}
}
