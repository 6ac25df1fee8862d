package docs

import (
	"bufio"
	"bytes"
	"html"
	"sort"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
)

// prose is the plain text of a paragraph or cell, on one line, with the places
// of its code spans and links.
type prose struct {
	text  string
	code  []span
	links []span
}

// span is a part of a text.
type span struct {
	start, end int
	target     string // of a link
	offset     int    // of a link, in the page
}

// of returns the text of a span.
func (p prose) of(s span) string { return strings.TrimSpace(p.text[s.start:s.end]) }

// codeAt returns the code span that contains i.
func (p prose) codeAt(i int) (span, bool) {
	n := sort.Search(len(p.code), func(n int) bool { return p.code[n].end > i })
	if n < len(p.code) && p.code[n].start <= i {
		return p.code[n], true
	}
	return span{}, false
}

// proseOf returns the text of a block. It visits the nodes without recursion,
// as the page decides how deep they are nested.
func (t *text) proseOf(block ast.Node) prose {
	var w proseWriter
	for n := block.FirstChild(); n != nil; {
		w.enter(t, n)
		if child := n.FirstChild(); child != nil {
			n = child
			continue
		}
		for n != nil {
			w.leave(n)
			if next := n.NextSibling(); next != nil {
				n = next
				break
			}
			if n = n.Parent(); n == block {
				n = nil
			}
		}
	}
	p := prose{strings.TrimSuffix(w.b.String(), " "), w.code, w.links}
	for _, spans := range [][]span{p.code, p.links} {
		for i := range spans {
			spans[i].start = min(spans[i].start, len(p.text))
			spans[i].end = min(spans[i].end, len(p.text))
		}
	}
	return p
}

// proseWriter builds prose from the nodes of a block. It writes one space
// between words.
type proseWriter struct {
	b           strings.Builder
	code, links []span
	open        []int // the starts of the links around the current node
	codeStart   int
}

func (w *proseWriter) enter(t *text, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() || n.Parent().Kind() == ast.KindCodeSpan {
			w.write(string(n.Value(t.data)))
		} else {
			w.write(unescape(n.Value(t.data)))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.write(" ")
		}
	case *ast.String:
		w.write(string(n.Value))
	case *ast.AutoLink:
		w.write(string(n.Label(t.data)))
	case *ast.RawHTML:
		w.rawHTML(string(n.Segments.Value(t.data)))
	case *ast.CodeSpan:
		w.codeStart = w.b.Len()
	case *ast.Link:
		w.open = append(w.open, w.b.Len())
	}
}

func (w *proseWriter) leave(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeSpan:
		w.code = append(w.code, span{start: w.codeStart, end: w.b.Len()})
	case *ast.Link:
		start := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.links = append(w.links, span{start, w.b.Len(), string(n.Destination), n.Pos()})
	}
}

func (w *proseWriter) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) || isInvisible(r) {
			if text := w.b.String(); text != "" && !strings.HasSuffix(text, " ") {
				w.b.WriteByte(' ')
			}
			continue
		}
		w.b.WriteRune(r)
	}
}

// rawHTML writes a tag that is not HTML: it may be a placeholder, <id>.
func (w *proseWriter) rawHTML(tag string) {
	name := strings.ToLower(strings.Trim(tag, "<>/ \t\n"))
	if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
		name = name[:i]
	}
	switch name {
	case "br", "sup", "p", "div", "li", "ul", "ol", "img", "hr", "table", "tr", "td", "th":
		w.write(" ")
	case "a", "b", "i", "u", "s", "em", "strong", "sub", "code", "span", "small", "kbd", "pre", "del", "ins", "font", "center", "var":
	default:
		if !strings.HasPrefix(tag, "<!") && !strings.HasPrefix(tag, "<?") {
			w.write(tag)
		}
	}
}

// unescape resolves the entities and escapes of Markdown.
func unescape(text []byte) string {
	if !bytes.ContainsAny(text, `\&`) {
		return string(text)
	}
	// goldmark resolves escapes only while it writes HTML; the escapes of HTML
	// are undone.
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	ghtml.DefaultWriter.Write(w, text)
	w.Flush() // into memory
	return html.UnescapeString(b.String())
}

// oneLine returns a text on one line, without invisible characters.
func oneLine(s string) string {
	var w proseWriter
	w.write(s)
	return strings.TrimSuffix(w.b.String(), " ")
}

// sentences splits a text after each full stop that a capital letter follows.
// Abbreviations do not end a sentence.
func sentences(s string) []string {
	var list []string
	for s != "" {
		end := len(s)
		for i := 1; i+2 < len(s); i++ {
			if s[i] == ' ' && strings.IndexByte(".!?", s[i-1]) >= 0 && 'A' <= s[i+1] && s[i+1] <= 'Z' && !isAbbreviation(s[:i]) {
				end = i
				break
			}
		}
		list = append(list, s[:end])
		s = strings.TrimSpace(s[end:])
	}
	return list
}

// isAbbreviation reports whether the last word of s is an abbreviation.
func isAbbreviation(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	switch strings.ToLower(strings.TrimLeft(word, "(")) {
	case "e.g.", "i.e.", "etc.", "vs.", "no.", "dr.", "mr.", "mrs.", "ms.", "approx.", "inc.", "ltd.":
		return true
	}
	return false
}
