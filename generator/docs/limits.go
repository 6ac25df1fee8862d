package docs

import "bytes"

// Limits of a page. They are far beyond all real pages and keep the time for
// reading Markdown linear: the parser takes the square of the depth of lists,
// of the brackets and of the emphasis marks in a paragraph.
const (
	maxPageSize    = 4 << 20   // bytes
	maxIncludeSize = 256 << 10 // bytes of a file that pages include

	maxNesting   = 100         // quotes and lists that a line is in
	maxIndent    = 1000        // columns before the text of a line
	maxBrackets  = 20_000      // [ and { in a page; JSON is read recursively
	maxEscapes   = 5_000       // \| in a page
	maxCells     = 2_000_000   // lines of a page times columns of its widest table
	maxBackticks = 100         // in a row
	maxEmphasis  = 100_000_000 // squares of the numbers of emphasis marks in the paragraphs
)

// Limits of the elements of a page. Each request is compared with each example.
const (
	maxRequests  = 200
	maxExamples  = 200
	maxPath      = 2000 // bytes
	maxResponses = 100
	maxWarnings  = 100
)

// exceeded returns which limit a text exceeds, and the offset of the line that
// does so, or "".
func exceeded(data []byte) (limit string, offset int) {
	brackets, escapes, lines, bars, marks, emphasis := 0, 0, 0, 0, 0, 0
	for line := range bytes.Lines(data) {
		lines++
		brackets += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
		escapes += bytes.Count(line, []byte(`\|`))
		bars = max(bars, bytes.Count(line, []byte("|")))
		if len(bytes.TrimSpace(line)) == 0 {
			emphasis += marks * marks
			marks = 0
		}
		marks += emphasisMarks(line)
		indent, nesting := prefix(line)
		switch {
		case nesting > maxNesting:
			limit = "lists and quotes are nested too deeply"
		case indent > maxIndent:
			limit = "the line is indented too far"
		case brackets > maxBrackets:
			limit = "the page has too many [ and {"
		case escapes > maxEscapes:
			limit = `the page has too many \|`
		case lines*bars > maxCells:
			limit = "the page has too many lines for such a wide table"
		case emphasis+marks*marks > maxEmphasis:
			limit = "the paragraphs have too many * and _"
		case bytes.Contains(line, longBackticks):
			limit = "the line has too many backticks in a row"
		}
		if limit != "" {
			return limit, offset
		}
		offset += len(line)
	}
	return "", 0
}

var longBackticks = bytes.Repeat([]byte("`"), maxBackticks+1)

// prefix returns the width of the indentation with which a line can begin, and
// how many quotes and list items can start there.
func prefix(line []byte) (indent, marks int) {
	afterDigit := false
	for i, c := range line {
		switch {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>':
			marks++
		case c == '-' || c == '+' || c == '*' || afterDigit && (c == '.' || c == ')'):
			if i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t') {
				marks++
			}
		case c < '0' || c > '9':
			return indent, marks
		}
		afterDigit = c >= '0' && c <= '9'
	}
	return indent, marks
}

// emphasisMarks counts the runs of * and _ that can begin or end emphasis. A _
// between letters, as in snake_case, cannot.
func emphasisMarks(line []byte) (n int) {
	for i := 0; i < len(line); {
		c := line[i]
		if c != '*' && c != '_' {
			i++
			continue
		}
		start := i
		for i < len(line) && line[i] == c {
			i++
		}
		before, after := start > 0 && isWord(line[start-1]), i < len(line) && isWord(line[i])
		if c == '*' || !before || !after {
			n++
		}
	}
	return n
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
