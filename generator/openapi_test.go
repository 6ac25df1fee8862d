package generator_test

import (
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// For each real OpenAPI document, a package for a few methods compiles and passes
// vet, staticcheck and its tests, and so does one for the whole document, without
// staticcheck.
func TestRealOpenAPI(t *testing.T) {
	t.Parallel()
	dir := gotest.Module(t)
	for _, test := range []struct {
		name, file, include, all string
		some, most               int // the methods of include, and of all
	}{
		{"people", "People.yml", "POST /users/{id}/profile/**", "POST /**", 19, 21},
		{"mail", "Mail.yml", "POST /users/{id}/mailFolders/{id}/**", "POST /**", 11, 14},
		{"planner", "Planner.yml", "POST /planner/**", "/**", 6, 91},
		{"users", "Users.yml", "POST /users/{id}/outlook/**", "POST /**", 11, 28},
		{"governance", "Identity.Governance.yml", "POST /identityGovernance/entitlementManagement/accessPackages", "POST /**", 1, 69},
	} {
		c := config.Config{
			Source:  gotest.Metadata(t, "openapi/beta-2020-10/"+test.file),
			Include: []string{test.include},
			Output:  filepath.Join(dir, "some", test.name),
			OData:   "example.com/downstream/some/people/odata",
		}
		if test.name == "people" { // whose support package the others share
			c.OData = ""
		}
		if result := generate(t, c); result.Methods != test.some {
			t.Errorf("%s: %d methods, want %d", test.file, result.Methods, test.some)
		}
		c.Include, c.Types, c.Output = []string{test.all}, []string{"**"}, filepath.Join(dir, "all", test.name)
		c.OData = "example.com/downstream/some/people/odata"
		if result := generate(t, c); result.Methods != test.most {
			t.Errorf("%s: %d methods in all, want %d", test.file, result.Methods, test.most)
		}
	}
	gotest.Check(t, filepath.Join(dir, "some"))
	gotest.Go(t, dir, "vet", "./all/...")
	gotest.Go(t, dir, "test", "-vet=off", "-ldflags=-s -w", "./all/...")
}
