// Package ident turns the names of a schema into Go identifiers and file
// names.
package ident

import (
	"crypto/sha256"
	"fmt"
	"go/token"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rules are the spelling rules of Go identifiers.
type Rules struct {
	// Initialisms are the words that are written in capitals: "ID", "URL".
	Initialisms map[string]bool
}

// Default returns the initialisms of the Go code review comments
// (https://go.dev/wiki/CodeReviewComments#initialisms) and of Microsoft Graph.
func Default() Rules {
	rules := Rules{Initialisms: map[string]bool{}}
	for word := range strings.FieldsSeq(`ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON LHS QPS
		RAM RHS RPC SLA SMTP SQL SSH TCP TLS TTL UDP UI UID UUID URI URL UTF8 VM XML XMPP XSRF XSS
		CSV DHCP FTP GPS IMEI MAC MDM MFA NFC PDF PIN PKI SAML SAS SDK SMS SSL SSO TPM UPN USB VPN`) {
		rules.Initialisms[word] = true
	}
	return rules
}

// Words splits a name in camel case into words: "webUrl" into web and Url,
// "WIPAppID" into WIP, App and ID. Digits belong to the word before them. Other
// characters separate words.
func Words(name string) []string { return slices.Collect(words(name)) }

// words yields the words of a name one by one, without memory for a list: the
// name of every element of a schema is split.
func words(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		var previous rune
		for i, r := range name {
			_, size := utf8.DecodeRuneInString(name[i:])
			separates := !unicode.IsLetter(r) && !unicode.IsDigit(r)
			begins := unicode.IsUpper(r) && (!unicode.IsUpper(previous) || endsAcronym(name[i+size:]))
			if (separates || begins) && i > start && !yield(name[start:i]) {
				return
			}
			switch {
			case separates:
				start = i + size
			case begins:
				start = i
			}
			previous = r
		}
		if start < len(name) {
			yield(name[start:])
		}
	}
}

// endsAcronym reports whether an upper-case letter that is followed by rest
// begins a word of its own, as the A of WIPApp does. The D of "userIDs" does
// not: that is a plural.
func endsAcronym(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	afterNext, _ := utf8.DecodeRuneInString(rest[size:])
	return unicode.IsLower(next) && (next != 's' || unicode.IsLower(afterNext))
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

// Suffix returns the text to append to an identifier to form a longer one. It is
// like Exported, but its result can begin with a digit and can be empty.
func (r Rules) Suffix(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for word := range words(name) {
		b.WriteString(r.word(word))
	}
	return b.String()
}

// Unexported returns the identifier of a parameter for a name: "StartDateTime"
// becomes startDateTime, "IDs" ids. It is not a keyword.
func (r Rules) Unexported(name string) string {
	words := Words(name)
	if len(words) == 0 {
		return "x"
	}
	id := strings.ToLower(words[0])
	for _, word := range words[1:] {
		id += r.word(word)
	}
	if first, _ := utf8.DecodeRuneInString(id); !unicode.IsLetter(first) {
		id = "x" + id
	}
	if token.IsKeyword(id) {
		id += "Value"
	}
	return id
}

func (r Rules) word(word string) string {
	if r.isInitialism(word) {
		return strings.ToUpper(word)
	}
	last := len(word) - 1
	if (word[last] == 's' || word[last] == 'S') && r.isInitialism(word[:last]) {
		return strings.ToUpper(word[:last]) + "s"
	}
	first, size := utf8.DecodeRuneInString(word)
	if upper := unicode.ToUpper(first); upper != first {
		return string(upper) + word[size:]
	}
	return word
}

// maxInitialism is the greatest length of an initialism.
const maxInitialism = 8

// isInitialism looks a word up in upper case. It does not allocate, because it is
// called for every word of the schema.
func (r Rules) isInitialism(word string) bool {
	if len(word) > maxInitialism {
		return false
	}
	var upper [maxInitialism]byte
	for i := range len(word) {
		upper[i] = word[i]
		if 'a' <= word[i] && word[i] <= 'z' {
			upper[i] -= 'a' - 'A'
		}
	}
	return r.Initialisms[string(upper[:len(word)])]
}

// maxScan is the number up to which Unique tries each number.
const maxScan = 20

// Unique returns name if it is not taken, else name with the smallest number from
// 2 on that is not taken. Beyond 20 it is a number that is not taken and follows
// one that is: a search for the smallest takes too long if thousands of names
// collide.
func Unique(name string, taken func(string) bool) string {
	if !taken(name) {
		return name
	}
	numbered := func(n int) string { return name + strconv.Itoa(n) }
	last, free := 1, 2 // last is taken
	for ; taken(numbered(free)); free += max(1, last-maxScan) {
		last = free
	}
	for free-last > 1 {
		if middle := (last + free) / 2; taken(numbered(middle)) {
			last = middle
		} else {
			free = middle
		}
	}
	return numbered(free)
}

// maxFile is the longest base name of a file, in bytes. File systems allow 255, to
// which suffixes and the names of temporary files add.
const maxFile = 120

// File returns the base name of a Go file for a Go identifier: lower-case words
// joined by "_", without ".go". It satisfies [IsFile]: File appends "type" to a
// name that has a meaning for Go or Windows, leaves out digits that Go does not
// allow in a path, and replaces the end of a long name by its digest.
func (r Rules) File(identifier string) string {
	var b strings.Builder
	b.Grow(len(identifier) + 8) // for some separators
	for word := range words(identifier) {
		begins := b.Len() > 0
		for _, r := range word {
			if r = fileRune(r); r < 0 {
				continue
			}
			if begins {
				b.WriteByte('_')
				begins = false
			}
			b.WriteRune(r)
		}
	}
	file := b.String()
	if hasMeaning(file) {
		file += "_type"
	}
	if file == "" || len(file) > maxFile {
		file = shortened(file, identifier, maxFile)
	}
	return file
}

// maxData is the longest base name of a file that is not Go, in bytes: suffixes can add
// 35 more.
const maxData = 220

// DataFile returns the base name of a file that is not Go for a name: the name in lower
// case without digits that Go does not allow in a path, or its beginning and its digest if
// it is long.
func DataFile(name string) string {
	name = strings.Map(fileRune, name)
	if len(name) <= maxData {
		return name
	}
	return shortened(name, name, maxData)
}

// shortened returns the beginning of a file name, followed by the digest of what it
// stands for, in at most limit bytes.
func shortened(file, of string, limit int) string {
	digest := fmt.Sprintf("%08x", sha256.Sum256([]byte(of)))[:8]
	for len(file) > limit-len("_")-len(digest) {
		_, size := utf8.DecodeLastRuneInString(file)
		file = file[:len(file)-size]
	}
	return strings.TrimLeft(file+"_"+digest, "_")
}

// Fold returns the same name for all names that a file system without regard to case
// takes for one.
func Fold(name string) string { return strings.ToLower(strings.ToUpper(name)) }

// fileRune returns the character of a file name for one of an identifier, or -1 for
// none. File systems that ignore case take ſ for s: ToUpper unites them first.
func fileRune(r rune) rune {
	r = unicode.ToLower(unicode.ToUpper(r))
	if r != '_' && !unicode.IsLetter(r) && (r < '0' || r > '9') {
		return -1
	}
	return r
}

// IsFile reports whether a name can be the base name of a Go file on all systems: it
// consists of lower-case letters, the digits 0 to 9 and "_", has at most 120 bytes,
// and is neither a build constraint nor a device of Windows.
func IsFile(name string) bool {
	return name != "" && name[0] != '_' && len(name) <= maxFile && !hasMeaning(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return fileRune(r) != r })
}

// hasMeaning reports whether the base name of a file ends in a build constraint or
// in "_test", or is the name of a device of Windows.
func hasMeaning(name string) bool {
	last := name[strings.LastIndexByte(name, '_')+1:]
	return constraints[last] && last != name || devices[name]
}

// constraints are the known values of GOOS and GOARCH, past and present
// (internal/syslist in the Go source), and "test": files that end in _word.go
// are built only for some systems, or only for tests.
var constraints = setOf(`test
	aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
	386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le
	ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`)

// devices are names that Windows takes for devices, whatever follows the first dot.
var devices = setOf(`con prn aux nul
	com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`)

// setOf returns the words of a text.
func setOf(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}
