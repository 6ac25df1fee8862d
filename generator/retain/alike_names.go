package retain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lastName returns a name without its namespace and the type that declares it.
func lastName(name string) string { return name[strings.LastIndexAny(name, "./")+1:] }

// minName is how long names must be for one other letter not to make them
// other words.
const minName = 4

// alikeNames says how little two names differ: by case, by a plural, by one
// letter, or by two that changed places. Else it returns "". Digits count:
// street1 is not street2.
func alikeNames(a, b string) string {
	const most = len("es") * utf8.UTFMax // that a plural has more
	if abs := max(len(a), len(b)) - min(len(a), len(b)); abs > most {
		return ""
	}
	if strings.EqualFold(a, b) {
		return "the names differ in case only"
	}
	x, y := strings.ToLower(a), strings.ToLower(b)
	if digits(x) != digits(y) || min(utf8.RuneCountInString(x), utf8.RuneCountInString(y)) < minName {
		return ""
	}
	switch {
	case plural(x, y), plural(y, x):
		return "the names differ in number only"
	case oneEdit([]rune(x), []rune(y)):
		return "the names differ in one letter"
	}
	return ""
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// plural reports whether b is the plural of a.
func plural(a, b string) bool {
	return b == a+"s" || b == a+"es" || strings.HasSuffix(a, "y") && b == strings.TrimSuffix(a, "y")+"ies"
}

// oneEdit reports whether one letter was added, left out or changed, or two
// neighbours changed places.
func oneEdit(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
