package report

import "slices"

// Severity is what a difference can do.
type Severity string

const (
	Source    Severity = "source"    // callers stop compiling
	Wire      Severity = "wire"      // requests or responses change their meaning
	Behaviour Severity = "behaviour" // values come, or do not come, that callers do not expect
	Additive  Severity = "additive"  // there is more
	Docs      Severity = "docs"      // doc comments alone
)

// Severities lists all severities, the gravest first.
var Severities = []Severity{Source, Wire, Behaviour, Additive, Docs}

// Levels are the names that a threshold can have, the gravest first: those of
// the severities, and breaking for source and wire.
var Levels = []string{"source", "wire", "breaking", "behaviour", "additive", "docs"}

// Level returns the severity that a threshold stands for.
func Level(name string) (s Severity, ok bool) {
	if name == "breaking" {
		return Wire, true
	}
	s = Severity(name)
	return s, slices.Contains(Severities, s)
}

// AtLeast reports whether s is as grave as t, or graver.
func (s Severity) AtLeast(t Severity) bool {
	return slices.Index(Severities, s) <= slices.Index(Severities, t)
}
