package generator

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/config"
)

// If the package cannot be written, the slice stays as it was.
func TestSourceIsPutBack(t *testing.T) {
	for name, before := range map[string][]byte{"changed": []byte("before"), "created": nil} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c := config.Config{Output: filepath.Join(dir, "profile"), ImportPath: "example.com/profile"}
			file := filepath.Join(dir, "slice.xml")
			if before != nil {
				if err := os.WriteFile(file, before, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			result, err := Generate(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			// Meanwhile, somebody puts a file in place of the folder.
			if err := os.WriteFile(c.Output, nil, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := (&UpdateResult{Result: result, Source: file}).write(&run{source: before}, []byte("after"), UpdateOptions{}); err == nil {
				t.Fatal("there is no error")
			}
			after, err := os.ReadFile(file)
			if before == nil && !os.IsNotExist(err) || string(after) != string(before) {
				t.Errorf("the source is %q, %v; it was %q", after, err, before)
			}
		})
	}
}
