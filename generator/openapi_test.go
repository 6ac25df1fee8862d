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
	dir := gotest.Module(t)
	for _, test := range []struct {
		name, file, include string
		operations, most    int // of the selection, and of everything
	}{
		{"people", "People.yml", "POST /users/{id}/profile/**", 19, 21},
		{"mail", "Mail.yml", "POST /users/{id}/mailFolders/{id}/**", 11, 14},
		{"planner", "Planner.yml", "POST /planner/**", 6, 10},
		{"users", "Users.yml", "POST /users/{id}/outlook/**", 11, 21},
		{"governance", "Identity.Governance.yml", "POST /identityGovernance/entitlementManagement/accessPackages", 1, 49},
	} {
		c := config.Config{
			Source:  gotest.Metadata(t, "openapi/beta-2020-10/"+test.file),
			Include: []string{test.include},
			Output:  filepath.Join(dir, "some", test.name),
			OData:   "example.com/downstream/some/people/odata",
		}
		if test.name == "people" { // the others share its support package
			c.OData = ""
		}
		if result := generate(t, c); result.Methods != test.operations {
			t.Errorf("%s: %d methods, want %d", test.file, result.Methods, test.operations)
		}
		c.Include, c.Types, c.Output = []string{"/**"}, []string{"**"}, filepath.Join(dir, "all", test.name)
		c.OData = "example.com/downstream/some/people/odata"
		if result := generate(t, c); result.Methods != test.most {
			t.Errorf("%s: %d operations in all, want %d", test.file, result.Methods, test.most)
		}
	}
	gotest.Check(t, filepath.Join(dir, "some"))
	gotest.Go(t, dir, "vet", "./all/...")
	gotest.Go(t, dir, "test", "./all/...")
}
