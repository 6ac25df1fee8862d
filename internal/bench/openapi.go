package main

import (
	"os"
	"path/filepath"
)

// documents are OpenAPI documents, each with the selection to generate.
var documents = []struct{ file, include string }{
	{"People.yml", "POST /users/{id}/profile/**"},
	{"Identity.Governance.yml", "POST /identityGovernance/entitlementManagement/accessPackages"},
}

// openAPI measures whole runs of the command on OpenAPI documents.
func openAPI() ([]row, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, map[string]string{"go.mod": "module example.com/bench\n\ngo 1.27\n"}); err != nil {
		return nil, err
	}
	load, command := filepath.Join(dir, "load"), filepath.Join(dir, "msgraphgen")
	for program, source := range map[string]string{load: "./internal/bench/load", command: "./cmd/msgraphgen"} {
		if _, err := run(".", nil, "go", "build", "-o", program, source); err != nil {
			return nil, err
		}
	}
	var rows []row
	for _, d := range documents {
		file, err := filepath.Abs(openAPIDir + "/" + d.file)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(file); err != nil {
			return nil, err
		}
		some := []row{
			{name: d.file + ": kin-openapi loads it", floor: true},
			{name: "with origins"},
			{name: "msgraphgen generate --include '" + d.include + "'", target: "memory ≤ 1.30"},
		}
		for range 2 * rounds {
			if err := some[0].add(run(dir, nil, load, file)); err != nil {
				return nil, err
			}
			if err := some[1].add(run(dir, nil, load, "-origins", file)); err != nil {
				return nil, err
			}
			if err := some[2].add(run(dir, ownCache(dir), command, "generate", "--quiet", "--source", file, "--include", d.include, "--output", "out")); err != nil {
				return nil, err
			}
			if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
				return nil, err
			}
		}
		rows = append(rows, some...)
	}
	return rows, nil
}
