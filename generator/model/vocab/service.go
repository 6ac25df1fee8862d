package vocab

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Service is what the addresses of a service are like.
type Service struct {
	// Name is the qualified name of the entity container, or "" for Microsoft
	// Graph, which has addresses that everybody knows.
	Name string

	// KeysInParentheses says that keys stand in parentheses, users('adele'), and
	// not in segments of their own (OData URL Conventions 4.01, section 4.3).
	KeysInParentheses bool

	// QualifiedEnums says that values of enumerations have the name of their type
	// before them, Sales.Color'Yellow' (OData ABNF 4.01, enum). Microsoft Graph
	// takes 'yellow'.
	QualifiedEnums bool

	// plainOperations are the namespaces of operations that have only their name in
	// addresses: nil stands for all.
	plainOperations map[string]bool
}

// OperationName returns the name of a bound operation in addresses: with its namespace,
// unless that is a default one (OData URL Conventions 4.01, section 4.5, and
// Core.DefaultNamespace).
func (s Service) OperationName(o *model.Operation) string {
	if s.plainOperations == nil || s.plainOperations[o.Namespace] {
		return o.Name
	}
	return o.QualifiedName()
}

const (
	termKeyAsSegment     = "Org.OData.Capabilities.V1.KeyAsSegmentSupported"
	termDefaultNamespace = "Org.OData.Core.V1.DefaultNamespace"

	// termGraph marks the container of a source that is a translation of metadata
	// of Microsoft Graph, whatever its namespaces are called.
	termGraph = "Msgraphgen.V1.Graph"
)

// NewGraph returns the mark of a container of Microsoft Graph.
func NewGraph(at source.Position) *model.Annotation { return constant(termGraph, "Bool", "true", at) }

// ServiceOf returns the conventions of the service that a model describes.
// Microsoft Graph has keys in segments, and no namespaces before names.
func ServiceOf(m *model.Model) Service {
	if isGraph(m) {
		return Service{}
	}
	s := Service{KeysInParentheses: true, QualifiedEnums: true, plainOperations: map[string]bool{}}
	if m.Container == nil {
		return s // a package of types alone
	}
	s.Name = m.Container.Namespace + "." + m.Container.Name
	if a := model.Find(m.Container.Annotated, termKeyAsSegment, ""); a != nil && a.Value.Text() != "false" {
		s.KeysInParentheses = false
	}
	for _, schema := range m.Schemas {
		if a := model.Find(schema.Annotated, termDefaultNamespace, ""); a != nil && a.Value.Text() != "false" {
			s.plainOperations[schema.Namespace] = true
		}
	}
	return s
}

// isGraph reports whether a model describes Microsoft Graph, or a part of it.
func isGraph(m *model.Model) bool {
	if strings.Contains(m.Server, "graph.microsoft.") {
		return true
	}
	if c := m.Container; c != nil && (strings.HasPrefix(c.Namespace, "microsoft.graph") || model.Find(c.Annotated, termGraph, "") != nil) {
		return true
	}
	for _, s := range m.Schemas {
		if s.Namespace == "microsoft.graph" {
			return true
		}
	}
	return false
}

// Conventions returns the annotations of a container or a schema that ServiceOf reads.
func Conventions(list []*model.Annotation) []*model.Annotation {
	var found []*model.Annotation
	for _, term := range []string{termKeyAsSegment, termGraph, termDefaultNamespace} {
		if a := model.Find(list, term, ""); a != nil {
			found = append(found, a)
		}
	}
	return found
}
