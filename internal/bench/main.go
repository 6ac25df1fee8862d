// Command bench measures the time and memory of msgraphgen, as ratios against a
// floor that is measured in the same run. It does not judge the figures, as
// machines differ.
//
// It needs the real metadata beside the project, and says so if that is missing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// The files of real metadata, relative to the root of the project.
const (
	schemaFile = "../shared/metadata/csdl/beta-2021-07-13.xml"
	olderFile  = "../shared/metadata/csdl/beta-2020-10-27.xml"
	openAPIDir = "../shared/metadata/openapi/beta-2020-10"
	pageDir    = "../shared/metadata/docs/beta"
	pageFile   = "../shared/metadata/docs/beta/api/profile-post-projects.2024-07-15.md"
)

func main() {
	testing.Init() // for test.benchtime
	cold := flag.Bool("cold", false, "measure cold compilation too, which takes minutes")
	report := flag.String("report", "", "write the figures to this `file` too")
	whole := flag.Bool("documents", false, "generate, compile, vet and test everything in the given documents, or in all, and measure nothing else")
	only := flag.String("only", "", "measure only the sections whose title has this `text`")
	flag.Parse()
	if err := flag.Set("test.benchtime", benchTime); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *whole {
		if err := wholeDocuments(os.Stdout, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	var written strings.Builder
	out := io.MultiWriter(os.Stdout, &written)
	for _, section := range []struct {
		title string
		run   func() ([]row, error)
		skip  bool
	}{
		// These come first, while this process is small: a new process starts with
		// its peak.
		{"The whole command as a process, with the files that it writes, against a process that reads the raw tokens", processes, false},
		{"OpenAPI: the whole command as a process, against a process where kin-openapi loads the same document", openAPI, false},
		{"Stages, against reading the raw XML tokens of the same 4.2 MB schema", stages, false},
		{"Other commands, against the raw XML tokens of one schema", commands, false},
		{"Whole models, against the raw XML tokens", wholes, false},
		{"Growth with the selection, against the smallest one", growth, false},
		{"The reference response (a date for each \"datetime-value\"), against plain structs of pointers", codec, false},
		{"The size of a program with twelve calls, in the column for memory, against one that uses net/http", binaries, !*cold},
		{"Compiling programs, against ones that use net/http", compilation, !*cold},
	} {
		if !strings.Contains(section.title, *only) {
			continue
		}
		fmt.Fprintf(out, "%s\n", section.title)
		if section.skip {
			fmt.Fprint(out, "  skipped: -cold measures it\n\n")
			continue
		}
		rows, err := section.run()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintf(out, "  skipped: %v\n\n", err)
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		default:
			print(out, rows)
		}
	}
	if *report == "" {
		return
	}
	if err := os.WriteFile(*report, []byte(heading+written.String()+"```\n"), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// heading is the beginning of the report.
const heading = `# Benchmarks

` + "`make bench`" + ` measured this, and wrote this page. Times and memory are medians. The ratios to the floor in each section
count: they are taken in turns with it, and differ little between machines. A target is what we aim at.

![Time and memory of generate, by the size of the selection](growth.svg)

` + "```text\n"

// row holds the measurements of one thing, over several rounds.
type row struct {
	name   string
	floor  bool // the rows that follow are compared with it
	target string
	time   []float64 // seconds
	bytes  []float64 // allocated bytes, or the peak of a process
	allocs []float64
}

// Each thing is measured this often, in turns, and each time for at least this
// long.
const (
	rounds    = 9
	benchTime = "300ms"
)

// measure runs the benchmarks in turns, so that a machine that becomes slower does
// so for all of them.
func measure(rows []row, benchmarks []func(*testing.B)) []row {
	for range rounds {
		for i, b := range benchmarks {
			result := testing.Benchmark(b)
			n := float64(result.N)
			rows[i].time = append(rows[i].time, result.T.Seconds()/n)
			rows[i].bytes = append(rows[i].bytes, float64(result.MemBytes)/n)
			rows[i].allocs = append(rows[i].allocs, float64(result.MemAllocs)/n)
		}
	}
	return rows
}

func print(out io.Writer, rows []row) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\ttime\t× floor\ttarget\tmemory\t× floor\tallocations\t")
	var floor row
	for _, r := range rows {
		if r.floor {
			floor = r
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", r.name,
			seconds(median(r.time)), ratio(r.time, floor.time), r.target,
			size(median(r.bytes)), ratio(r.bytes, floor.bytes), count(r.allocs))
	}
	w.Flush()
	fmt.Fprintln(out)
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

// ratio returns the median of the ratios of the rounds.
func ratio(list, floor []float64) string {
	var ratios []float64
	for i := range min(len(list), len(floor)) {
		ratios = append(ratios, list[i]/floor[i])
	}
	if len(ratios) == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", median(ratios))
}

func seconds(s float64) string {
	switch {
	case s >= 1:
		return fmt.Sprintf("%.2f s", s)
	case s >= 1e-3:
		return fmt.Sprintf("%.1f ms", s*1e3)
	default:
		return fmt.Sprintf("%.1f µs", s*1e6)
	}
}

func size(bytes float64) string {
	switch {
	case bytes == 0:
		return ""
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MB", bytes/(1<<20))
	default:
		return fmt.Sprintf("%.1f kB", bytes/(1<<10))
	}
}

func count(list []float64) string {
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f", median(list))
}
