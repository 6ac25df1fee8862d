package golang

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/ident"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// names are the Go names of all elements of the model that can become declarations
// at package level, selected or not: selecting more must not rename anything.
//
// The keys are names of the schema: "microsoft.graph.profile" for a type,
// "microsoft.graph.allowedAudiences/me" for an enum member,
// "microsoft.graph.personInterest/collaborationTags/askMeAbout" for a text that
// a property takes, and the ID of its resource for a builder. Fields and methods
// are not among them: their names need to be unique only within their type.
type names struct {
	rules  ident.Rules
	pinned map[string]string
	goName map[string]string
	file   map[string]string // base name of the Go file, for types and builders
	taken  map[string]bool   // identifiers
	folded map[string]bool   // file names: some file systems fold case
}

// reserved are the names that every generated package declares.
var reserved = []string{"Client", "ClientOptions", "NewClient", "Options"}

// reservedFiles are the files that a generated package can have beside those of its
// types and builders.
var reservedFiles = []string{"client", "doc", "golden_test", "models_test", "type_facts"}

// newNames returns names that begin with the pinned ones.
func newNames(rules ident.Rules, pinned map[string]string) (*names, error) {
	n := &names{
		rules:  rules,
		pinned: pinned,
		goName: map[string]string{},
		file:   map[string]string{},
		taken:  map[string]bool{},
		folded: map[string]bool{},
	}
	for _, name := range reserved {
		n.taken[name] = true
	}
	for _, file := range reservedFiles {
		n.folded[file] = true
	}
	return n, n.pin()
}

// declareAll decides all names of m that are not decided yet. Types come before
// constants and builders; types of the default namespace come first, so that they
// keep their name.
func (n *names) declareAll(m *model.Model) {
	rules := n.rules
	schemas := defaultFirst(m)
	for _, s := range schemas {
		prefix := n.prefix(s.Namespace, schemas[0].Namespace)
		for _, t := range s.Structured {
			n.declareFile(t.QualifiedName(), rules.Exported(prefix+" "+t.Name))
		}
		for _, t := range s.Enums {
			n.declareFile(t.QualifiedName(), rules.Exported(prefix+" "+t.Name))
		}
		for _, t := range s.Definitions {
			n.declareFile(t.QualifiedName(), rules.Exported(prefix+" "+t.Name))
		}
	}
	for _, s := range schemas {
		for _, t := range s.Enums {
			for _, member := range t.Members {
				n.declare(memberKey(t, member.Name), n.goName[t.QualifiedName()]+rules.Suffix(member.Name))
			}
		}
	}
	for _, s := range schemas {
		for _, t := range s.Structured {
			for _, property := range t.Properties {
				for _, text := range allowedTexts(property) {
					n.declare(valueKey(t, property, text), n.goName[t.QualifiedName()]+rules.Suffix(property.Name)+rules.Suffix(text))
				}
			}
		}
	}
	if m.Container != nil {
		for _, source := range m.Container.Sources {
			n.declareBuilders(model.Resource{Source: source}, rules.Exported(source.Name))
		}
	}
	for _, s := range schemas {
		for _, t := range s.Structured {
			for _, property := range t.Navigation {
				r := model.Resource{Navigation: property, Owner: t}
				n.declareBuilders(r, n.goName[t.QualifiedName()]+rules.Suffix(property.Name))
			}
		}
	}
}

// pin enters the pinned names. They come from a file that anybody can edit, so it
// checks them.
func (n *names) pin() error {
	owner := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(n.pinned)) {
		name := n.pinned[key]
		if strings.HasSuffix(key, fieldSeparator) {
			if !isFile(name) || n.folded[name] {
				return fmt.Errorf("the pinned file %q of %s is not a file name, or another one has it", name, strings.TrimSuffix(key, fieldSeparator))
			}
			n.folded[name] = true
			continue
		}
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			return fmt.Errorf("the pinned name %q of %s is not an exported Go identifier", name, key)
		}
		if strings.Contains(key, fieldSeparator) {
			continue
		}
		if other, taken := owner[name]; taken {
			return fmt.Errorf("the pinned name %s stands for both %s and %s", name, other, key)
		}
		owner[name] = key
		n.taken[name] = true
	}
	return nil
}

func (n *names) declare(key, name string) {
	if n.goName[key] != "" {
		return
	}
	pinned, ok := n.pinned[key]
	if ok {
		n.goName[key] = pinned
		return
	}
	name = ident.Unique(name, func(s string) bool { return n.taken[s] })
	n.taken[name] = true
	n.goName[key] = name
}

func (n *names) declareFile(key, name string) {
	n.declare(key, name)
	if n.file[key] != "" {
		return
	}
	file, pinned := n.pinned[fileKey(key)]
	if !pinned {
		// Go identifiers are case sensitive, file names need not be.
		file = ident.Unique(n.rules.File(n.goName[key]), func(s string) bool { return n.folded[s] })
	}
	n.folded[file] = true
	n.file[key] = file
}

func (n *names) declareBuilders(r model.Resource, name string) {
	n.declareFile(r.ID(), name+"Builder")
	if r.Collection() {
		r.Item = true
		n.declareFile(r.ID(), name+"ItemBuilder")
	}
}

// fieldSeparator separates the type and the property in the key of a field or a
// method, whose name needs to be unique only within its type.
const fieldSeparator = ":"

// fileKey is the key of the file for a type or a builder. It is pinned where it
// is not that of the Go name, because another type has that.
func fileKey(key string) string { return key + fieldSeparator }

// isFile reports whether a name can be the base name of a Go file.
func isFile(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && !unicode.IsLower(r) && !unicode.IsDigit(r) && !unicode.In(r, unicode.Lo)
	})
}

func fieldKey(t *model.StructuredType, property string) string {
	return t.QualifiedName() + fieldSeparator + property
}

func memberKey(t *model.EnumType, member string) string { return t.QualifiedName() + "/" + member }

// valueKey is the key of the constant for a text that a property takes.
func valueKey(t *model.StructuredType, p *model.Property, text string) string {
	return t.QualifiedName() + "/" + p.Name + "/" + text
}

// allowedTexts returns the texts that a property takes and that get constants: the
// words among its allowed values if it is a text. Retained values come last.
func allowedTexts(p *model.Property) []string {
	if p.Type.Name != "Edm.String" {
		return nil
	}
	var list []string
	for _, text := range slices.Concat(vocab.AllowedValues(p.Annotated), vocab.KeptValues(p.Annotated)) {
		isWord := !strings.ContainsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
		})
		if isWord && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// defaultFirst returns the schemas with the default namespace first: the namespace
// of the entity container, else the first by name.
func defaultFirst(m *model.Model) []*model.Schema {
	schemas := slices.Clone(m.Schemas)
	if m.Container != nil {
		i := slices.IndexFunc(schemas, func(s *model.Schema) bool { return s.Namespace == m.Container.Namespace })
		if i > 0 {
			schemas = slices.Concat(schemas[i:i+1], schemas[:i], schemas[i+1:])
		}
	}
	return schemas
}

// prefix returns the prefix of the names of types that are not in the default
// namespace: "security" for microsoft.graph.security.
func (n *names) prefix(namespace, defaultNamespace string) string {
	if namespace == defaultNamespace {
		return ""
	}
	return strings.TrimPrefix(namespace, defaultNamespace+".")
}
