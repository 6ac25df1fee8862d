package source_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"Gives milk.":                          "Gives milk.",
		"Größe 大小 → ½ 🙂":                       "Größe 大小 → ½ 🙂",
		" a\n\tb\u2028c\u2029d\u00a0e\u0085f ": " a  b c d e f ",
		"\x1b[2J\x00\x7f":                      `\x1b[2J\x00\x7f`,
		"\u009b31m":                            `\u009b31m`,
		"a\u202eb\u2066c\u200fd":               `a\u202eb\u2066c\u200fd`,
		"a\u200bb\ufeffc\u00add\u2060e":        `a\u200bb\ufeffc\u00add\u2060e`,
		"a\u3164b\u115fc\u2800d\ufe0fe":        `a\u3164b\u115fc\u2800d\ufe0fe`,
		"\U000e0041\ue000":                     `\U000e0041\ue000`,
		"a\xffb\xc3":                           `a\xffb\xc3`,
		"\ufffd":                               "\ufffd",
		"\u0301e\u0301":                        "\\u0301e\u0301",
		"e" + strings.Repeat("\u0301", 6):      "e\u0301\u0301\u0301\u0301" + `\u0301\u0301`,
		`say "a" \n`:                           `say "a" \n`,
	} {
		if got := source.Plain(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got, want := source.PlainLines(" a\tb\r\n\n\u2028c\u00a0\x1b "), " a\tb \n\n c \\x1b "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A text that was made safe stays as it is, and nothing in it is hidden.
func FuzzPlain(f *testing.F) {
	f.Add("a\x1b[2J\r\n\u202e\xff e\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		got := source.Plain(text)
		for _, r := range got {
			if source.Hidden(r) || unicode.IsSpace(r) && r != ' ' {
				t.Errorf("%q becomes %q, which holds %U", text, got, r)
			}
		}
		if again := source.Plain(got); again != got {
			t.Errorf("%q becomes %q, and then %q", text, got, again)
		}
		for _, r := range source.PlainLines(text) {
			if source.Hidden(r) && r != '\n' && r != '\t' {
				t.Errorf("the lines of %q hold %U", text, r)
			}
		}
	})
}
