package directory

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"example.com/downstream/directory/graph"
	"example.com/downstream/directory/graph/fake"
)

// The program hires a user into a fake directory, reports, and lets the user go.
func TestFake(t *testing.T) {
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		service.Seed("/users/lee", `{"userPrincipalName":"lee@example.com"}`),
		service.Seed("/groups/g1"), service.Seed("/groups/g2"),
	); err != nil {
		t.Fatal(err)
	}
	id, err := Hire(t.Context(), client, "Meg", "meg@example.com", "secret", "lee@example.com", "g1", "g2")
	if err != nil {
		t.Fatal(err)
	}
	// Which groups a user is in is not worked out from their members.
	if err := service.Seed("/users/"+id, `{"userType":"Guest","companyName":"O'Neil & Sons","mail":"meg@example.com","department":"Sales",
		"assignedLicenses":[{"skuId":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}],
		"memberOf":[{"@odata.type":"#microsoft.graph.group","displayName":"Sales","groupTypes":["Unified"]},{"@odata.type":"#microsoft.graph.group","displayName":"All"}]}`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := errors.Join(Report(t.Context(), &out, client, "O'Neil"), Members(t.Context(), &out, client, "g1")); err != nil {
		t.Error(err)
	}
	if want := "1 guests\nMeg\n  works for lee\n  is in Sales\nuser meg@example.com\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
	if n, err := Licensed(t.Context(), client, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", time.Now().AddDate(1, 0, 0)); n != 1 || err != nil {
		t.Errorf("%d licensed, %v", n, err)
	}
	licensed := ""
	service.UsersItemAssignLicense = func(call *fake.Call, body *graph.UserAssignLicense) (*graph.User, error) {
		licensed = call.Keys[0]
		return &graph.User{}, nil
	}
	if err := License(t.Context(), client, id, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "00000000-0000-0000-0000-000000000001"); err != nil || licensed != id {
		t.Errorf("%s is licensed, %v", licensed, err)
	}
	for range 2 { // the second time, both have been done
		if err := Leave(t.Context(), client, id, "g1"); err != nil {
			t.Error(err)
		}
	}
	if err := Members(t.Context(), &out, client, "g2"); err != nil || bytes.Count(out.Bytes(), []byte("user")) != 1 {
		t.Errorf("it prints %s, %v", &out, err)
	}
}
