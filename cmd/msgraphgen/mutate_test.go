package main

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// unsafeNames replace names of an input.
var unsafeNames = []string{
	"", "..", "../../etc/passwd", `a\b`, "con", "aux", "x_test", "x_linux", "func", "init", "String", "error", "Client", "id", "x٣", "名前", "ß", "_",
	strings.Repeat("long", 40), "\u202egnirts", "\x1b[31m", "\x00", "\xff", "*/", "+build ignore", "//go:build ignore", "`", `"`, "'", "{{.}}", "]]>", "<!--", "-->",
	"&a", "*a", "<<", "$ref", "null", "~", "-1", "1e999", "99999999999999999999", "true", "a.b.c", "Edm.String", "Edm.Nothing", "Collection(Collection(x))", "@odata.type", "{id}", "**",
	"#/components/schemas/a", "---", "```", "|", "\n", "\t", "http://[::1", "1970-13-45", "sha256:", "GET /x", "POST /",
}

var (
	words    = regexp.MustCompile(`[\pL\pN_.$@/-]{2,}`)
	elements = regexp.MustCompile(`<[A-Za-z][^<>]*>`)
)

// mutated returns a text with one to four random changes.
func mutated(random *rand.Rand, text []byte) []byte {
	text = bytes.Clone(text)
	for range 1 + random.IntN(4) {
		if len(text) == 0 {
			return text
		}
		changes := []func(*rand.Rand, []byte) []byte{changeBytes, changeLines, changeLines, changeBlock, changeElement, changeElement, changeWord, changeWord, changeWord}
		text = changes[random.IntN(len(changes))](random, text)
	}
	return text
}

// replaced returns the text with its part from start to end replaced.
func replaced(text []byte, start, end int, by ...[]byte) []byte {
	return slices.Concat(text[:start], bytes.Join(by, nil), text[end:])
}

// changeBytes changes, drops, doubles or cuts off bytes.
func changeBytes(random *rand.Rand, text []byte) []byte {
	start := random.IntN(len(text))
	end := min(len(text), start+1+random.IntN(30))
	switch random.IntN(5) {
	case 0:
		return replaced(text, start, start+1, []byte{byte(random.IntN(256))})
	case 1:
		return replaced(text, start, end)
	case 2:
		return replaced(text, start, end, text[start:end], text[start:end])
	case 3:
		return text[:start]
	default:
		return replaced(text, start, start, []byte{"<>&\"'{}[]:,*-#|`~\n\t\\/"[random.IntN(21)]})
	}
}

// changeLines drops, doubles, swaps or indents lines.
func changeLines(random *rand.Rand, text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	i, j := random.IntN(len(lines)), random.IntN(len(lines))
	switch random.IntN(4) {
	case 0:
		lines = slices.Delete(lines, i, i+1)
	case 1:
		lines = slices.Insert(lines, j, lines[i])
	case 2:
		lines[i], lines[j] = lines[j], lines[i]
	case 3:
		lines[i] = append(bytes.Repeat([]byte(" "), 1+random.IntN(4)), lines[i]...)
	}
	return bytes.Join(lines, nil)
}

// changeBlock drops, doubles or nests a line with the more indented lines below it.
func changeBlock(random *rand.Rand, text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	start := random.IntN(len(lines))
	indent := func(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t-")) }
	end := start + 1
	for end < len(lines) && indent(lines[end]) > indent(lines[start]) {
		end++
	}
	block := lines[start:end]
	var by [][]byte
	switch random.IntN(3) {
	case 0:
	case 1:
		by = slices.Concat(block, block)
	case 2:
		by = slices.Clone(block)
		for _, line := range block {
			by = append(by, slices.Concat(bytes.Repeat([]byte(" "), indent(line)+2), bytes.TrimLeft(line, " \t")))
		}
	}
	return bytes.Join(slices.Concat(lines[:start], by, lines[end:]), nil)
}

// changeElement drops, doubles, nests, or swaps elements of XML.
func changeElement(random *rand.Rand, text []byte) []byte {
	tags := elements.FindAllIndex(text, -1)
	if tags == nil {
		return changeWord(random, text)
	}
	element := func() (start, end int) {
		tag := tags[random.IntN(len(tags))]
		start, end = tag[0], tag[1]
		if text[end-2] == '/' {
			return start, end
		}
		name, _, _ := strings.Cut(strings.Trim(string(text[start+1:end-1]), "/"), " ")
		if i := bytes.Index(text[end:], []byte("</"+name+">")); i >= 0 {
			end += i + len("</"+name+">")
		}
		return start, end
	}
	start, end := element()
	whole := text[start:end]
	switch random.IntN(5) {
	case 0:
		return replaced(text, start, end)
	case 1:
		return replaced(text, start, end, whole, whole)
	case 2: // within itself
		if open := bytes.IndexByte(whole, '>') + 1; open < len(whole) {
			return replaced(text, start+open, start+open, whole)
		}
		return replaced(text, start, end, whole[:len(whole)-2], []byte(">"), whole, []byte("</"), words.Find(whole), []byte(">"))
	case 3: // elsewhere
		other, _ := element()
		return replaced(text, other, other, whole)
	default:
		other, otherEnd := element()
		return replaced(text, other, otherEnd, whole)
	}
}

// changeWord replaces a word by an unsafe name, or by another word of the text.
func changeWord(random *rand.Rand, text []byte) []byte {
	found := words.FindAllIndex(text, -1)
	if found == nil {
		return text
	}
	at, other := found[random.IntN(len(found))], found[random.IntN(len(found))]
	by := text[other[0]:other[1]]
	if random.IntN(2) == 0 {
		by = []byte(unsafeNames[random.IntN(len(unsafeNames))])
	}
	if random.IntN(4) == 0 { // everywhere
		return bytes.ReplaceAll(text, bytes.Clone(text[at[0]:at[1]]), by)
	}
	return replaced(text, at[0], at[1], by)
}
