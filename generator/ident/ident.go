// Package ident turns the names of a schema into Go identifiers and file
// names.
package ident

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rules say how words are spelled in Go.
type Rules struct {
	// Initialisms are the words that keep one case, in upper case: "ID", "URL".
	Initialisms map[string]bool
}

// Default returns the initialisms of the Go code review comments
// (https://go.dev/wiki/CodeReviewComments#initialisms), with those that
// Microsoft Graph uses besides.
func Default() Rules {
	rules := Rules{Initialisms: map[string]bool{}}
	for word := range strings.FieldsSeq(`ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON LHS QPS
		RAM RHS RPC SLA SMTP SQL SSH TCP TLS TTL UDP UI UID UUID URI URL UTF8 VM XML XMPP XSRF XSS
		CSV DHCP FTP GPS IMEI MAC MDM MFA NFC PDF PIN PKI SAML SAS SDK SMS SSL SSO TPM UPN USB VPN`) {
		rules.Initialisms[word] = true
	}
	return rules
}

// Words splits a name in camel case: "webUrl" is web, Url; "WIPAppID" is WIP,
// App, ID. Digits stay with the word before them. All else separates words.
func Words(name string) []string {
	runes := []rune(name)
	var words []string
	start := 0
	flush := func(end int) {
		if end > start {
			words = append(words, string(runes[start:end]))
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			start = i + 1
		case unicode.IsUpper(r) && i > start:
			// An upper-case letter begins a word after a lower-case one or a
			// digit, and at the end of an acronym: the A of WIPApp.
			lowerNext := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if !unicode.IsUpper(runes[i-1]) || lowerNext && !pluralNext(runes, i) {
				flush(i)
			}
		}
	}
	flush(len(runes))
	return words
}

// pluralNext reports whether the upper-case letter at i ends an acronym in
// the plural, as the D of "userIDs" does.
func pluralNext(runes []rune, i int) bool {
	return runes[i+1] == 's' && (i+2 == len(runes) || !unicode.IsLower(runes[i+2]))
}

// Exported returns the exported Go identifier for a name: "webUrl" becomes
// WebURL. The result is an identifier whatever the name holds.
func (r Rules) Exported(name string) string {
	id := r.Suffix(name)
	if first, _ := utf8.DecodeRuneInString(id); !unicode.IsUpper(first) {
		return "X" + id // nothing, a digit, or a script without upper case
	}
	return id
}

// Suffix returns what to put behind an identifier to form a longer one. It is
// like Exported, but can begin with a digit, and can be empty.
func (r Rules) Suffix(name string) string {
	var b strings.Builder
	for _, word := range Words(name) {
		b.WriteString(r.word(word))
	}
	return b.String()
}

func (r Rules) word(word string) string {
	upper := strings.ToUpper(word)
	if r.Initialisms[upper] {
		return upper
	}
	if singular, plural := strings.CutSuffix(upper, "S"); plural && r.Initialisms[singular] && len(word) > 1 {
		return singular + "s"
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// Unique returns name, or name with the smallest number from 2 on that makes
// it free.
func Unique(name string, taken func(string) bool) string {
	free := name
	for n := 2; taken(free); n++ {
		free = name + strconv.Itoa(n)
	}
	return free
}

// File returns the base name of a Go file for a Go identifier: lower-case
// words joined by "_", without ".go". A name whose last word Go would read as
// a build constraint or as a test gets another one behind it, and so does the
// name of a device of Windows.
func (r Rules) File(identifier string) string {
	words := Words(identifier)
	for i, word := range words {
		words[i] = strings.ToLower(word)
	}
	last := words[len(words)-1]
	if slices.Contains(constraints, last) && len(words) > 1 || slices.Contains(devices, last) && len(words) == 1 {
		words = append(words, "type")
	}
	return strings.Join(words, "_")
}

// constraints are the known values of GOOS and GOARCH, past and present
// (internal/syslist in the Go source), and "test": files that end in _word.go
// are built only for some systems, or only for tests.
var constraints = strings.Fields(`test
	aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
	386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le
	ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`)

// devices are what Windows takes for a device, whatever follows the first dot.
var devices = strings.Fields(`con prn aux nul
	com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`)
