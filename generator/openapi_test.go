package generator_test

import (
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// Each of the real OpenAPI documents gives packages that compile, pass vet,
// staticcheck and their own tests: of a few operations, and of everything.
func TestRealOpenAPI(t *testing.T) {
	for file, include := range map[string]struct {
		pattern    string
		operations int
	}{
		"People.yml":              {"POST /users/{id}/profile/**", 19},
		"Mail.yml":                {"POST /users/{id}/mailFolders/{id}/**", 11},
		"Planner.yml":             {"POST /planner/**", 6},
		"Users.yml":               {"POST /users/{id}/outlook/**", 11},
		"Identity.Governance.yml": {"POST /identityGovernance/entitlementManagement/accessPackages", 1},
	} {
		t.Run(file, func(t *testing.T) {
			dir := gotest.Module(t)
			c := generator.Config{
				Source:  gotest.Metadata(t, "openapi/beta-2020-10/"+file),
				Include: []string{include.pattern},
				Output:  filepath.Join(dir, "some"),
			}
			if result := generate(t, c); result.Creates != include.operations {
				t.Errorf("%d operations, want %d", result.Creates, include.operations)
			}
			c.Include, c.Types, c.Output = []string{"/**"}, []string{"**"}, filepath.Join(dir, "all")
			c.OData = "example.com/downstream/some/odata"
			generate(t, c)
			gotest.Check(t, dir)
		})
	}
}
