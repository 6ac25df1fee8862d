package csdl

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// document reads the whole document, section 4.
func (r *reader) document() {
	rooted := false
	for root := range (element{r: r}).children() {
		if rooted {
			r.fail(root.at, "there is a second root element, %s", root.xml.Local)
			return
		}
		rooted = true
		if root.name != "edmx:Edmx" {
			root.wrongRoot()
			return
		}
		root.edmx()
	}
	if !rooted {
		r.fail(r.at, "the document has no element")
	}
}

const olderVersion = "this document is of OData 1, 2 or 3 (XML namespace %s): only OData 4.0 and 4.01 can be read; " +
	"give the $metadata document of a version 4 service"

// wrongRoot refuses a root element that is not edmx:Edmx.
func (e element) wrongRoot() {
	switch {
	case strings.HasPrefix(e.xml.Space, olderNamespaces):
		e.r.fail(e.at, olderVersion, e.xml.Space)
	case strings.EqualFold(e.xml.Local, "html"):
		e.r.fail(e.at, "this is an HTML page, not CSDL: give the $metadata document of the service")
	default:
		e.r.fail(e.at, "the root element is %s of the XML namespace %q, not Edmx of %q: give the $metadata document of the service",
			e.xml.Local, e.xml.Space, edmx)
	}
}

func (e element) edmx() {
	m := e.r.model
	m.Version = e.optional("Version")
	if !strings.HasPrefix(m.Version, "4.") {
		if m.Version != "" {
			e.odd("Version", m.Version, "is neither 4.0 nor 4.01; the document is read as 4.01")
		}
		m.Version = ""
	}
	services := false
	for child := range e.children() {
		switch child.name {
		case "edmx:Reference":
			m.References = append(m.References, child.reference())
		case "edmx:DataServices":
			services = true
			child.dataServices()
		default:
			child.unknown(e)
		}
	}
	switch {
	case !services:
		e.r.fail(e.at, "the document has no edmx:DataServices")
	case len(m.Schemas) == 0:
		e.r.fail(e.at, "the document has no Schema in the XML namespace %q", edm)
	}
}

func (e element) dataServices() {
	for child := range e.children() {
		switch {
		case child.name == "Schema":
			e.r.model.Schemas = append(e.r.model.Schemas, child.schema())
		case child.xml.Local == "Schema" && strings.HasPrefix(child.xml.Space, olderNamespaces):
			e.r.fail(child.at, olderVersion, child.xml.Space)
		default:
			child.unknown(e)
		}
	}
}

// reference reads a reference to another document, section 4.1.
func (e element) reference() *model.Reference {
	ref := &model.Reference{URI: e.required("Uri")}
	var annotations []*model.Annotation
	for child := range e.children() {
		switch child.name {
		case "edmx:Include":
			ref.Namespaces = append(ref.Namespaces, child.include())
		case "edmx:IncludeAnnotations":
			ref.AnnotationGroups = append(ref.AnnotationGroups, child.includeAnnotations())
		case "Annotation":
			annotations = append(annotations, child.annotation()...)
		default:
			child.unknown(e)
		}
	}
	ref.Element = e.done(annotations)
	return ref
}

// include reads the name of a schema of another document, section 4.2.
func (e element) include() *model.Include {
	include := &model.Include{Namespace: e.namespace("Namespace"), Alias: e.alias()}
	e.declareAlias(include.Alias, include.Namespace)
	include.Element = e.done(e.annotations())
	return include
}

// includeAnnotations reads a reference to annotations of another document,
// section 4.3.
func (e element) includeAnnotations() *model.IncludeAnnotations {
	include := &model.IncludeAnnotations{
		TermNamespace:   e.namespace("TermNamespace"),
		Qualifier:       e.optional("Qualifier"),
		TargetNamespace: e.optional("TargetNamespace"),
		Position:        e.at,
	}
	e.empty()
	return include
}

// declareAlias enters an alias, which is valid in the whole document, even before
// its declaration, section 5.1. An alias of two namespaces is not replaced.
func (e element) declareAlias(alias, namespace string) {
	if alias == "" || namespace == "" {
		return
	}
	if other, ok := e.r.aliases[alias]; ok && other != namespace {
		e.odd("Alias", alias, fmt.Sprintf("is declared for %s, and for %s too; it is not replaced anywhere", namespace, cmp.Or(other, "others")))
		namespace = ""
	}
	e.r.aliases[alias] = namespace
}
