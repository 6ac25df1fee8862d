package input_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// element is any XML element. A nil element has neither attributes nor
// children.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []*element `xml:",any"`
	Text     string     `xml:",chardata"`
}

func parse(t *testing.T, document []byte) *element {
	t.Helper()
	var root element
	if err := xml.Unmarshal(document, &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

func (e *element) kind() string { return e.XMLName.Local }

func (e *element) String() string { return e.kind() + " " + e.attr("Name") }

func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	i := slices.IndexFunc(e.Attrs, func(a xml.Attr) bool { return a.Name.Local == name })
	if i < 0 {
		return ""
	}
	return e.Attrs[i].Value
}

func (e *element) find(match func(*element) bool) *element {
	if e == nil {
		return nil
	}
	i := slices.IndexFunc(e.Children, match)
	if i < 0 {
		return nil
	}
	return e.Children[i]
}

func (e *element) child(kind string) *element {
	return e.find(func(c *element) bool { return c.kind() == kind })
}

func (e *element) annotation(term, qualifier string) *element {
	return e.find(func(c *element) bool { return c.attr("Term") == term && c.attr("Qualifier") == qualifier })
}

// member returns the PropertyValue with a name of the record e, or of a record
// that is a child of e.
func (e *element) member(name string) *element {
	if record := e.child("Record"); record != nil {
		e = record
	}
	return e.find(func(c *element) bool { return c.attr("Property") == name })
}

// all returns e and everything below it.
func (e *element) all() []*element {
	list := []*element{e}
	for _, c := range e.Children {
		list = append(list, c.all()...)
	}
	return list
}

// declares reports whether e is a declaration of the schema: a type, a member,
// a property, a container or something in it.
func (e *element) declares() bool {
	return e.attr("Name") != "" && e.kind() != "PropertyRef"
}

// facts returns the declarations of a CSDL document as text, by path:
// "microsoft.graph.entity/id" is "Property Type=Edm.String Nullable=false".
func facts(root *element) map[string]string {
	facts := map[string]string{}
	for _, schema := range root.all() {
		if schema.kind() != "Schema" {
			continue
		}
		for _, e := range schema.Children {
			if !e.declares() {
				continue
			}
			path := schema.attr("Namespace") + "." + e.attr("Name")
			facts[path] = fact(e)
			for _, c := range e.Children {
				if c.declares() {
					facts[path+"/"+c.attr("Name")] = fact(c)
				}
				if c.kind() == "Key" {
					facts[path+"/$Key"] = fact(c.child("PropertyRef"))
				}
			}
		}
	}
	return facts
}

func fact(e *element) string {
	text := e.kind()
	for _, a := range e.Attrs {
		text += fmt.Sprintf(" %s=%s", a.Name.Local, a.Value)
	}
	return text
}

// qualified returns the name of the type, or of the items of the collection,
// with the alias replaced: "Collection(graph.itemEmail)" is
// "microsoft.graph.itemEmail".
func qualified(reference string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(reference, "Collection("), ")")
	if short, ok := strings.CutPrefix(name, "graph."); ok {
		return "microsoft.graph." + short
	}
	return name
}

// schema is a CSDL document with its types by qualified name.
type schema struct {
	root  *element
	types map[string]*element
}

func newSchema(root *element) schema {
	s := schema{root, map[string]*element{}}
	for _, e := range root.all() {
		if strings.HasSuffix(e.kind(), "Type") {
			s.types["microsoft.graph."+e.attr("Name")] = e
		}
	}
	return s
}

// properties returns the structural properties of the type, inherited ones
// included, by name.
func (s schema) properties(typeName string) map[string]*element {
	properties := map[string]*element{}
	for t := s.types[typeName]; t != nil; t = s.types[qualified(t.attr("BaseType"))] {
		for _, e := range t.Children {
			if e.kind() == "Property" {
				properties[e.attr("Name")] = e
			}
		}
	}
	return properties
}

// collections returns the navigation properties of profile.
func (s schema) collections() []*element {
	var list []*element
	for _, e := range s.types["microsoft.graph.profile"].Children {
		if e.kind() == "NavigationProperty" {
			list = append(list, e)
		}
	}
	return list
}

// annotations returns the Annotations element for a collection of profile.
func (s schema) annotations(collection *element) *element {
	target := "microsoft.graph.profile/" + collection.attr("Name")
	return s.root.child("DataServices").child("Schema").
		find(func(e *element) bool { return e.attr("Target") == target })
}

// nonInsertable returns the paths that a create in the collection must not set.
func (s schema) nonInsertable(collection *element) []string {
	list := s.annotations(collection).annotation(restrictions, "").member("NonInsertableProperties").child("Collection")
	if list == nil {
		return nil
	}
	var paths []string
	for _, path := range list.Children {
		paths = append(paths, path.Text)
	}
	return paths
}

// misfits returns the members of an expression that the type does not declare, or
// that are not of the declared type.
func (s schema) misfits(path, typeName string, expression *element) []string {
	var misfits []string
	if kind, value := constant(expression); kind != "" && !s.fits(kind, value, typeName) {
		misfits = append(misfits, fmt.Sprintf("%s: %s for %s", path, kind, typeName))
	}
	for _, c := range expression.Children {
		if c.kind() != "PropertyValue" {
			misfits = append(misfits, s.misfits(path, typeName, c)...)
			continue
		}
		path := path + "/" + c.attr("Property")
		if p := s.properties(typeName)[c.attr("Property")]; p == nil {
			misfits = append(misfits, path+": not declared")
		} else {
			misfits = append(misfits, s.misfits(path, qualified(p.attr("Type")), c)...)
		}
	}
	return misfits
}

// constant returns the kind and the value of a constant expression. It returns ""
// and "" for null and for expressions with children.
func constant(e *element) (kind, value string) {
	switch e.kind() {
	case "Record", "Collection", "Null":
		return "", ""
	case "PropertyValue":
		for _, a := range e.Attrs {
			if a.Name.Local != "Property" {
				return a.Name.Local, a.Value
			}
		}
		return "", ""
	}
	return e.kind(), e.Text
}

// fits reports whether a constant expression is a value of the type.
func (s schema) fits(kind, value, typeName string) bool {
	switch kind {
	case "Bool":
		return typeName == "Edm.Boolean"
	case "Float":
		return typeName == "Edm.Double"
	case "EnumMember":
		for member := range strings.FieldsSeq(value) {
			enum, name, _ := strings.Cut(member, "/")
			isNamed := func(e *element) bool { return e.attr("Name") == name }
			if enum != typeName || s.types[enum].find(isNamed) == nil {
				return false
			}
		}
		return true
	}
	return typeName == "Edm."+kind
}
