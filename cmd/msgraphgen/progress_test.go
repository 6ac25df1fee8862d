package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A command that is silent for long shows a spinner, one that fetches a document a bar,
// and both go before the command prints anything.
func TestActivity(t *testing.T) {
	var screen, printed bytes.Buffer
	a := newActivity(&screen)
	a.name, a.since = "msgraphgen diff", time.Now()
	shows := func(want string) {
		t.Helper()
		line := screen.String()[strings.LastIndex(strings.TrimRight(screen.String(), "\r"), "\r")+1:]
		if line = strings.Trim(line, " \r"); want == "" && line != "" || !strings.Contains(line, want) {
			t.Errorf("the screen shows %q, want %q", line, want)
		}
		screen.Reset()
	}
	if !a.turn() {
		t.Error("the activity has ended")
	}
	shows("")
	a.since = a.since.Add(-2 * silence)
	a.turn()
	shows("msgraphgen diff")
	fmt.Fprint(printer{&printed, a.pause}, "a note\n")
	shows("")
	a.turn()
	shows("") // the command was not silent for long
	a.fetching(10, 100)
	shows("fetching")
	a.since = a.since.Add(-2 * silence)
	a.turn()
	shows("")
	a.fetching(100, 100)
	a.turn()
	shows("")
	a.since = a.since.Add(-2 * silence)
	a.turn()
	shows("msgraphgen diff")
	fmt.Fprint(printer{&printed, a.stop}, "the result\n")
	shows("")
	if a.turn() || printed.String() != "a note\nthe result\n" {
		t.Errorf("the activity goes on, or the command printed %q", &printed)
	}
}

// Nothing is shown where nobody looks.
func TestActivityNeedsTerminal(t *testing.T) {
	var file bytes.Buffer
	a := newActivity(&file)
	a.start("msgraphgen diff")
	a.since = a.since.Add(-2 * silence)
	a.fetching(10, 100)
	if a.turn() || file.Len() > 0 {
		t.Errorf("the activity shows %q", &file)
	}
}
