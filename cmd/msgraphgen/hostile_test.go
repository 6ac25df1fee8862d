package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// payloads act on a terminal that prints them. XML, YAML and JSON allow the first,
// and only Markdown the second.
var payloads = map[string]string{
	"bidi and C1": "\u202e\u009b31m\u200b\u2028",
	"escape":      "\x1b[2J\r\b",
}

// mostWords is the number of words of each input that the test tries.
const mostWords = 25

// No text from an input reaches the terminal raw. The payloads are put into one
// word after another of each file.
func TestHostileInputs(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	commands := strings.Split(strings.TrimSpace(string(archive.Comment)), "\n")
	root := t.TempDir()
	t.Chdir(root)
	reset := func(t *testing.T) {
		for _, f := range archive.Files {
			write(t, f.Name, f.Data)
		}
	}
	reset(t)
	for _, command := range commands {
		if code := run(strings.Fields(command), strings.NewReader(""), io.Discard, io.Discard); code > exitDifference {
			t.Errorf("%s exits with %d even without a payload", command, code)
		}
	}
	lock, err := os.ReadFile("graph/msgraphgen.lock.json")
	if err != nil {
		t.Fatal(err)
	}
	archive.Files = append(archive.Files, txtar.File{Name: "graph/msgraphgen.lock.json", Data: lock})
	for _, f := range archive.Files {
		words := regexp.MustCompile(`\pL{3,}`).FindAllIndex(f.Data, -1)
		step := len(words)/mostWords + 1
		for kind, payload := range payloads {
			t.Run(f.Name+"/"+kind, func(t *testing.T) {
				shown := false
				for i := 0; i < len(words); i += step {
					reset(t)
					at := words[i][0] + 1
					write(t, f.Name, []byte(string(f.Data[:at])+payload+string(f.Data[at:])))
					for _, command := range commands {
						shown = execute(t, command, fmt.Sprintf("%q in %s at byte %d", payload, f.Name, at)) || shown
					}
				}
				silent := kind == "escape" || f.Name == "go.mod" || strings.HasSuffix(f.Name, ".md") // messages do not quote these
				if !shown && !silent {
					t.Error("no output shows the payload, so that this test shows nothing")
				}
			})
		}
	}
}

// The same holds for arguments and for names of files.
func TestHostileArguments(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, f := range archive.Files {
		write(t, f.Name, f.Data)
	}
	for kind, payload := range payloads {
		t.Run(kind, func(t *testing.T) {
			data, _ := os.ReadFile("schema.xml")
			write(t, "s"+payload+".xml", data)
			for _, args := range [][]string{
				{"P"}, {"help", "P"}, {"generate", "--P"}, {"generate", "P"}, {"generate", "--source", "P"}, {"generate", "--include", "POST /P"},
				{"generate", "--types", "P"}, {"generate", "--output", "P"}, {"generate", "--package", "P"}, {"generate", "--format", "P"},
				{"generate", "--config", "P"}, {"generate", "--docs", "P"}, {"generate", "--read-only", "P/P"}, {"generate", "--api-version", "P"},
				{"generate", "--odata", "P"}, {"generate", "--import-path", "example.com/P"}, {"generate", "--derived", "P"},
				{"generate", "--source", "sP.xml", "--output", "outP"}, {"check", "--source", "sP.xml"}, {"audit", "--against", "sP.xml"},
				{"audit", "--report", "P"}, {"audit", "--fail-on", "P"}, {"describe", "P"}, {"describe", "--why", "P"}, {"describe", "/farm/P"},
				{"describe", "farm.cow", "--source", "sP.xml"}, {"diff", "sP.xml", "farm.yaml"}, {"diff", "P", "P"}, {"update", "--upstream", "P"},
				{"slice", "--source", "sP.xml", "--output", "outP.xml"}, {"init", "POST /P"},
			} {
				for i := range args {
					args[i] = strings.ReplaceAll(args[i], "P", payload)
					args[i] = strings.ReplaceAll(args[i], payload+"OST", "POST")
				}
				var stdout, stderr bytes.Buffer
				run(args, strings.NewReader(""), &stdout, &stderr)
				visible(t, fmt.Sprintf("%q", args), stdout.String(), stderr.String())
			}
		})
	}
}

// The same holds for the responses of servers.
func TestHostileServer(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var running sync.WaitGroup
	for i, answer := range []string{
		"HTTP/1.1 404 Not\x1b[2J\u202e Found\r\n\r\n",
		"HTTP/1.1 302 Found\r\nLocation: https://evil\u202e.example/\u009b31m\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: \u202etext\r\nContent-Encoding: \u009b31m\r\nETag: \"\u202e\"\r\n\r\n<html>\u202e\u009b31m\x1b[2J",
		"\x1b[2J\u202e\r\n\r\n",
		"HTTP/1.1 20\x1b[2J\u202e OK\r\n\r\n",
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				c, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = c.Read(make([]byte, 4096))
				_, _ = c.Write([]byte(answer))
				c.Close()
			}
		}()
		running.Go(func() { // Get waits before further attempts
			execute(t, fmt.Sprintf("generate --source http://%s/ --include /cows --import-path example.com/x --output x%d", listener.Addr(), i), fmt.Sprintf("the answer %q", answer))
			listener.Close()
		})
	}
	running.Wait()
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// execute runs a command and requires that all of its output is visible. It
// reports whether a part of the output is escaped.
func execute(t *testing.T, command, with string) bool {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run(strings.Fields(command), strings.NewReader(""), &stdout, &stderr)
	visible(t, command+" with "+with, stdout.String(), stderr.String())
	return strings.Contains(stdout.String()+stderr.String(), `\u202e`) || strings.Contains(stdout.String()+stderr.String(), `\x1b`)
}

func visible(t *testing.T, command string, outputs ...string) {
	t.Helper()
	for _, output := range outputs {
		for i, r := range output {
			if invalid := r == utf8.RuneError && !strings.HasPrefix(output[i:], "\ufffd"); invalid || source.Hidden(r) && r != '\n' && r != '\t' {
				t.Errorf("%s prints %U: %q", command, r, output[max(0, i-60):min(len(output), i+20)])
				break
			}
		}
	}
}
