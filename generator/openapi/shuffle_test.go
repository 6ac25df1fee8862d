package openapi_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/msgraphgen/msgraphgen/internal/dump"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// validFixtures returns the fixtures without defects that these tests can read:
// they are in one file, do not repeat names, and are in YAML 1.1.
func validFixtures(t *testing.T) []string {
	return slices.DeleteFunc(fixtureFiles(t), func(file string) bool {
		name := filepath.Base(file)
		return filepath.Base(filepath.Dir(file)) != "valid" || strings.HasPrefix(name, "external") || strings.HasPrefix(name, "repeated") || name == "yaml_1_2.yaml"
	})
}

// modelOf returns what is in the model of a document, without positions.
func modelOf(t *testing.T, data []byte) string {
	t.Helper()
	m, err := parse("f", data, optionsFor(""))
	if err != nil {
		t.Fatal(err)
	}
	return dump.Text(m, nil)
}

// TestShuffled reads documents in which schemas, properties, paths, operations
// and all other objects have their members in another order: the linked model
// is the same.
func TestShuffled(t *testing.T) {
	for _, file := range validFixtures(t) {
		if strings.Contains(file, "aliases") || filepath.Ext(file) == ".json" {
			continue // an anchor comes first; not all JSON is YAML
		}
		t.Run(filepath.Base(file), func(t *testing.T) { checkShuffled(t, readFile(t, file), 20) })
	}
	t.Run("real", func(t *testing.T) {
		checkShuffled(t, readFile(t, gotest.Metadata(t, realDocuments[0])), 1)
	})
}

func checkShuffled(t *testing.T, data []byte, times int) {
	want := modelOf(t, data)
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range times {
		shuffle(&root, random)
		shuffled, err := yaml.Marshal(&root)
		if err != nil {
			t.Fatal(err)
		}
		if got := modelOf(t, shuffled); want != got {
			t.Fatal(cmp.Diff(want, got))
		}
	}
}

func shuffle(n *yaml.Node, random *rand.Rand) {
	if n.Kind == yaml.MappingNode {
		random.Shuffle(len(n.Content)/2, func(i, j int) {
			n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
			n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
		})
	}
	for _, child := range n.Content {
		shuffle(child, random)
	}
}

// TestJSON reads documents written as JSON: the model is the same.
func TestJSON(t *testing.T) {
	for _, file := range validFixtures(t) {
		if filepath.Ext(file) == ".json" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data := readFile(t, file)
			written := oneLineOfJSON(t, data)
			if diff := cmp.Diff(modelOf(t, data), modelOf(t, written)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// texts returns a value of YAML as JSON has it: with objects whose names are
// texts, and with dates as texts.
func texts(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			value[key] = texts(member)
		}
	case map[any]any:
		object := map[string]any{}
		for key, member := range value {
			object[key.(string)] = texts(member)
		}
		return object
	case time.Time:
		return value.Format(time.DateOnly)
	case []any:
		for i, item := range value {
			value[i] = texts(item)
		}
	}
	return value
}

// TestLayout reads documents with other line ends and with a byte order mark:
// everything is at the same place.
func TestLayout(t *testing.T) {
	for _, file := range fixtureFiles(t) {
		name := filepath.Base(file)
		if name == "utf16.yaml" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			data := readFile(t, file)
			read := func(data []byte) string { return everything(name, data, optionsFor(file)) }
			want := read(data)
			for change, changed := range map[string][]byte{
				"CRLF":            bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")),
				"byte order mark": append([]byte("\uFEFF"), data...),
			} {
				if diff := cmp.Diff(want, read(changed)); diff != "" {
					t.Errorf("%s: %s", change, diff)
				}
			}
		})
	}
}
