// Package csdl reads OData CSDL XML documents, versions 4.0 and 4.01, into the
// model. Such a document is what a service answers under $metadata. Section
// numbers in this package are those of OData CSDL XML 4.01
// (https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html).
//
// There is one function for each CSDL element, a method of [element] of about
// its name. It takes the attributes first, then ranges over the children;
// attributes and children that it does not know are reported and left out.
package csdl

import (
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Parse reads a CSDL XML document in UTF-8. File names it in positions. In the
// result aliases are replaced by namespaces and schemas of one namespace are
// one, but nothing is linked yet: [model.Link] does that.
//
// Problems go to ds. What the document has beyond CSDL 4.01 is left out with a
// warning. If the document cannot be read to its end, the model is empty, so
// that linking it reports nothing more.
func Parse(file string, data []byte, ds *source.Diagnostics) *model.Model {
	data, ok := text(file, data, ds)
	if !ok {
		return &model.Model{}
	}
	r := newReader(file, data, ds)
	r.document()
	r.reportForeign()
	if r.failed {
		return &model.Model{}
	}
	r.replaceAliases()
	return r.model
}
