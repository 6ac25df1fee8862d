package openapi_test

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/openapi"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// BenchmarkParse reads real documents: all of them, or for one path.
func BenchmarkParse(b *testing.B) {
	for name, test := range map[string]struct{ file, path string }{
		"People":                         {"People.yml", ""},
		"Users":                          {"Users.yml", ""},
		"IdentityGovernance":             {"Identity.Governance.yml", ""},
		"one path of People":             {"People.yml", "/users/{user-id}/profile/projects"},
		"one path of IdentityGovernance": {"Identity.Governance.yml", "/identityGovernance/entitlementManagement/accessPackages"},
	} {
		b.Run(name, func(b *testing.B) {
			data := readFile(b, gotest.Metadata(b, "openapi/beta-2020-10/"+test.file))
			var options openapi.Options
			if test.path != "" {
				options.Path = func(path string) bool { return strings.HasPrefix(test.path+"/", path+"/") }
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := openapi.Parse("f", data, options); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
