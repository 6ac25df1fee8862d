package openapi

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isIdentifier reports whether s is a SimpleIdentifier, CSDL section 15.2.
func isIdentifier(s string) bool {
	for i, c := range s {
		switch {
		case unicode.In(c, unicode.L, unicode.Nl) || c == '_':
		case i == 0 || !unicode.In(c, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Cf):
			return false
		}
	}
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= 128
}

// isTypeName reports whether s is a namespace and an identifier.
func isTypeName(s string) bool {
	namespace := namespaceOf(s)
	if len(namespace) > 511 || slices.Contains([]string{"", "Edm", "odata", "System", "Transient"}, namespace) {
		return false
	}
	for part := range strings.SplitSeq(s, ".") {
		if !isIdentifier(part) {
			return false
		}
	}
	return true
}

func namespaceOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }

// simpleName returns a name without its namespace.
func simpleName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// unescaped is what a JSON pointer escapes.
var unescaped = strings.NewReplacer("~1", "/", "~0", "~")

// refName returns the name that a reference ends in: that of a component, or
// that of a file which holds just a schema.
func refName(ref string) string {
	file, fragment, _ := strings.Cut(ref, "#")
	if name := path.Base(fragment); fragment != "" && name != "/" {
		return unescaped.Replace(name)
	}
	name := path.Base(file)
	switch extension := path.Ext(name); extension {
	case ".yaml", ".yml", ".json":
		return strings.TrimSuffix(name, extension)
	}
	return name
}
