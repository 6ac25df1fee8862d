// Package csdl reads OData CSDL XML documents, versions 4.0 and 4.01, into the
// model, and writes them. A service publishes such a document at $metadata.
// Section numbers in this package refer to OData CSDL XML 4.01
// (https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html).
//
// For each CSDL element, type element has a method with about its name that reads
// it. The method takes the attributes first, then ranges over the children. It
// reports unknown attributes and children, and leaves them out.
package csdl

import (
	"cmp"
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Options are the options of [Parse].
type Options struct {
	// Dir is the folder of the referenced documents, which can be in folders
	// below it too. If it is "", Parse reads no referenced document.
	Dir string
}

// Parse reads a CSDL XML document in UTF-8, and the documents that it references.
// Positions use file as the name of the document. Parse replaces aliases by
// namespaces and merges schemas with the same namespace. It does not link the
// model: [model.Link] does.
//
// Mistakes become problems of the element that has them; the rest of the document
// can be used. If a document cannot be read to its end, the error is a
// *source.InputError.
func Parse(file string, data []byte, options Options) (*model.Model, error) {
	r, err := read(file, data)
	if err != nil {
		return nil, err
	}
	documents := []*reader{r}
	if options.Dir != "" {
		documents = append(documents, readReferences(r, options.Dir)...)
	} else {
		for _, ref := range r.model.References {
			ref.Missing = "references are only read if the source is a file"
		}
	}
	return merge(documents), nil
}

// read reads a single document.
func read(file string, data []byte) (*reader, error) {
	data, err := text(file, data)
	if err != nil {
		return nil, err
	}
	batches, stop := readAhead(data)
	defer stop()
	r := newReader(file, data, batches)
	r.document()
	if r.failure != nil {
		return nil, r.failure
	}
	r.reportForeign()
	r.model.Problems = r.take(0)
	r.replaceAliases()
	return r, nil
}

// merge merges documents into one model. The first document is the source.
func merge(documents []*reader) *model.Model {
	m := &model.Model{Version: documents[0].model.Version}
	schemas := map[string]*model.Schema{}
	var containers []*model.Container
	for i, r := range documents {
		m.References = append(m.References, r.model.References...)
		m.Problems = append(m.Problems, r.model.Problems...)
		containers = append(containers, r.containers...)
		for _, s := range r.model.Schemas {
			if first, ok := schemas[s.Namespace]; ok {
				join(first, s)
				continue
			}
			schemas[s.Namespace] = s
			m.Schemas = append(m.Schemas, s)
		}
		if i > 0 {
			m.Referenced = append(m.Referenced, model.Document{File: r.file, Data: r.data})
		}
	}
	m.Container = joinContainers(containers, documents[0].containers)
	return m
}

// join adds the content of another schema of the same namespace to s.
func join(s, other *model.Schema) {
	s.Alias = cmp.Or(s.Alias, other.Alias)
	s.Structured = append(s.Structured, other.Structured...)
	s.Enums = append(s.Enums, other.Enums...)
	s.Definitions = append(s.Definitions, other.Definitions...)
	s.Terms = append(s.Terms, other.Terms...)
	s.Operations = append(s.Operations, other.Operations...)
	s.Targets = append(s.Targets, other.Targets...)
	s.Annotated = append(s.Annotated, other.Annotated...)
	s.Problems = append(s.Problems, other.Problems...)
}

// joinContainers returns the container of the service, merged with the containers
// that it extends or that extend it (section 13.1.2). It prefers the containers
// of the source, and of several the largest, and warns about the others.
func joinContainers(all, own []*model.Container) *model.Container {
	candidates := own
	if len(candidates) == 0 {
		candidates = all
	}
	if len(candidates) == 0 {
		return nil
	}
	size := func(c *model.Container) int { return len(c.Sources) + len(c.Imports) }
	service := slices.MinFunc(candidates, func(a, b *model.Container) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(nameOf(a), nameOf(b)), a.Position.Compare(b.Position))
	})
	joined := map[*model.Container]bool{service: true}
	names := map[string]bool{nameOf(service): true}
	extended := service.Extends
	for changed := true; changed; {
		changed = false
		for _, c := range all {
			if joined[c] || !names[c.Extends] && nameOf(c) != extended && !names[nameOf(c)] {
				continue
			}
			if nameOf(c) == extended {
				extended = c.Extends
			}
			joined[c], names[nameOf(c)], changed = true, true, true
			service.Sources = append(service.Sources, c.Sources...)
			service.Imports = append(service.Imports, c.Imports...)
			service.Annotated = append(service.Annotated, c.Annotated...)
			service.Problems = append(service.Problems, c.Problems...)
			service.Joined = append(service.Joined, nameOf(c))
		}
	}
	service.Extends = extended
	for _, c := range candidates {
		if !joined[c] {
			service.Problems = append(service.Problems, source.Diagnostic{
				Position: c.Position, Severity: source.Warning,
				Message: "EntityContainer " + c.Name + " is left out: a service has only one container, and " + nameOf(service) + " is used",
			})
		}
	}
	return service
}

func nameOf(c *model.Container) string { return c.Namespace + "." + c.Name }
