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
// at package level. They include elements that are not selected, so that a larger
// selection renames nothing.
//
// The keys are names of the schema: "microsoft.graph.profile" for a type,
// "microsoft.graph.allowedAudiences/me" for an enum member,
// "microsoft.graph.personInterest/collaborationTags/askMeAbout" for an allowed
// value of a property, and the ID of its resource for a builder. Fields and methods
// are not included: their names are unique only within their type.
type names struct {
	rules  ident.Rules
	pinned map[string]string
	goName map[string]string
	file   map[string]string // base name of the Go file, for types and builders
	taken  map[string]bool   // identifiers
	folded map[string]bool   // file names in lower case: some file systems ignore case

	structured map[string][]*model.StructuredType // by Go name
	formerly   map[string]bool                    // the keys whose names imports have: see declareImports
}

// reserved are the names that every generated package declares.
var reserved = []string{"Client", "ClientOptions", "NewClient", "Options"}

// reservedFiles are the files of a generated package that do not belong to a type
// or a builder.
var reservedFiles = []string{"bodies_test", "calls_test", "client", "deltas_test", "doc", "golden_test", "lists_test", "models_test", "refs_test", "streams_test", "type_facts"}

// newNames returns names with the pinned ones, and with room for those of m.
func newNames(m *model.Model, rules ident.Rules, pinned map[string]string) (*names, error) {
	all, files := sizes(m)
	n := &names{
		rules:  rules,
		pinned: pinned,
		goName: make(map[string]string, all),
		file:   make(map[string]string, files),
		taken:  make(map[string]bool, all),
		folded: make(map[string]bool, files),

		structured: map[string][]*model.StructuredType{},
		formerly:   map[string]bool{},
	}
	for _, name := range reserved {
		n.taken[name] = true
	}
	for _, file := range reservedFiles {
		n.folded[file] = true
	}
	return n, n.pin()
}

// sizes returns about how many names the elements of m get, and how many of them have
// files.
func sizes(m *model.Model) (all, files int) {
	for _, s := range m.Schemas {
		files += len(s.Structured) + len(s.Enums) + len(s.Definitions) + len(s.Operations)
		for _, t := range s.Structured {
			files += 2 * len(t.Navigation) // the builders of a collection and of its items
		}
		for _, t := range s.Enums {
			all += len(t.Members)
		}
	}
	return all + files, files
}

// declareAll decides the missing names of all elements of m. Types come before
// constants and builders, and the default namespace comes first, so that its types
// get their plain names.
func (n *names) declareAll(m *model.Model) {
	rules := n.rules
	schemas := defaultFirst(m)
	for _, s := range schemas {
		for t := range s.Types() {
			key := t.QualifiedName()
			if t, ok := t.(*model.StructuredType); !ok {
				n.declareFile(key, n.typeName(key, s.Namespace, schemas[0].Namespace))
			} else {
				n.declareStruct(t, schemas[0].Namespace)
				n.structured[n.goName[key]] = append(n.structured[n.goName[key]], t)
			}
		}
	}
	for _, s := range schemas {
		for _, t := range s.Enums {
			prefix := n.goName[t.QualifiedName()]
			for _, member := range t.Members {
				n.declare(memberKey(t, member.Name), prefix+rules.Suffix(member.Name))
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
	for _, s := range schemas {
		for _, o := range s.Operations {
			n.declareOperation(o)
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
	if m.Container != nil {
		n.declareImports(m.Container)
	}
}

// pin enters the pinned names. It checks them, because they come from the lock file,
// which anybody can edit.
func (n *names) pin() error {
	owner := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(n.pinned)) {
		name := n.pinned[key]
		if strings.HasSuffix(key, fieldSeparator) {
			if !ident.IsFile(name) || n.folded[name] {
				return fmt.Errorf("the pinned file %q of %s is not a valid file name, or is pinned twice", name, strings.TrimSuffix(key, fieldSeparator))
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
			return fmt.Errorf("the name %s is pinned for both %s and %s", name, other, key)
		}
		if n.taken[name] {
			return fmt.Errorf("the name %s is pinned for %s, but every package declares it", name, key)
		}
		owner[name] = key
		n.taken[name] = true
	}
	return nil
}

// typeName returns the natural name of a type.
func (n *names) typeName(key, namespace, defaultNamespace string) string {
	return n.rules.Exported(n.prefix(namespace, defaultNamespace) + " " + strings.TrimPrefix(key, namespace+"."))
}

// declareStruct decides the Go name of a type. The structs that embed it have members of
// other names: those of all structs, and the conversions to the base types of t.
func (n *names) declareStruct(t *model.StructuredType, defaultNamespace string) {
	key := t.QualifiedName()
	if n.file[key] != "" {
		return
	}
	members := map[string]bool{}
	for _, member := range structMembers {
		members[member] = true
	}
	name := n.typeName(key, t.Namespace, defaultNamespace)
	if strings.HasPrefix(name, castPrefix) {
		for base := t.BaseType(); base != nil; base = base.BaseType() {
			n.declareStruct(base, defaultNamespace)
			members[castPrefix+n.goName[base.QualifiedName()]] = true
		}
	}
	n.declareFile(key, ident.Unique(name, func(name string) bool { return n.taken[name] || members[name] }))
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
		// A number can give a name a meaning: com and 2 are a device of Windows.
		file = ident.Unique(n.rules.File(n.goName[key]), func(s string) bool { return n.folded[s] || !ident.IsFile(s) })
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
// method, whose name is unique only within its type.
const fieldSeparator = ":"

// fileKey is the key of the file for a type or a builder. The file is pinned only
// if the Go name does not determine it.
func fileKey(key string) string { return key + fieldSeparator }

func fieldKey(t *model.StructuredType, property string) string {
	return t.QualifiedName() + fieldSeparator + property
}

func memberKey(t *model.EnumType, member string) string { return t.QualifiedName() + "/" + member }

// valueKey is the key of the constant for an allowed value of a property.
func valueKey(t *model.StructuredType, p *model.Property, text string) string {
	return t.QualifiedName() + "/" + p.Name + "/" + text
}

// allowedTexts returns the allowed values of a property that get constants: the
// ones that are words, if the property is a string. Retained values come last.
func allowedTexts(p *model.Property) []string {
	if p.Type.Name != "Edm.String" {
		return nil
	}
	var list []string
	for _, text := range slices.Concat(vocab.AllowedValues(p.Annotated), vocab.RetainedValues(p.Annotated)) {
		isWord := !strings.ContainsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
		})
		if isWord && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// defaultFirst returns the schemas, beginning with the default namespace: the
// namespace of the entity container, or the only one with types if that one has
// none, else the first by name.
func defaultFirst(m *model.Model) []*model.Schema {
	schemas := slices.Clone(m.Schemas)
	if m.Container != nil {
		i := slices.IndexFunc(schemas, func(s *model.Schema) bool { return s.Namespace == m.Container.Namespace })
		if typed := slices.IndexFunc(schemas, hasTypes); i >= 0 && !hasTypes(schemas[i]) &&
			typed >= 0 && !slices.ContainsFunc(schemas[typed+1:], hasTypes) {
			i = typed
		}
		if i > 0 {
			schemas = slices.Concat(schemas[i:i+1], schemas[:i], schemas[i+1:])
		}
	}
	return schemas
}

func hasTypes(s *model.Schema) bool {
	for range s.Types() {
		return true
	}
	return false
}

// prefix returns the prefix of the names of types that are not in the default
// namespace: "security" for microsoft.graph.security.
func (n *names) prefix(namespace, defaultNamespace string) string {
	if namespace == defaultNamespace {
		return ""
	}
	return strings.TrimPrefix(namespace, defaultNamespace+".")
}
