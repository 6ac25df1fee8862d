package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// Limits of a run on a mutated input.
const (
	maxRunTime  = 2 * time.Minute
	maxRunBytes = 1 << 30 // allocated in all
)

// mutantInput is a kind of input: its texts, the file to write a mutated text to, and
// the commands to run on it.
type mutantInput struct {
	texts    [][]byte // if none, the file itself
	file     string
	commands []string
	code     int // the greatest exit code
}

// TestMutantInputs runs the command on inputs with random mistakes. Whatever the
// mistakes are, the command ends in time, without a panic, with a documented exit
// code and visible output; and what it generates compiles. MUTANTS is the number of
// mutants (300, or 60 in a short run), MUTANTS_SEED the first seed: a failure names
// its seed.
func TestMutantInputs(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	inputs := mutantInputs(t, archive)
	dir := gotest.Module(t)
	t.Chdir(dir)
	usual := 300
	if testing.Short() {
		usual = 60
	}
	number, seed := setting(t, "MUTANTS", usual), setting(t, "MUTANTS_SEED", 1)
	pristine := prepare(t, archive.Files)
	codes, generated := map[int]int{}, 0
	for n := seed; n < seed+number; n++ {
		random := rand.New(rand.NewPCG(uint64(n), 0))
		in := inputs[n%len(inputs)]
		text := pristine[in.file]
		if len(in.texts) > 0 {
			text = in.texts[random.IntN(len(in.texts))]
		}
		text = mutated(random, text)
		command := in.commands[random.IntN(len(in.commands))]
		write(t, in.file, text)
		code, output := runMutant(t, n, command)
		codes[code]++
		switch {
		case code > in.code || code < 0:
			t.Errorf("seed %d: %s exits with %d for this %s:\n%.4000q\n%.1000s", n, command, code, in.file, text, output)
		case code == exitDone && strings.HasPrefix(command, "generate") && generated < 4+number/1000:
			generated++
			t.Run(fmt.Sprintf("seed %d compiles", n), func(t *testing.T) { gotest.Go(t, dir, "vet", "./...") })
		}
		restore(t, pristine)
	}
	t.Logf("exit codes: %v; %d packages compiled", codes, generated)
	if codes[exitDone] < number/10 || codes[exitUsage]+codes[exitInput] < number/10 {
		t.Errorf("the mutants do not show much: exit codes %v", codes)
	}
}

func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// mutantInputs returns the inputs: the fixtures of the project, and the small files of
// the real metadata where they are present.
func mutantInputs(t *testing.T, archive *txtar.Archive) []mutantInput {
	t.Helper()
	root := gotest.Root(t)
	read := func(patterns ...string) [][]byte {
		var texts [][]byte
		for _, pattern := range patterns {
			files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if info, err := os.Stat(file); err == nil && !info.IsDir() && info.Size() < 300_000 {
					texts = append(texts, gotest.Read(t, file))
				}
			}
		}
		return texts
	}
	file := func(name string) [][]byte {
		for _, f := range archive.Files {
			if f.Name == name {
				return [][]byte{f.Data}
			}
		}
		t.Fatalf("testdata/hostile.txtar has no %s", name)
		return nil
	}
	const all = " --include /** --types ** --derived all --output out --package out --import-path example.com/downstream/out"
	metadata := func(name string) []string {
		from := " --config bare.yaml --source " + name
		return []string{
			"generate" + from + all, "check --verbose" + from + all, "slice --output s.xml" + from + all, "describe" + from, "describe /**" + from,
			"describe farm.cow --report html" + from, "diff schema.xml --config bare.yaml " + name, "audit --against schema.xml" + from, "update --source slice.xml --upstream " + name,
		}
	}
	pages := append(read("generator/docs/testdata/valid/*.md", "../shared/metadata/docs/beta/*/*.md", "../shared/metadata/docs/beta-more/api/*.md"), file("reference/api/cow-post.md")...)
	return []mutantInput{
		{append(read("generator/csdl/testdata/valid/*.xml", "testdata/golden/*/*.xml"), file("schema.xml")...), "mutant.xml", metadata("mutant.xml"), exitInput},
		{append(read("generator/openapi/testdata/valid/*", "../shared/metadata/openapi/beta-2020-10/People.yml"), file("farm.yaml")...), "mutant.yaml", metadata("mutant.yaml"), exitInput},
		{pages, "reference/api/mutant.md", []string{"generate", "audit", "audit --report markdown", "check --verbose"}, exitInput},
		{file("reference/api/cow-post.md"), "reference/api/cow-post.md", []string{"generate", "audit", "check --verbose"}, exitInput},
		{nil, "msgraphgen.yaml", []string{"generate", "check", "audit", "update --source slice.xml --upstream schema.xml", "describe", "slice --output s.xml"}, exitSystem},
		{nil, "graph/msgraphgen.lock.json", []string{"generate", "check", "update --source slice.xml --upstream schema.xml", "diff graph schema.xml", "diff old.xml graph", "generate graph"}, exitSystem},
	}
}

// prepare writes the files that the commands need, generates a package, and returns
// all files by name.
func prepare(t *testing.T, files []txtar.File) map[string][]byte {
	t.Helper()
	for _, f := range files {
		if f.Name != "go.mod" {
			write(t, f.Name, bytes.ReplaceAll(f.Data, []byte("example.com/app"), []byte("example.com/downstream")))
		}
	}
	write(t, "bare.yaml", []byte("package: out\n"))
	if code, output := runMutant(t, 0, "generate"); code != exitDone {
		t.Fatalf("generate exits with %d even without a mistake: %s", code, output)
	}
	pristine := map[string][]byte{}
	each(t, func(name string) { pristine[name] = gotest.Read(t, name) })
	return pristine
}

// restore undoes what a mutant and a command have changed.
func restore(t *testing.T, pristine map[string][]byte) {
	t.Helper()
	each(t, func(name string) {
		if _, ok := pristine[name]; !ok {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	})
	for name, data := range pristine {
		if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, data) {
			write(t, name, data)
		}
	}
}

// each calls a function for each file in and below the current folder.
func each(t *testing.T, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			visit(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runMutant runs a command. It fails the test if that panics, or takes too long or too
// much memory.
func runMutant(t *testing.T, seed int, command string) (code int, output string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan int)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				t.Errorf("seed %d: %s panics: %v\n%s", seed, command, v, debug.Stack())
				done <- -1
			}
		}()
		done <- run(strings.Fields(command), strings.NewReader(""), &stdout, &stderr)
	}()
	select {
	case code = <-done:
	case <-time.After(maxRunTime):
		stacks := make([]byte, 1<<20)
		t.Fatalf("seed %d: %s takes more than %v\n%s", seed, command, maxRunTime, stacks[:runtime.Stack(stacks, true)])
	}
	runtime.ReadMemStats(&after)
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > maxRunBytes {
		t.Errorf("seed %d: %s allocates %d MB", seed, command, bytes>>20)
	}
	visible(t, fmt.Sprintf("seed %d: %s", seed, command), stdout.String(), stderr.String())
	return code, stderr.String()
}
