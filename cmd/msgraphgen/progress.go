package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// progress returns a function that shows on a terminal how much of a document was
// read, and one that removes the progress bar. If w is not a terminal, show is nil.
func progress(w io.Writer, quiet bool) (show func(read, total int64), remove func()) {
	if v, ok := w.(report.Visible); ok {
		w = v.W // the bar moves the cursor
	}
	if quiet || !isTerminal(w) {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	show = func(read, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(total,
				progressbar.OptionSetWriter(w),
				progressbar.OptionSetDescription("fetching"),
				progressbar.OptionShowBytes(true),
				progressbar.OptionThrottle(65*time.Millisecond),
				progressbar.OptionClearOnFinish())
		}
		_ = bar.Set64(read)
	}
	remove = func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
	return show, remove
}

// onTerminal returns w, or a writer that makes control characters visible if w is a
// terminal.
func onTerminal(w io.Writer) io.Writer {
	if isTerminal(w) {
		return report.Visible{W: w}
	}
	return w
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
