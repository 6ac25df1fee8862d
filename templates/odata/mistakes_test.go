package odata_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each of the programs in testdata/mistakes fails to compile, with an error that
// says what is wrong.
func TestMistakesDoNotCompile(t *testing.T) {
	const golden = "testdata/mistakes/errors.txt"
	command := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-e", "./testdata/mistakes")
	output, err := command.CombinedOutput()
	if err == nil {
		t.Fatal("the mistakes compile")
	}
	got := strings.ReplaceAll(string(output), "testdata/mistakes/", "")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	source, err := os.ReadFile("testdata/mistakes/mistakes.go")
	if err != nil {
		t.Fatal(err)
	}
	mistakes := 0
	for i, line := range strings.Split(string(source), "\n") {
		if !strings.HasPrefix(line, "func m") {
			continue
		}
		mistakes++
		if !regexp.MustCompile(`(?m)^\S*mistakes\.go:` + strconv.Itoa(i+1) + `:`).MatchString(got) {
			t.Errorf("line %d compiles: %s", i+1, line)
		}
	}
	if mistakes != 20 {
		t.Errorf("%d programs", mistakes)
	}
}
