package downstream

import (
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// A client for mail compiles on other systems than this one: in a browser, with 32 bits,
// on Windows and on macOS. So do its tests.
func TestOtherSystems(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped in a short run: the standard library is compiled for each system")
	}
	c, err := config.Read(filepath.Join(gotest.Root(t), "internal/downstream/testdata/mail", config.Name))
	if err != nil {
		t.Fatal(err)
	}
	dir := gotest.Module(t)
	c.Source, c.Output = gotest.Metadata(t, "csdl/v1.0-2026-08.xml"), filepath.Join(dir, "graph")
	if _, err := generator.Write(t.Context(), c, generator.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, system := range []struct{ os, arch string }{{"js", "wasm"}, {"linux", "386"}, {"windows", "amd64"}, {"darwin", "arm64"}} {
		t.Run(system.os+"/"+system.arch, func(t *testing.T) {
			t.Setenv("GOOS", system.os)
			t.Setenv("GOARCH", system.arch)
			gotest.Go(t, dir, "build", "./...")
			gotest.Go(t, dir, "vet", "./...")
		})
	}
}
