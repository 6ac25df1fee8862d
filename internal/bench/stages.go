package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// rawTokens reads the raw tokens of an XML document. It is the floor.
func rawTokens(data []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := decoder.RawToken(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// stages measures each pass of the headline case, and all of them.
func stages() ([]row, error) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/bench\n"), 0o644); err != nil {
		return nil, err
	}
	settings := config.Config{Source: schemaFile, Output: filepath.Join(dir, "projects")}
	options := golang.Options{
		Package:    "projects",
		ImportPath: "example.com/bench/projects",
		ODataPath:  "example.com/bench/projects/odata",
		APIVersion: "beta",
		Rules:      ident.Default(),
	}
	include := api.Options{Include: config.DefaultInclude}

	// The results of each pass are the input of the next one.
	m, err := csdl.Parse(schemaFile, data, csdl.Options{})
	if err != nil {
		return nil, err
	}
	model.Link(m)
	selected, err := api.Select(m, include)
	if err != nil {
		return nil, err
	}
	plan, err := golang.NewPlan(m, selected, options)
	if err != nil {
		return nil, err
	}
	files, err := golang.Render(plan)
	if err != nil {
		return nil, err
	}

	same := filepath.Join(dir, "same")
	if err := writeAll(same, files); err != nil {
		return nil, err
	}

	rows := []row{
		{name: "raw XML tokens", floor: true},
		{name: "csdl.Parse"},
		{name: "csdl.Parse and model.Link"},
		{name: "api.Select"},
		{name: "golang.NewPlan"},
		{name: "golang.Render"},
		{name: "output, everything new"},
		{name: "output, nothing changed"},
		{name: "generator.Generate", target: "≤ 3.00"},
		{name: "199 methods: mail, contacts, tasks", target: "≤ 3.50"},
		{name: "212 methods: mail, calendar", target: "≤ 3.50"},
	}
	return measure(rows, []func(*testing.B){
		loop(func() error { return rawTokens(data) }),
		loop(func() error {
			_, err := csdl.Parse(schemaFile, data, csdl.Options{})
			return err
		}),
		loop(func() error {
			m, err := csdl.Parse(schemaFile, data, csdl.Options{})
			if err != nil {
				return err
			}
			model.Link(m)
			return nil
		}),
		loop(func() error { _, err := api.Select(m, include); return err }),
		loop(func() error { _, err := golang.NewPlan(m, selected, options); return err }),
		loop(func() error { _, err := golang.Render(plan); return err }),
		loop(func() error {
			out, err := os.MkdirTemp(dir, "out")
			if err != nil {
				return err
			}
			return writeAll(out, files)
		}),
		loop(func() error { _, err := output.Compare(same, files, lock.File{}); return err }),
		loop(func() error { return generateOnly(settings, nil) }),
		loop(func() error { return generateOnly(settings, mailAndContacts) }),
		loop(func() error { return generateOnly(settings, mailAndCalendar) }),
	}), nil
}

// generateOnly generates a package and compares it with its folder, without writing it.
func generateOnly(c config.Config, include []string) error {
	c.Include = include
	_, err := generator.Generate(context.Background(), c)
	return err
}

func writeAll(dir string, files output.Files) error {
	changes, err := output.Compare(dir, files, lock.File{})
	if err != nil {
		return err
	}
	return changes.Write(output.WriteOptions{})
}

func loop(f func() error) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := f(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
