package main

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/internal/gotest"
)

// command returns the path of the command, which TestMain makes of the test binary.
func command(t *testing.T) string {
	t.Helper()
	name, err := exec.LookPath("msgraphgen")
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// Concurrent runs on one folder, with different selections, leave the complete
// output of one of them.
func TestRunsAtTheSameTime(t *testing.T) {
	name, dir := command(t), gotest.Module(t)
	includes := []string{"POST /me/profile/projects", "POST /me/profile/skills", "POST /me/profile/**"}
	var runs sync.WaitGroup
	for i := range 9 {
		runs.Go(func() {
			cmd := exec.Command(name, "generate", "--quiet", "--include", includes[i%len(includes)])
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	runs.Wait()
	fresh := 0
	for _, include := range includes {
		cmd := exec.Command(name, "check", "--quiet", "--include", include)
		cmd.Dir = dir
		if cmd.Run() == nil {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("the output is that of %d of the selections, want one", fresh)
	}
}

// A generate or update that is killed at any moment leaves files that are each wholly
// old or wholly new. The next run repairs everything without --force, and leaves
// nothing behind; the files of the user stay as they are. MSGRAPHGEN_KILLS is the
// number of kills.
func TestKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has no way to interrupt one process")
	}
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("MSGRAPHGEN_KILLS")); err == nil {
		kills = n
	}
	name, dir := command(t), gotest.Module(t)
	releases := []string{release("weight"), release("mass")}
	own := map[string]string{"farm/own.go": "package farm\n", "farm/odata/own.txt": "mine\n", "slice.txt": "mine\n", "farm/testdata/own.json": "{}\n"}
	for file, text := range own {
		gotest.Write(t, dir, file, []byte(text))
	}
	run := func(args ...string) *exec.Cmd {
		cmd := exec.Command(name, append(args, "--quiet", "--include", "POST /cows", "--output", "farm", "--keep-deprecated=false", "--api-version", "beta")...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "TMPDIR="+dir)
		return cmd
	}
	commands := [][]string{{"generate", "--source", "release.xml"}, {"update", "--upstream", "release.xml", "--source", "slice.xml"}}
	type state struct {
		files   map[string]string // after the command with the release
		elapsed time.Duration
	}
	states := map[string]*state{}
	repair := func(i, r int) *state {
		t.Helper()
		start := time.Now()
		if out, err := run(commands[i]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", commands[i], err, out)
		}
		elapsed := time.Since(start)
		source := []string{"release.xml", "slice.xml"}[i]
		if out, err := run("check", "--source", source).CombinedOutput(); err != nil {
			t.Fatalf("check after %v: %v\n%s", commands[i], err, out)
		}
		return &state{files(t, dir), elapsed}
	}
	key := func(i, r int) string { return fmt.Sprint(i, r) }
	for range 2 { // the second time, all files are there
		for i := range commands {
			for r := range releases {
				gotest.Write(t, dir, "release.xml", []byte(releases[r]))
				states[key(i, r)] = repair(i, r)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	ended := map[string]int{}
	for n := range kills {
		i, r := n%2, n/2%2
		want := states[key(i, r)]
		gotest.Write(t, dir, "release.xml", []byte(releases[r]))
		cmd := run(commands[i]...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(want.elapsed))))
		_ = cmd.Process.Signal([]os.Signal{os.Kill, os.Kill, os.Interrupt}[n%3])
		if cmd.Wait() == nil {
			ended[commands[i][0]+" done"]++
		} else {
			ended[commands[i][0]+" killed"]++
		}
		found := files(t, dir)
		for file, text := range found {
			if own[file] != "" || strings.HasPrefix(file, "cache/") || strings.Contains(file, ".msgraphgen.") || file == "farm/"+lock.Name {
				continue
			}
			whole := false
			for _, s := range states {
				whole = whole || s.files[file] == text
			}
			if !whole {
				t.Errorf("kill %d: %s is neither old nor new", n, file)
			}
		}
		for file, text := range own {
			if found[file] != text {
				t.Fatalf("kill %d: the user's %s is %q", n, file, found[file])
			}
		}
		if diff := cmp.Diff(listed(want.files, i), listed(repair(i, r).files, i)); diff != "" {
			t.Fatalf("kill %d: the next run leaves\n%s", n, diff)
		}
	}
	if locks, _ := filepath.Glob(filepath.Join(dir, "cache", "msgraphgen", "locks", "*")); len(locks) > 0 {
		t.Errorf("lock files are left: %v", locks)
	}
	t.Logf("ended: %v", ended)
}

// release returns a release of a schema. Many properties make many files differ.
func release(property string) string {
	var b strings.Builder
	for j := range 200 {
		fmt.Fprintf(&b, `<Property Name="%s%d" Type="Edm.Int32"/>`, property, j)
	}
	return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="farm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="` + property + `Unit"><Property Name="name" Type="Edm.String"/></ComplexType>
<EntityType Name="cow"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><Property Name="unit" Type="farm.` + property + `Unit"/>` + b.String() + `</EntityType>
<EntityContainer Name="Farm"><EntitySet Name="cows" EntityType="farm.cow"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`
}

// files returns the files below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil // another goroutine has removed it meanwhile
		}
		rel, _ := filepath.Rel(dir, name)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// listed returns the files that a command writes or could leave behind: those outside
// of the user's cache folder, for generate without the slice of update.
func listed(all map[string]string, command int) map[string]string {
	all = maps.Clone(all)
	maps.DeleteFunc(all, func(name, _ string) bool {
		return strings.HasPrefix(name, "cache/") || command == 0 && name == "slice.xml"
	})
	return all
}
