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

// compilation measures go build with an empty build cache, and the build of the
// generated package alone with a full one.
func compilation() ([]row, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return nil, err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return nil, err
	}
	if err := write(dir, map[string]string{
		"go.mod": string(mod), "go.sum": string(sum), "main.go": userProgram, "http/main.go": httpProgram,
	}); err != nil {
		return nil, err
	}
	if _, err := run(dir, nil, "go", "mod", "edit", "-module", "example.com/bench"); err != nil {
		return nil, err
	}
	command := filepath.Join(dir, "msgraphgen")
	if _, err := run(".", nil, "go", "build", "-o", command, "./cmd/msgraphgen"); err != nil {
		return nil, err
	}
	if _, err := run(dir, nil, command, "generate", "--quiet"); err != nil {
		return nil, err
	}
	rows := []row{
		{name: "net/http, cold", floor: true},
		{name: "generated client, cold", target: "≤ 1.40"},
		{name: "generated package alone"},
	}
	for i := range 3 {
		for r, target := range []string{"./http", "."} {
			cache, err := os.MkdirTemp(dir, "cache")
			if err != nil {
				return nil, err
			}
			if err := rows[r].add(run(dir, []string{"GOCACHE=" + cache}, "go", "build", "-o", os.DevNull, target)); err != nil {
				return nil, err
			}
			if r == 1 {
				// A comment makes the package new; everything else is in the
				// cache.
				doc := filepath.Join(dir, "profile", "doc.go")
				text, err := os.ReadFile(doc)
				if err != nil {
					return nil, err
				}
				if err := os.WriteFile(doc, append(text, "\n// Round "+string(rune('a'+i))+".\n"...), 0o644); err != nil {
					return nil, err
				}
				if err := rows[2].add(run(dir, []string{"GOCACHE=" + cache}, "go", "build", "./profile")); err != nil {
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
