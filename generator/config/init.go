package config

import (
	"bytes"
	"cmp"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates"
)

// GenerateName is the name of the file with the go:generate line.
const GenerateName = "generate.go"

// GoGenerate is the line that makes go generate run the generator.
const GoGenerate = "//go:generate go tool msgraphgen generate"

// SliceName returns the default name of the slice of a package: beside the folder
// of the package, or in it if that is the current folder.
func SliceName(output string) string {
	if base := filepath.Base(output); base != "." && base != ".." {
		return output + ".xml"
	}
	return filepath.Join(output, cmp.Or(packageName(output), "slice")+".xml")
}

// OutputFor returns the default folder of the package for patterns of methods: the
// last segment of their paths that is a name, "messages" for /me/messages. For paths
// that end differently it is "graph".
func OutputFor(include []string) string {
	name := ""
	for _, pattern := range include {
		_, path, _ := strings.Cut(pattern, "/")
		last := ""
		for segment := range strings.SplitSeq(path, "/") {
			if !strings.ContainsAny(segment, "*{}.") {
				last = strings.ToLower(segment)
			}
		}
		if !isPackageName(last) || name != "" && last != name {
			return "graph"
		}
		name = last
	}
	return cmp.Or(name, DefaultOutput)
}

// Init returns the files that a folder needs to generate the package of c, by
// name: a configuration with comments, and a Go file with the go:generate line
// unless a file has that line already. c is complete; odata is its OData as the
// user wrote it.
//
// The go:generate line goes into the Go package of the folder. If there is none,
// it goes into the generated package, whose name does not depend on Go files that
// the user adds later.
func Init(c Config, odata, dir string) (map[string][]byte, error) {
	text, err := File(c, odata)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{Name: text}
	name, has, err := goFiles(dir)
	if err != nil || has {
		return files, err
	}
	file := GenerateName
	if name == "" {
		name, file = c.Package, filepath.Join(c.Output, GenerateName)
		if _, has, err = goFiles(c.Output); err != nil || has {
			return files, err
		}
	}
	files[file] = []byte("package " + name + "\n\n" + GoGenerate + "\n")
	return files, nil
}

// File returns the text of a configuration file for c, with comments. odata is the
// OData of c as the user wrote it.
func File(c Config, odata string) ([]byte, error) {
	optional := func(text string) string {
		if text == "" {
			return ""
		}
		return plainScalar(filepath.ToSlash(text))
	}
	names := templates.ConfigNames{
		Source:     plainScalar(filepath.ToSlash(c.Source)),
		Output:     plainScalar(filepath.ToSlash(c.Output)),
		APIVersion: optional(c.APIVersion),
		OData:      optional(odata),
		Upstream:   optional(c.Upstream),
		Docs:       optional(c.Docs),
	}
	if c.Package != "" && c.Package != packageName(c.Output) {
		names.Package = plainScalar(c.Package)
	}
	for _, pattern := range c.Include {
		names.Include = append(names.Include, plainScalar(pattern))
	}
	text, err := templates.Config(names)
	if err != nil {
		return nil, err
	}
	return addRest(text, c), nil
}

// addRest adds the values of c that the template of a configuration does not have.
func addRest(text []byte, c Config) []byte {
	all := string(text)
	for _, setting := range []struct {
		set                 bool
		key, value, comment string
	}{
		{c.Format != "" && c.Format != FormatAuto, "format", c.Format, "The format of the source."},
		{c.ExternalRefs, "external-refs", "true", "Read the files that the OpenAPI document refers to, in its folder and below."},
		{c.Keys != "", "keys", c.Keys, "Where paths have keys: in segments or in parentheses."},
		{c.KeepDeprecated, "keep-deprecated", "true", ""},
	} {
		if !setting.set {
			continue
		}
		if setting.comment != "" {
			all += "\n# " + setting.comment + "\n"
		}
		all = addKey(all, setting.key, setting.key+": "+setting.value+"\n", "\n")
	}
	for _, list := range []struct {
		key   string
		items []string
	}{
		{"exclude", c.Exclude}, {"types", c.Types}, {"expand", c.Expand}, {"derived", c.Derived}, {"read-only", c.ReadOnly}, {"settable", c.Settable},
	} {
		all = editList(all, list.key, list.items)
	}
	return []byte(all)
}

// goFiles returns the name of the Go package in a folder, or "", and whether one
// of the files there has the go:generate line.
func goFiles(dir string) (name string, has bool, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", false, err
	}
	slices.Sort(files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", false, err
		}
		has = has || bytes.Contains(data, []byte(GoGenerate))
		if f, err := parser.ParseFile(token.NewFileSet(), file, data, parser.PackageClauseOnly); err == nil && name == "" && !strings.HasSuffix(f.Name.Name, "_test") {
			name = f.Name.Name
		}
	}
	return name, has, nil
}
