package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// floorProgram reads the raw tokens of the file in its argument.
const floorProgram = `package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
)

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := decoder.RawToken(); err == io.EOF {
			return
		} else if err != nil {
			panic(err)
		}
	}
}
`

// processes measures whole runs of the command, each into a new folder.
func processes() ([]row, error) {
	schema, err := filepath.Abs(schemaFile)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(schema); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, map[string]string{"go.mod": "module example.com/bench\n\ngo 1.27\n", "main.go": floorProgram}); err != nil {
		return nil, err
	}
	floor, command := filepath.Join(dir, "floor"), filepath.Join(dir, "msgraphgen")
	if _, err := run(dir, nil, "go", "build", "-o", floor, "."); err != nil {
		return nil, err
	}
	if _, err := run(".", nil, "go", "build", "-o", command, "./cmd/msgraphgen"); err != nil {
		return nil, err
	}
	rows := []row{
		{name: "raw XML tokens", floor: true},
		{name: "msgraphgen generate", target: "≤ 3.00"},
		{name: "again, nothing changed", target: "≤ 0.50"},
		{name: "199 methods: mail, contacts, tasks", target: "≤ 3.50"},
		{name: "again, nothing changed"},
		{name: "212 methods: mail, calendar", target: "≤ 3.50"},
	}
	for round := range 2 * rounds {
		if err := rows[0].add(run(dir, nil, floor, schema)); err != nil {
			return nil, err
		}
		// Each round has folders of its own. To remove them would slow down the next round: some
		// file systems take long to create a file soon after many were removed.
		generate := func(output string, patterns ...string) []string {
			args := []string{"generate", "--quiet", "--source", schema, "--output", fmt.Sprintf("round%d/%s", round, output)}
			return append(args, including(patterns)...)
		}
		few, contacts, calendar := generate("projects"), generate("contacts", mailAndContacts...), generate("calendar", mailAndCalendar...)
		for i, args := range [][]string{few, few, contacts, contacts, calendar} {
			if err := rows[i+1].add(run(dir, ownCache(dir), command, args...)); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// ownCache makes the command remember its runs in dir, not in the user's cache folder.
func ownCache(dir string) []string {
	return []string{"XDG_CACHE_HOME=" + filepath.Join(dir, "cache")}
}

// including returns flags that select methods.
func including(patterns []string) []string {
	var flags []string
	for _, p := range patterns {
		flags = append(flags, "--include", p)
	}
	return flags
}

// usage holds the time and memory that a process used.
type usage struct {
	seconds float64
	user    float64 // seconds of all cores, with its own processes
	peak    float64 // in bytes; 0 if unknown
}

func (r *row) add(u usage, err error) error {
	r.time = append(r.time, u.seconds)
	r.bytes = append(r.bytes, u.peak)
	return err
}

// run runs a command in a folder.
func run(dir string, env []string, name string, args ...string) (usage, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	elapsed := time.Since(start)
	if err != nil {
		return usage{}, fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return usage{elapsed.Seconds(), cmd.ProcessState.UserTime().Seconds(), peak(cmd.ProcessState)}, nil
}

func write(dir string, files map[string]string) error {
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
