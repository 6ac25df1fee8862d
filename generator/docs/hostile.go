package docs

import "bytes"

// maxSize is the size of a page in bytes that is still read.
const maxSize = 4 << 20

// What is far beyond all real pages, and below what makes reading Markdown
// slow: nesting and brackets cost their square.
const (
	maxNesting  = 100       // quotes and lists that a line is in
	maxIndent   = 1000      // columns before the text of a line
	maxBrackets = 20_000    // [ in a page
	maxEscapes  = 5_000     // \| in a page
	maxCells    = 2_000_000 // lines of a page times columns of its widest table
)

// hostile returns why a text is no reference page that somebody wrote for
// readers, and where that shows; "" if it is one.
func hostile(data []byte) (reason string, offset int) {
	brackets, escapes, lines, bars := 0, 0, 0, 0
	for line := range bytes.Lines(data) {
		lines++
		brackets += bytes.Count(line, []byte("["))
		escapes += bytes.Count(line, []byte(`\|`))
		bars = max(bars, bytes.Count(line, []byte("|")))
		indent, nesting := prefix(line)
		switch {
		case nesting > maxNesting:
			reason = "lists and quotes are nested too deep"
		case indent > maxIndent:
			reason = "the line is indented too far"
		case brackets > maxBrackets:
			reason = "the page has too many ["
		case escapes > maxEscapes:
			reason = `the page has too many \|`
		case lines*bars > maxCells:
			reason = "the page has too many lines for a table with that many columns"
		}
		if reason != "" {
			return reason, offset
		}
		offset += len(line)
	}
	return "", 0
}

// prefix returns how many columns of spaces and how many marks of quotes and
// list items a line can begin with.
func prefix(line []byte) (indent, marks int) {
	number := false // digits precede
	for i, c := range line {
		switch {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>':
			marks++
		case c == '-' || c == '+' || c == '*' || number && (c == '.' || c == ')'):
			if i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t') {
				marks++
			}
		case c < '0' || c > '9':
			return indent, marks
		}
		number = c >= '0' && c <= '9'
	}
	return indent, marks
}
