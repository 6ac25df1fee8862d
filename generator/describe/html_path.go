package describe

import "strings"

// pathPage is what the page of a path shows.
type pathPage struct {
	*Path
	Title    string
	Creates  string // the verbs
	Sets     *names
	Refuses  *names
	Segments *names
}

func newPathPage(p *Path) pathPage {
	all := func(list []string) *names { return newNames(list, len(list)) } // they are what the page is for
	page := pathPage{
		Path: p, Title: p.Path, Creates: strings.Join(p.Verbs, ", "),
		Sets: all(p.Settable), Refuses: all(p.Refused), Segments: all(p.Next),
	}
	if page.Creates == "" {
		page.Creates = "none"
	}
	return page
}
