package report

// Page is a page of HTML: the name of a template in templates/report, and its
// data.
type Page struct {
	Template string // "type"
	Title    string
	Data     any
}

// Findings is the data of the page "findings": a list that a reader filters by
// severity and text, and a picture of the types that the findings are about.
type Findings struct {
	Command   string   // "diff"
	Sources   []string // the names of what was compared
	Separator string   // between them: "→"
	Verdict   string
	Heading   string // "Changes"
	Noun      string // "changes"
	Items     []Item
	Picture   *Picture // nil for none
}

// Item is a finding in a list.
type Item struct {
	Severity Severity
	Kind     string // "type changed"
	Subject  string
	Type     string // the qualified name of the type that it is about, "" for none
	Brief    string // a summary in a few words, "" for none
	Facts    []Fact // shown when the item is opened
}

// Fact is a statement about an item.
type Fact struct {
	Name  string
	Codes []string // names of the schema or of Go
	Text  string
	At    string // a position, "" for none
}

// Count is how many items have a severity.
type Count struct {
	Severity Severity
	Count    int
}

// Counts lists the severities that occur, the gravest first.
func (f Findings) Counts() []Count {
	tally := TallyOf(f.Items, func(i Item) Severity { return i.Severity })
	var counts []Count
	for _, s := range Severities {
		if tally[s] > 0 {
			counts = append(counts, Count{s, tally[s]})
		}
	}
	return counts
}

// Filter is the data of the form that filters a list.
type Filter struct {
	Noun    string // what the items are called: "properties"
	Size    int
	Hint    string  // examples of texts to search for
	Counts  []Count // the severities to choose from, nil for none
	Details bool    // whether items can be opened
}

// Filter returns the form for the items of f.
func (f Findings) Filter() Filter {
	return Filter{f.Noun, len(f.Items), "name, kind, file …", f.Counts(), true}
}
