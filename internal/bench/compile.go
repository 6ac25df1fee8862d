package main

import (
	"os"
	"path/filepath"
)

const userProgram = `package main

import (
	"context"
	"fmt"

	"example.com/bench/profile"
	"example.com/bench/profile/odata"
)

func main() {
	client, err := profile.NewClient(nil, nil)
	if err != nil {
		panic(err)
	}
	project, err := client.Me().Profile().Projects().Create(context.Background(), &profile.ProjectParticipation{
		DisplayName: odata.Of("Orchard"),
	}, nil)
	fmt.Println(project, err)
}
`

const httpProgram = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	response, err := http.Post("https://graph.microsoft.com/beta/me/profile/projects", "application/json", nil)
	fmt.Println(response, err)
}
`

// compilation measures go build of programs with an empty build cache, and the build
// of a generated package alone with a full one.
func compilation() ([]row, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := programs(dir); err != nil {
		return nil, err
	}
	rows := []row{
		{name: "net/http, cold", floor: true},
		{name: "generated client, cold", target: "≤ 1.40"},
		{name: "generated package alone"},
		{name: "twelve calls with net/http, cold", floor: true},
		{name: "twelve calls with a generated client, cold", target: "≤ 1.35"},
		{name: "its generated package alone"},
	}
	for i := range 5 {
		for r, program := range []struct{ name, generated string }{{"./http", ""}, {".", "profile"}, {}, {"./requests", ""}, {"./calls", "graph"}} {
			if program.name == "" {
				continue
			}
			cache, err := os.MkdirTemp(dir, "cache")
			if err != nil {
				return nil, err
			}
			if err := rows[r].add(run(dir, []string{"GOCACHE=" + cache}, "go", "build", "-o", os.DevNull, program.name)); err != nil {
				return nil, err
			}
			if program.generated != "" {
				// A comment makes the package new; everything else is in the
				// cache.
				doc := filepath.Join(dir, program.generated, "doc.go")
				text, err := os.ReadFile(doc)
				if err != nil {
					return nil, err
				}
				if err := os.WriteFile(doc, append(text, "\n// Round "+string(rune('a'+i))+".\n"...), 0o644); err != nil {
					return nil, err
				}
				if err := rows[r+1].add(run(dir, []string{"GOCACHE=" + cache}, "go", "build", "./"+program.generated)); err != nil {
					return nil, err
				}
			}
			if err := os.RemoveAll(cache); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// binaries measures the sizes of the programs with twelve calls.
func binaries() ([]row, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := programs(dir); err != nil {
		return nil, err
	}
	rows := []row{{name: "twelve calls with net/http", floor: true}, {name: "twelve calls with a generated client", target: "≤ 1.35"}}
	for i, program := range []string{"requests", "calls"} {
		file := filepath.Join(dir, "binary")
		built, err := run(dir, nil, "go", "build", "-o", file, "./"+program)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(file)
		if err != nil {
			return nil, err
		}
		built.peak = float64(info.Size())
		if err := rows[i].add(built, nil); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// programs writes the programs to build, with the packages that they use, into a
// module in dir.
func programs(dir string) error {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	schema, err := filepath.Abs(schemaFile)
	if err != nil {
		return err
	}
	if err := write(dir, map[string]string{
		"go.mod": string(mod), "go.sum": string(sum), "main.go": userProgram, "http/main.go": httpProgram,
		"calls/main.go": twelveCallsProgram, "requests/main.go": twelveRequestsProgram,
	}); err != nil {
		return err
	}
	if _, err := run(dir, nil, "go", "mod", "edit", "-module", "example.com/bench"); err != nil {
		return err
	}
	command := filepath.Join(dir, "msgraphgen")
	if _, err := run(".", nil, "go", "build", "-o", command, "./cmd/msgraphgen"); err != nil {
		return err
	}
	if _, err := run(dir, nil, command, "generate", "--quiet"); err != nil {
		return err
	}
	twelve := append([]string{"generate", "--quiet", "--source", schema, "--output", "graph"}, including(twelveCalls)...)
	_, err = run(dir, nil, command, twelve...)
	return err
}
