// Package quirk knows the oddities of Microsoft Graph's metadata: declarations
// that do not mean what OData says. Each is one function, which says where the
// oddity was reported and when it can be removed.
package quirk

import "github.com/msgraphgen/msgraphgen/generator/model"

// IsJSON reports whether t is microsoft.graph.Json, a complex type without
// properties that stands for any JSON value. The columns of workbooks
// (workbookTableRow.values, workbookRange.values) are of this type and hold
// arrays of arrays.
//
// It is reported at https://github.com/microsoftgraph/msgraph-metadata/issues/596,
// and no longer needed once the metadata says Edm.Untyped.
func IsJSON(t *model.StructuredType) bool {
	return t.QualifiedName() == "microsoft.graph.Json" && t.Kind == model.Complex && t.Base == nil &&
		len(t.Properties) == 0 && len(t.Navigation) == 0 && len(t.Derived()) == 0
}
