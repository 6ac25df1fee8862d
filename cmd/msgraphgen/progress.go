package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// progress shows on a terminal how much of a document has come in. It returns
// the function to tell it so, and one that takes the bar away again.
func progress(w io.Writer, quiet bool) (tell func(read, total int64), done func()) {
	if v, ok := w.(report.Visible); ok {
		w = v.W // the bar moves the cursor
	}
	if quiet || !isTerminal(w) {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	tell = func(read, total int64) {
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
	done = func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
	return tell, done
}

// onTerminal returns a writer that shows data safely if w is a terminal, and else
// passes it on as it is.
func onTerminal(w io.Writer) io.Writer {
	if isTerminal(w) {
		return report.Visible{W: w}
	}
	return w
}

// isTerminal reports whether someone reads along.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
