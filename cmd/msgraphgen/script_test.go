package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"msgraphgen": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// The scripts show what users see. UPDATE_GOLDEN=1 rewrites the outputs that they
// compare with.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") == "1",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"browse": browse,
			"exits":  exits,
			"grow":   grow,
			"sed":    sed,
			"utf16":  toUTF16,
		},
		Setup: serve,
	})
}

// exits runs a command and requires an exit code: exits 2 msgraphgen --nonsense.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT ...]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s\n%s%s", code, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// browse runs msgraphgen explore with arguments until it has the page, interrupts the
// command and requires that it succeeds: browse --source schema.xml. It writes the files
// address.txt, page.html and stderr.txt.
func browse(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("browse cannot fail")
	}
	program := filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], "msgraphgen")
	cmd := exec.Command(program, append([]string{"explore", "--open=false"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"), "XDG_CACHE_HOME="+ts.Getenv("XDG_CACHE_HOME"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err == nil {
		var response *http.Response
		if response, err = http.Get(strings.TrimSpace(address)); err == nil {
			var page []byte
			page, err = io.ReadAll(response.Body)
			response.Body.Close()
			ts.Check(os.WriteFile(ts.MkAbs("page.html"), page, 0o644))
		}
	}
	_ = cmd.Process.Signal(os.Interrupt) // it may have ended
	if ended := cmd.Wait(); err != nil || ended != nil {
		ts.Fatalf("%v, %v: %s", err, ended, &stderr)
	}
	ts.Check(os.WriteFile(ts.MkAbs("address.txt"), []byte(address), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("stderr.txt"), stderr.Bytes(), 0o644))
}

// grow sets the size of a file in bytes: grow FILE BYTES.
func grow(ts *testscript.TestScript, neg bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// sed replaces a text in a file: sed OLD NEW FILE.
func sed(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[2])
	changed := strings.ReplaceAll(text, args[0], args[1])
	if changed == text {
		ts.Fatalf("%s does not hold %q", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(changed), 0o644))
}

// toUTF16 converts a file: utf16 FILE.
func toUTF16(ts *testscript.TestScript, neg bool, args []string) {
	data := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(ts.ReadFile(args[0]))) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// serve starts a server at $URL, and the same with TLS at $TLS. It serves the
// schema of the script at /metadata with an ETag, and in two halves at /slow. It
// redirects /elsewhere to https, /plain to http, and /round to itself.
func serve(env *testscript.Env) error {
	env.Setenv("HOME", env.WorkDir+"/.home")
	env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/.cache")
	var plain *httptest.Server
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(env.WorkDir + "/schema.xml")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		switch r.URL.Path {
		case "/slow":
			w.Header().Set("Content-Length", strconv.Itoa(len(data)))
			_, _ = w.Write(data[:len(data)/2])
			w.(http.Flusher).Flush()
			time.Sleep(200 * time.Millisecond)
			_, _ = w.Write(data[len(data)/2:])
		case "/metadata":
			w.Header().Set("ETag", fmt.Sprintf("\"%x\"", sha256.Sum256(data)))
			http.ServeContent(w, r, "schema.xml", time.Time{}, bytes.NewReader(data))
		case "/elsewhere":
			http.Redirect(w, r, "https://127.0.0.1:1/metadata", http.StatusFound)
		case "/plain":
			http.Redirect(w, r, plain.URL+"/metadata", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	})
	plain = httptest.NewServer(handler)
	env.Defer(plain.Close)
	safe := httptest.NewUnstartedServer(handler)
	safe.Config.ErrorLog = log.New(io.Discard, "", 0) // it would log clients that refuse the certificate
	safe.StartTLS()
	env.Defer(safe.Close)
	certificate := filepath.Join(env.WorkDir, "certificate.pem")
	env.Setenv("URL", plain.URL)
	env.Setenv("TLS", safe.URL)
	env.Setenv("SSL_CERT_FILE", certificate)
	env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
	return os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: safe.Certificate().Raw}), 0o644)
}
