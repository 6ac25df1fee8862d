// Package source holds positions in the input, the diagnostics that are reported
// there, and the functions that make text from the input safe to show.
package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Position is a place in an input file. Line and Column count from 1, Column
// in bytes; a Line of 0 means the file as a whole.
type Position struct {
	File   string
	Line   int
	Column int
}

// String returns "file:line:column", or the file alone if the line is unknown.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Compare returns a negative number if p comes before q, a positive one if it
// comes after, and else 0. Files are in order by name.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Severity distinguishes problems that end the run from others.
type Severity int

const (
	Error   Severity = iota // the input cannot be used
	Warning                 // a part of the input was left out or read leniently
)

// Diagnostic is one problem at one position.
type Diagnostic struct {
	Position Position
	Severity Severity
	Message  string
}

// String returns "file:line:column: message" as one plain line, with "warning: "
// before the message of a warning.
func (d Diagnostic) String() string {
	message := d.Message
	if d.Severity == Warning {
		message = "warning: " + message
	}
	if at := d.Position.String(); at != "" {
		message = at + ": " + message
	}
	return Plain(message)
}

// Diagnostics collects problems. The zero value is ready for use.
type Diagnostics struct {
	list []Diagnostic
}

// Errorf adds an error.
func (ds *Diagnostics) Errorf(at Position, format string, args ...any) {
	ds.list = append(ds.list, Diagnostic{at, Error, fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (ds *Diagnostics) Warnf(at Position, format string, args ...any) {
	ds.list = append(ds.list, Diagnostic{at, Warning, fmt.Sprintf(format, args...)})
}

// Warnings returns the warnings, sorted by position.
func (ds *Diagnostics) Warnings() []Diagnostic { return Sorted(ds.of(Warning)) }

// Err returns all errors as one *InputError, or nil if there are none.
func (ds *Diagnostics) Err() error {
	if errs := Sorted(ds.of(Error)); len(errs) > 0 {
		return &InputError{errs}
	}
	return nil
}

func (ds *Diagnostics) of(severity Severity) []Diagnostic {
	return slices.DeleteFunc(slices.Clone(ds.list), func(d Diagnostic) bool { return d.Severity != severity })
}

// Sorted returns diagnostics sorted by position, without duplicates.
func Sorted(list []Diagnostic) []Diagnostic {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(a.Position.Compare(b.Position), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(list)
}

// Errorf returns an *InputError with one diagnostic.
func Errorf(at Position, format string, args ...any) error {
	return &InputError{[]Diagnostic{{at, Error, fmt.Sprintf(format, args...)}}}
}

// InputError reports that the input cannot be used, with every reason.
type InputError struct {
	Diagnostics []Diagnostic
}

// Error returns the diagnostics, one a line.
func (e *InputError) Error() string {
	lines := make([]string, len(e.Diagnostics))
	for i, d := range e.Diagnostics {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
