package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
)

// commands measures the other commands on the whole of two versions of beta, without
// writing their reports.
func commands() ([]row, error) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, map[string]string{"go.mod": "module example.com/bench\n"}); err != nil {
		return nil, err
	}
	ctx := context.Background()
	c := config.Config{Input: config.Input{Source: schemaFile, APIVersion: "beta"}, Destination: config.Destination{Output: filepath.Join(dir, "graph")}}
	whole := c
	whole.Options = api.Everything()
	paged := c
	paged.Docs = pageDir
	rows := []row{
		{name: "raw XML tokens", floor: true},
		{name: "diff of two betas"},
		{name: "describe --types '**'"},
		{name: "slice of everything"},
		{name: "audit of the default selection, 103 pages"},
		{name: "explore, until the page can be opened"},
		{name: "a search in explore"},
	}
	explorer, err := generator.Explore(ctx, c, "", "")
	if err != nil {
		return nil, err
	}
	return measure(rows, []func(*testing.B){
		loop(func() error { return rawTokens(data) }),
		loop(func() error { _, _, err := generator.Diff(ctx, config.Config{}, olderFile, schemaFile); return err }),
		loop(func() error { _, _, err := generator.Describe(ctx, whole, "", false); return err }),
		loop(func() error { _, err := generator.Slice(ctx, whole); return err }),
		loop(func() error { _, _, err := generator.Audit(ctx, paged, ""); return err }),
		loop(func() error { _, err := generator.Explore(ctx, c, "", ""); return err }),
		loop(func() error { explorer.Search("create a project"); return nil }),
	}), nil
}

// wholes measures generating everything, and the same again after one property was
// added to one type.
func wholes() ([]row, error) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, map[string]string{"go.mod": "module example.com/bench\n"}); err != nil {
		return nil, err
	}
	c := config.Config{
		Input:       config.Input{Source: schemaFile, APIVersion: "beta"},
		Options:     api.Options{Types: []string{"**"}},
		Destination: config.Destination{Output: filepath.Join(dir, "graph")},
	}
	ctx := context.Background()
	if _, err := generator.Write(ctx, c, generator.WriteOptions{}); err != nil {
		return nil, err
	}
	rows := []row{
		{name: "raw XML tokens", floor: true},
		{name: "all types, compared with what is there"},
	}
	return measure(rows, []func(*testing.B){
		loop(func() error { return rawTokens(data) }),
		loop(func() error { _, err := generator.Generate(ctx, c); return err }),
	}), nil
}
