package generator

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/output"
)

// If the package cannot be written, the slice is as it was before.
func TestSourceIsPutBack(t *testing.T) {
	for name, before := range map[string][]byte{"changed": []byte("before"), "created": nil} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c := Config{Output: filepath.Join(dir, "profile"), ImportPath: "example.com/profile"}
			c, err := c.complete()
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "slice.xml")
			if before != nil {
				if err := os.WriteFile(file, before, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			in, err := read(t.Context(), c.Source)
			if err != nil {
				t.Fatal(err)
			}
			result, err := c.generate(in)
			if err != nil {
				t.Fatal(err)
			}
			// Meanwhile somebody puts a file where the folder is to be.
			if err := os.WriteFile(c.Output, nil, 0o644); err != nil {
				t.Fatal(err)
			}
			next := document{name: file, data: []byte("after"), upstream: &output.Upstream{}}
			if err := (&UpdateResult{Result: result}).write(state{source: before}, next, UpdateOptions{}); err == nil {
				t.Fatal("there is no error")
			}
			after, err := os.ReadFile(file)
			if before == nil && !os.IsNotExist(err) || string(after) != string(before) {
				t.Errorf("the source is %q, %v; it was %q", after, err, before)
			}
		})
	}
}
