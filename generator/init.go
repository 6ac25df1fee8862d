package generator

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates"
)

// GenerateName is the name of the file with the go:generate line.
const GenerateName = "generate.go"

// GoGenerate is the line that has the go command run the generator.
const GoGenerate = "//go:generate go tool msgraphgen generate"

// Init returns the files that a folder needs for generating what c asks for:
// a configuration with comments, and a Go file with the go:generate line,
// unless one has it. It checks that the source has what is asked for; or the
// upstream, where the source is to be taken from that.
//
// Errors are those of [Generate].
func Init(ctx context.Context, c Config, dir string) (map[string][]byte, error) {
	if c.Upstream != "" && c.Source == "" {
		c.Source = sliceName(cmp.Or(c.Output, defaultOutput))
	}
	odata := c.OData // as it is given
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	from := c
	if c.Upstream != "" {
		if from.Source, err = c.upstream(); err != nil {
			return nil, err
		}
	}
	var ds source.Diagnostics
	m, _, err := load(ctx, from, &ds)
	if err != nil {
		return nil, err
	}
	if _, err := choose(m, c); err != nil {
		return nil, err
	}
	config, err := configFile(c, odata)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{ConfigName: config}
	name, has, err := goFiles(dir)
	if err != nil {
		return nil, err
	}
	if !has {
		files[GenerateName] = []byte("package " + name + "\n\n" + GoGenerate + "\n")
	}
	return files, nil
}

// sliceName returns the name of the slice for a package: beside its folder, or
// in it if that is the current one.
func sliceName(output string) string {
	if base := filepath.Base(output); base != "." && base != ".." {
		return output + ".xml"
	}
	return filepath.Join(output, cmp.Or(packageName(output), "slice")+".xml")
}

// configFile returns the configuration that says what c does.
func configFile(c Config, odata string) ([]byte, error) {
	var failed error
	scalar := func(text string) string {
		data, err := yaml.Marshal(text)
		if err != nil {
			failed = err
		}
		return strings.TrimSpace(string(data))
	}
	names := templates.ConfigNames{
		Source:     scalar(filepath.ToSlash(c.Source)),
		Output:     scalar(filepath.ToSlash(c.Output)),
		APIVersion: scalar(c.APIVersion),
	}
	if c.Package != packageName(c.Output) {
		names.Package = scalar(c.Package)
	}
	if odata != "" {
		names.OData = scalar(filepath.ToSlash(odata))
	}
	if c.Upstream != "" {
		names.Upstream = scalar(filepath.ToSlash(c.Upstream))
	}
	if c.Docs != "" {
		names.Docs = scalar(filepath.ToSlash(c.Docs))
	}
	for _, pattern := range c.Include {
		names.Include = append(names.Include, scalar(pattern))
	}
	if failed != nil {
		return nil, fmt.Errorf("the configuration cannot be written: %w", failed)
	}
	return templates.Config(names)
}

// goFiles returns the name of the package in a folder, or one that the folder
// suggests, and whether one of its files has the go:generate line.
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
	if name == "" {
		name = packageName(dir)
	}
	if name == "" || !token.IsIdentifier(name) {
		name = "main"
	}
	return name, has, nil
}
