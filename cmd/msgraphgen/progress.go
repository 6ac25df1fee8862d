package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/msgraphgen/msgraphgen/generator/report"
)

// activity shows on a terminal that a command is at work: a spinner while the command
// prints nothing for a while, and a bar while it fetches a document. It ends when the
// command begins to print its result.
type activity struct {
	w io.Writer // the terminal

	mutex   sync.Mutex
	name    string    // of the command; "" if nothing is shown
	since   time.Time // when the command began to be silent
	spinner *progressbar.ProgressBar
	fetched *progressbar.ProgressBar
}

const (
	silence = time.Second            // after which a spinner appears
	turning = 100 * time.Millisecond // between two pictures of the spinner
)

func newActivity(w io.Writer) *activity { return &activity{w: w} }

// start shows the activity of a command until stop, if w is a terminal.
func (a *activity) start(name string) {
	if !isTerminal(a.w) {
		return
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.name, a.since = name, time.Now()
	go func() {
		for range time.Tick(turning) {
			if !a.turn() {
				return
			}
		}
	}()
}

// turn turns the spinner. It returns false after stop.
func (a *activity) turn() bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	switch {
	case a.name == "":
		return false
	case a.fetched != nil || time.Since(a.since) < silence:
		return true
	case a.spinner == nil:
		a.spinner = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(a.w),
			progressbar.OptionSetDescription(a.name),
			progressbar.OptionSpinnerType(14),
			progressbar.OptionSetSpinnerChangeInterval(0), // turn turns it
			progressbar.OptionSetElapsedTime(false))
	}
	_ = a.spinner.Add(1)
	return true
}

// fetching shows how much of a document was read. The total is -1 if it is unknown.
func (a *activity) fetching(read, total int64) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.name == "" {
		return
	}
	if a.fetched == nil {
		a.clear()
		a.fetched = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(a.w),
			progressbar.OptionSetDescription("fetching"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionThrottle(65*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	_ = a.fetched.Set64(read)
	if read == total {
		a.clear()
	}
}

// pause removes the spinner or the bar before the command prints something.
func (a *activity) pause() {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.clear()
}

// stop ends the activity.
func (a *activity) stop() {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.clear()
	a.name = ""
}

func (a *activity) clear() {
	for _, bar := range []*progressbar.ProgressBar{a.spinner, a.fetched} {
		if bar != nil {
			_ = bar.Clear()
		}
	}
	a.spinner, a.fetched, a.since = nil, nil, time.Now()
}

// printer is a writer that calls a function before it writes.
type printer struct {
	w      io.Writer
	before func()
}

func (p printer) Write(text []byte) (int, error) {
	p.before()
	return p.w.Write(text)
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
	if p, ok := w.(printer); ok {
		w = p.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
