package fake_test

import (
	"errors"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A delta link that the service did not give is one that it has forgotten.
func TestUnknownDeltaLinkIsGone(t *testing.T) {
	s := newService(nil)
	c := newClient(t, s)
	items := c.Resource("items")
	changes := odata.Delta[Item](odata.Segment(items, "delta"), odata.Method{Name: "Items.Delta"}, nil)
	for _, err := range changes.All(t.Context()) {
		t.Fatal(err)
	}
	for link, gone := range map[string]bool{
		changes.Link():                                 false,
		"/items/delta?$deltatoken=7":                   true,
		"/items/delta?$deltatoken=latest-of-last-year": true,
	} {
		if got := send(t, s, "GET", link, ""); (got.status == 410) != gone || !gone && got.status != 200 {
			t.Errorf("%s: %d %s", link, got.status, got.text)
		}
	}
	for _, err := range odata.DeltaFrom[Item](items, odata.Method{Name: "Items.Delta"}, "https://service.example/v1.0/items/delta?$deltatoken=7").All(t.Context()) {
		if !errors.Is(err, odata.ErrGone) {
			t.Error(err)
		}
	}
}
