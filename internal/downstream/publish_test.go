package downstream

import (
	"testing"

	"golang.org/x/mod/zip"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// The module can be published: go get refuses modules with file names that some
// system does not allow.
func TestModuleCanBePublished(t *testing.T) {
	files, err := zip.CheckDir(gotest.Root(t))
	if err != nil {
		t.Error(err)
	}
	if len(files.Valid) < 500 {
		t.Errorf("there are only %d files", len(files.Valid))
	}
}
