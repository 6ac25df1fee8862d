package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/msgraphgen/msgraphgen/generator/output"
)

// wholeDocuments generates a package of everything in each document of the real metadata, or of
// those given, and compiles, vets and tests it. It prints a line for each: the size of the
// package, and the time and memory of each step.
func wholeDocuments(out io.Writer, files []string) error {
	if len(files) == 0 {
		// The small documents come first: the peak of a command is never below that of the
		// process that starts it, and here sizeOf loads the models.
		for _, pattern := range []string{filepath.Join(openAPIDir, "*.yml"), filepath.Join(filepath.Dir(schemaFile), "*.xml")} {
			found, err := filepath.Glob(pattern)
			if err != nil {
				return err
			}
			files = append(files, found...)
		}
	}
	if len(files) == 0 {
		return fmt.Errorf("there are no documents in %s and %s", filepath.Dir(schemaFile), openAPIDir)
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := programs(dir); err != nil {
		return err
	}
	// The packages that every generated one imports are compiled before the measurements.
	for _, command := range []string{"build", "vet", "test"} {
		if _, err := run(dir, documentCache(dir), "go", command, "./profile/..."); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "Everything in a document: the time of generate, the user time of the go command, and the peaks of both")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush() // the lines before an error, too
	fmt.Fprintln(w, "\ttypes\tmethods\tfiles\tlines\tof tests\tgenerate\tpeak\tbuild\tpeak\tvet, test\tpeak\t")
	for i, file := range files {
		if file, err = filepath.Abs(file); err != nil {
			return err
		}
		if err := everything(w, dir, fmt.Sprintf("everything%d", i), file); err != nil {
			return err
		}
	}
	return nil
}

// everything generates the package name in the module in dir, and prints its line.
func everything(w io.Writer, dir, name, file string) error {
	root := filepath.Join(dir, name)
	generated, err := run(dir, ownCache(dir), filepath.Join(dir, "msgraphgen"),
		"generate", "--quiet", "--source", file, "--types", "**", "--include", "/**", "--output", name, "--odata", "example.com/bench/profile/odata")
	if err != nil {
		return err
	}
	counts, err := sizeOf(root)
	if err != nil {
		return err
	}
	pkg := "./" + name + "/..."
	var steps []usage
	for _, command := range []string{"build", "vet", "test"} {
		step, err := run(dir, documentCache(dir), "go", command, pkg)
		if err != nil {
			return err
		}
		steps = append(steps, step)
	}
	build, vet, test := steps[0], steps[1], steps[2]
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t\n", filepath.Base(file),
		counts.types, counts.methods, counts.files, counts.lines, counts.testLines,
		seconds(generated.seconds), size(generated.peak), seconds(build.user), size(build.peak),
		seconds(vet.user+test.user), size(max(vet.peak, test.peak)))
	return os.RemoveAll(root)
}

// documentCache is an empty build cache for the packages of documents.
func documentCache(dir string) []string { return []string{"GOCACHE=" + filepath.Join(dir, "cache")} }

// packageSize is the size of a generated package.
type packageSize struct{ types, methods, files, lines, testLines int }

// sizeOf counts the files of a package, with its lock file, and the lines of its code.
func sizeOf(root string) (packageSize, error) {
	var s packageSize
	f, err := output.ReadLock(root)
	if err != nil {
		return s, err
	}
	version, err := f.Load(filepath.Join(root, lock.Name))
	if err != nil {
		return s, err
	}
	s.types, s.methods = len(version.Selection.Types), len(f.Methods)
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		s.files++
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		code, err := os.ReadFile(filepath.Join(root, name))
		lines := bytes.Count(code, []byte("\n"))
		if strings.HasSuffix(name, "_test.go") {
			s.testLines += lines
		} else {
			s.lines += lines
		}
		return err
	})
	return s, err
}
