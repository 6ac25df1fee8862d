package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/output"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// A command that waits says for what, and ends at once at the first interrupt. It leaves
// no files behind.
func TestWaiting(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has no way to interrupt one process, and no such pipes")
	}
	name, dir := command(t), gotest.Module(t)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	temporary := t.TempDir()
	if err := exec.Command("mkfifo", filepath.Join(dir, "pipe.xml")).Run(); err != nil {
		t.Skipf("skipped: no mkfifo: %v", err)
	}
	unlock, err := output.Exclusive(t.Context(), filepath.Join(dir, "busy"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, args, notice, interrupted string }{
		{"another run", "generate --output busy", "waiting for another run of msgraphgen to finish with busy\n", "interrupted: nothing was written\n"},
		{"another run of several", "generate first busy", "waiting for another run of msgraphgen to finish with busy\n", "interrupted: nothing was written to busy, nor to the folders after it\n"},
		{"a pipe", "generate --source pipe.xml", "waiting for pipe.xml to be read\n", "interrupted: nothing was written\n"},
		{"an upstream", "update --upstream pipe.xml --source slice.xml", "waiting for pipe.xml to be read\n", "interrupted: nothing was written\n"},
		{"quiet", "describe --quiet --source pipe.xml", "", "interrupted: nothing was written\n"},
		{"the configuration", "generate --config pipe.xml", "", "interrupted: if files were being written, the next run of the command repairs them\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "another run of several" {
				gotest.Write(t, dir, "first/msgraphgen.yaml", []byte("output: .\n"))
				gotest.Write(t, dir, "busy/msgraphgen.yaml", []byte("output: .\n"))
			}
			cmd := exec.Command(name, strings.Fields(test.args)...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
			var stderr buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			deadline := time.Now().Add(time.Minute)
			for test.notice != "" && !strings.HasSuffix(stderr.String(), test.notice) && time.Now().Before(deadline) {
				time.Sleep(10 * time.Millisecond)
			}
			if test.notice == "" {
				time.Sleep(1500 * time.Millisecond) // longer than without a notice
			}
			if got := stderr.String(); !strings.HasSuffix(got, test.notice) {
				t.Errorf("stderr is %q, want %q at its end", got, test.notice)
			}
			before := len(stderr.String())
			_ = cmd.Process.Signal(os.Interrupt)
			patience := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
			err := cmd.Wait()
			patience.Stop()
			if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != exitSystem {
				t.Errorf("it ends with %v", err)
			}
			if got := stderr.String()[before:]; got != test.interrupted {
				t.Errorf("stderr ends with %q, want %q", got, test.interrupted)
			}
		})
	}
	unlock()
	if left := files(t, temporary); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
	for file := range files(t, filepath.Join(dir, "cache", "msgraphgen", "locks")) {
		t.Errorf("the lock %s is left", file)
	}
}

// The lock file is in the user's cache folder, or in a folder for temporary files that
// only the user can write to.
func TestFolderOfLocks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has other folders")
	}
	temporary, blocked := t.TempDir(), filepath.Join(t.TempDir(), "blocked")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temporary)
	t.Setenv("HOME", blocked)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(blocked, "cache"))
	for range 2 {
		unlock, err := output.Exclusive(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		if left := files(t, temporary); len(left) != 1 {
			t.Errorf("files: %v", left)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if _, err := output.Exclusive(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a second run gets %v", err)
		}
		cancel()
		unlock()
	}
	// The runs that gave up get the lock still, and give it back: for a moment, there
	// can be no file between two of them.
	deadline := time.Now().Add(10 * time.Second)
	for without := 0; without < 10 && time.Now().Before(deadline); without++ {
		if len(files(t, temporary)) > 0 {
			without = 0
		}
		time.Sleep(10 * time.Millisecond)
	}
	if left := files(t, temporary); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
	folders, err := os.ReadDir(temporary)
	if err != nil || len(folders) != 1 {
		t.Fatalf("folders: %v, %v", folders, err)
	}
	folder := filepath.Join(temporary, folders[0].Name())
	refuses := func(what string) {
		t.Helper()
		if _, err := output.Exclusive(t.Context(), "x"); err == nil || !strings.Contains(err.Error(), "is not a folder that only you can write to") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := os.Chmod(folder, 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	refuses("anybody's folder")
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), folder); err != nil {
		t.Fatal(err)
	}
	refuses("a link")
}

// A request to terminate is an interrupt.
func TestTerminated(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has no such signal")
	}
	name, dir := command(t), gotest.Module(t)
	unlock, err := output.Exclusive(t.Context(), filepath.Join(dir, "profile"))
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	cmd := exec.Command(name, "generate")
	cmd.Dir = dir
	var stderr buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for stderr.String() == "" {
		time.Sleep(10 * time.Millisecond)
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
	if got := stderr.String(); !strings.HasSuffix(got, "interrupted: nothing was written\n") {
		t.Errorf("stderr: %q", got)
	}
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mutex sync.Mutex
	b     bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.b.String()
}
