package csdl

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// unknown warns about an element that its parent cannot have.
func (e element) unknown(parent element) {
	if e.name == "" {
		e.r.countForeign(foreignName{"element", e.xml}, e.at)
		return
	}
	e.warnf("element %s is unknown in %s; it is left out", e.name, parent.name)
}

// repeated adds a defect: the parent can have such an element only once.
func (e element) repeated(parent element) {
	e.defectf("%s has more than one %s", parent.name, e.name)
}

// reportText warns about text outside of the elements that hold text.
func (e element) reportText(text []byte) {
	const maxShown = 20
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return
	}
	if runes := []rune(string(text[:min(len(text), 4*maxShown)])); len(runes) > maxShown {
		text = append([]byte(string(runes[:maxShown])), "…"...)
	}
	if e.name == "" {
		e.r.fail(e.r.at, "text %q is outside of the root element", text)
		return
	}
	e.r.problems = append(e.r.problems, source.Diagnostic{
		Position: e.r.at, Severity: source.Warning, Message: fmt.Sprintf("text %q in %s has no meaning; it is left out", text, e.name),
	})
}

// reportUnreadAttributes warns about the attributes that were not read.
func (e element) reportUnreadAttributes() {
	unread := 0
	for _, a := range e.attributes {
		if a.Name.Space != taken {
			unread++
		}
	}
	if unread == 0 {
		return
	}
	read := make(map[string]bool, len(e.attributes)-unread)
	for _, a := range e.attributes {
		if a.Name.Space == taken {
			read[a.Name.Local] = true
		}
	}
	for _, a := range e.attributes {
		switch {
		case a.Name.Space == taken || a.Name.Space == "xmlns" || a.Name.Space == "xml":
		case a.Name.Space != "":
			if name := e.r.resolve(a.Name); name.Space != xsi {
				e.r.countForeign(foreignName{"attribute", name}, e.at)
			}
		case a.Name.Local == "xmlns":
		case read[a.Name.Local]:
			e.defectf("%s has the attribute %s twice", e.name, a.Name.Local)
		default:
			e.warnf("attribute %s is unknown in %s; it is left out", a.Name.Local, e.name)
		}
	}
}

// xsi is the XML namespace of attributes that any document may have.
const xsi = "http://www.w3.org/2001/XMLSchema-instance"

// foreignName is the name of an element or attribute that is in no XML namespace
// of CSDL.
type foreignName struct {
	what string
	name xml.Name
}

// foreignUse counts the occurrences of a foreign name.
type foreignUse struct {
	first source.Position
	count int
}

func (r *reader) countForeign(name foreignName, at source.Position) {
	use, ok := r.foreign[name]
	if !ok {
		use = &foreignUse{first: at}
		r.foreign[name] = use
		r.foreignNames = append(r.foreignNames, name)
	}
	use.count++
}

// reportForeign warns about each foreign name once. A name that occurs at all
// tends to occur on every element.
func (r *reader) reportForeign() {
	for _, name := range r.foreignNames {
		use := r.foreign[name]
		r.problems = append(r.problems, source.Diagnostic{
			Position: use.first, Severity: source.Warning,
			Message: fmt.Sprintf("%s %s of the XML namespace %q is unknown; it is left out (%d in the document)", name.what, name.name.Local, name.name.Space, use.count),
		})
	}
}
