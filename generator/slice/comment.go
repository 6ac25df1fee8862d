package slice

// Choice is what a user asked for.
type Choice struct {
	Include, Exclude, Types, Derived []string // patterns
}

// Comment returns the lines at the top of a slice: where it comes from, and
// what was asked for.
func (c Choice) Comment() []string {
	lines := []string{"Made by msgraphgen slice, to generate from in place of the whole metadata."}
	if len(c.Include)+len(c.Types) > 0 {
		lines = append(lines, "It holds what this selection needs:")
	} else {
		lines = append(lines, "It holds everything that can be generated.")
	}
	for _, list := range []struct {
		name     string
		patterns []string
	}{{"include", c.Include}, {"exclude", c.Exclude}, {"types", c.Types}, {"derived", c.Derived}} {
		for _, pattern := range list.patterns {
			lines = append(lines, "  "+list.name+": "+pattern)
		}
	}
	return lines
}
