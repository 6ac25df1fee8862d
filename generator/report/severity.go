package report

import (
	"fmt"
	"slices"
	"strings"
)

// Severity is what a finding means for those who call the generated code.
type Severity string

const (
	Source    Severity = "source"    // callers stop compiling
	Wire      Severity = "wire"      // requests or responses change their meaning
	Behaviour Severity = "behaviour" // callers meet values that they do not expect, or miss some
	Additive  Severity = "additive"  // something new
	Docs      Severity = "docs"      // only doc comments change
)

// Severities lists all severities, the gravest first.
var Severities = []Severity{Source, Wire, Behaviour, Additive, Docs}

// Levels are the thresholds that [ParseLevel] knows, the gravest first: the
// severities, and breaking for source and wire.
var Levels = []string{"source", "wire", "breaking", "behaviour", "additive", "docs"}

// ParseLevel returns the severity that a threshold stands for, or an error that
// lists the thresholds.
func ParseLevel(name string) (Severity, error) {
	if name == "breaking" {
		return Wire, nil
	}
	return Severity(name), oneOf(name, Levels)
}

// Compare returns a negative number if s is graver than t, a positive number if
// it is less grave, and else 0.
func (s Severity) Compare(t Severity) int {
	return slices.Index(Severities, s) - slices.Index(Severities, t)
}

// AtLeast reports whether s is as grave as t, or graver.
func (s Severity) AtLeast(t Severity) bool { return s.Compare(t) <= 0 }

// Meaning explains a severity to a reader who does not know the word.
func (s Severity) Meaning() string {
	switch s {
	case Source:
		return "code that uses it stops compiling"
	case Wire:
		return "requests or responses change their meaning"
	case Behaviour:
		return "code that uses it can meet values that it does not expect, or miss some"
	case Additive:
		return "something new; existing code is not affected"
	default:
		return "only doc comments change"
	}
}

// Tally is how many findings there are of each severity.
type Tally map[Severity]int

// TallyOf counts findings.
func TallyOf[T any](findings []T, severity func(T) Severity) Tally {
	tally := Tally{}
	for _, f := range findings {
		tally[severity(f)]++
	}
	return tally
}

// String lists the severities that occur: "2 source, 1 docs".
func (t Tally) String() string {
	var parts []string
	for _, s := range Severities {
		if t[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", t[s], s))
		}
	}
	return strings.Join(parts, ", ")
}
