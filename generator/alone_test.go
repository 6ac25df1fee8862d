package generator_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// A package with a single method, of any kind, compiles with its tests: what one method
// leaves out, others of a larger package bring along.
func TestEachMethodAlone(t *testing.T) {
	for _, fixture := range []string{"methods", "paths", "sending"} {
		t.Run(fixture, func(t *testing.T) {
			t.Parallel()
			c, err := config.Read(filepath.Join(gotest.Root(t), "testdata", "golden", fixture, config.Name))
			if err != nil {
				t.Fatal(err)
			}
			list, _, err := generator.Describe(t.Context(), config.Config{Input: c.Input}, "/**", false)
			if err != nil {
				t.Fatal(err)
			}
			const project = "github.com/msgraphgen/msgraphgen"
			dir := gotest.Module(t)
			gotest.Go(t, dir, "mod", "edit", "-require", project+"@v0.0.0", "-replace", project+"="+gotest.Root(t))
			c.Exclude, c.Types, c.OData = nil, nil, project+"/templates/odata"
			for i, method := range gotest.Part(list.Methods, 24, 1) {
				c.Package = fmt.Sprintf("p%d", i)
				c.Include, c.Output = []string{method.Verb + " " + method.Path}, filepath.Join(dir, c.Package)
				if result := generate(t, c); result.Methods != 1 {
					t.Errorf("%s selects %d methods", c.Include, result.Methods)
				}
			}
			gotest.Go(t, dir, "vet", "./...")
		})
	}
}
