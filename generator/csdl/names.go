package csdl

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// isNamespace reports whether s is a namespace, section 15.1.
func isNamespace(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !model.IsIdentifier(part) {
			return false
		}
	}
	return utf8.RuneCountInString(s) <= 511
}

// isReserved reports whether s can be neither a namespace nor an alias, section
// 5.
func isReserved(s string) bool {
	return s == "Edm" || s == "odata" || s == "System" || s == "Transient"
}

// XML namespaces, section 2.2. The older ones are those of OData 1 to 3.
const (
	edm  = "http://docs.oasis-open.org/odata/ns/edm"
	edmx = "http://docs.oasis-open.org/odata/ns/edmx"

	olderNamespaces = "http://schemas.microsoft.com/ado/"
)

// namespace is an XML namespace that an element declares.
type namespace struct {
	prefix string // "" for that of names without a prefix
	uri    string
	depth  int // of the element
}

// declareNamespaces enters the namespaces that the innermost open element
// declares.
func (r *reader) declareNamespaces(attributes []xml.Attr) {
	for _, a := range attributes {
		switch {
		case a.Name.Space == "xmlns":
			r.namespaces = append(r.namespaces, namespace{a.Name.Local, a.Value, len(r.open)})
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			r.namespaces = append(r.namespaces, namespace{"", a.Value, len(r.open)})
		}
	}
}

// dropNamespaces forgets the namespaces of elements that are closed.
func (r *reader) dropNamespaces() {
	for last := len(r.namespaces) - 1; last >= 0 && r.namespaces[last].depth > len(r.open); last-- {
		r.namespaces = r.namespaces[:last]
	}
}

// resolve puts the namespace of a name in place of its prefix. A prefix that is
// not declared stays.
func (r *reader) resolve(name xml.Name) xml.Name {
	for last := len(r.namespaces) - 1; last >= 0; last-- {
		if n := r.namespaces[last]; n.prefix == name.Space {
			return xml.Name{Space: n.uri, Local: name.Local}
		}
	}
	return name
}

// qualified returns a name with its prefix as it stands in the document.
func qualified(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
