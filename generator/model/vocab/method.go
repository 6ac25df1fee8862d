package vocab

import (
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// termMethod lists what reference pages say about a method. Its qualifier is the key
// of the method (api.Method.Key): an element can have several methods. No vocabulary
// has such a term; the parts of its value are those of other terms where these fit.
// termHead holds the lines before the body of an example.
const (
	termMethod    = "Msgraphgen.V1.Method"
	termHead      = "Msgraphgen.V1.Head" // on a Core.Example
	termOperation = "Org.OData.Capabilities.V1.OperationRestrictions"
)

// KeyCreate is the key of a method that adds an entity to a collection.
const KeyCreate = "Create"

// Facts hold what one reference page says about a method.
type Facts struct {
	Page        string       // the address of the page
	Requests    []string     // that the page lists: "GET /users/{id}/messages"
	Permissions []Permission // in the order of the page, the least privileged first
	Options     []string     // query options that the page names
	Unsupported []string     // query options that the page rules out
	Statuses    []int        // of responses
}

// Permission says how one kind of caller may call a method.
type Permission struct {
	Subject   string // of the page's table: "group calendar", or "" for the method as a whole
	Scheme    string // SchemeDelegated, SchemePersonal or SchemeApplication
	Supported bool

	// AnyOf lists alternatives, the least privileged first. Each lists the scopes
	// that are needed together, nearly always one.
	AnyOf [][]string
}

// The kinds of callers, as the tables of permissions in reference pages name them.
const (
	SchemeDelegated   = "Delegated (work or school account)"
	SchemePersonal    = "Delegated (personal Microsoft account)"
	SchemeApplication = "Application"
)

// Schemes returns the kinds of callers.
func Schemes() []string { return []string{SchemeDelegated, SchemePersonal, SchemeApplication} }

// MethodFacts returns what reference pages say about the method with a key, the newest
// page first. Without pages it returns the permissions that the metadata gives in
// Capabilities, if any.
func MethodFacts(list []*model.Annotation, key string) []Facts {
	a := model.Find(list, termMethod, key)
	if a == nil || a.Value == nil {
		if permissions := permissionsOf(standardPermissions(list, key)); permissions != nil {
			return []Facts{{Permissions: permissions}}
		}
		return nil
	}
	var all []Facts
	for _, item := range a.Value.Items {
		f := Facts{
			Page:        DocumentationLink(item.Annotations, RelationType),
			Requests:    paths(item.Property("Requests")),
			Permissions: permissionsOf(item.Property("Permissions")),
			Options:     paths(item.Property("QueryOptions")),
			Unsupported: paths(item.Property("UnsupportedQueryOptions")),
		}
		for _, text := range paths(item.Property("Statuses")) {
			if status, err := strconv.Atoi(text); err == nil {
				f.Statuses = append(f.Statuses, status)
			}
		}
		all = append(all, f)
	}
	return all
}

// About returns the facts of the page that lists one of some requests, or the request
// that ends most like one of them: operations of a base type have a page for each
// derived type. Without facts, they are empty.
func About(all []Facts, requests []string) Facts {
	var best Facts
	most := -1
	for _, request := range requests {
		for _, f := range all {
			if n := f.likeness(request); n > most {
				best, most = f, n
			}
		}
	}
	if most < 0 && len(all) > 0 {
		return all[0]
	}
	return best
}

// likeness returns how many segments at its end a request shares with one that the
// page lists. Equal requests share more than all.
func (f Facts) likeness(request string) int {
	most := 0
	own := strings.Split(request, "/")
	for _, listed := range f.Requests {
		if listed == request {
			return len(own) + 1
		}
		segments := strings.Split(listed, "/")
		n := 0
		for n < len(own) && n < len(segments) && own[len(own)-1-n] == segments[len(segments)-1-n] {
			n++
		}
		most = max(most, n)
	}
	return most
}

// NewMethodFacts returns the annotation with what pages say about a method.
func NewMethodFacts(key string, all []Facts, at source.Position) *model.Annotation {
	value := collection(at)
	for _, f := range all {
		item := record(at)
		if f.Page != "" {
			item.Annotations = []*model.Annotation{NewDocumentationLink(RelationType, f.Page, at)}
		}
		addPaths(item, "Requests", "String", f.Requests, at)
		if f.Permissions != nil {
			item.Properties = append(item.Properties, model.PropertyValue{Name: "Permissions", Value: newPermissions(f.Permissions, at), Position: at})
		}
		addPaths(item, "QueryOptions", "String", f.Options, at)
		addPaths(item, "UnsupportedQueryOptions", "String", f.Unsupported, at)
		var statuses []string
		for _, status := range f.Statuses {
			statuses = append(statuses, strconv.Itoa(status))
		}
		addPaths(item, "Statuses", "Int", statuses, at)
		value.Items = append(value.Items, item)
	}
	return &model.Annotation{Term: termMethod, Qualifier: key, Value: value, Position: at}
}

// newPermissions returns records of Capabilities.PermissionType, one for each
// alternative. A record of our own member Supported stands for a kind of caller
// without an alternative, and one of Subject for a part of the table.
func newPermissions(permissions []Permission, at source.Position) *model.Expression {
	value := collection(at)
	for _, p := range permissions {
		head := func() *model.Expression {
			r := record(at, property("SchemeName", "String", p.Scheme, at))
			if p.Subject != "" {
				r.Properties = append(r.Properties, property("Subject", "String", p.Subject, at))
			}
			return r
		}
		for _, together := range p.AnyOf {
			scopes := collection(at)
			for _, scope := range together {
				scopes.Items = append(scopes.Items, record(at, property("Scope", "String", scope, at)))
			}
			r := head()
			r.Properties = append(r.Properties, model.PropertyValue{Name: "Scopes", Value: scopes, Position: at})
			value.Items = append(value.Items, r)
		}
		if len(p.AnyOf) == 0 {
			r := head()
			r.Properties = append(r.Properties, property("Supported", "Bool", boolOf(p.Supported), at))
			value.Items = append(value.Items, r)
		}
	}
	return value
}

func permissionsOf(value *model.Expression) []Permission {
	if value == nil {
		return nil
	}
	var list []Permission
	for _, item := range value.Items {
		p := Permission{
			Subject: item.Property("Subject").Text(), Scheme: item.Property("SchemeName").Text(),
			Supported: factOf(item.Property("Supported")) != model.No,
		}
		i := slices.IndexFunc(list, func(q Permission) bool { return q.Subject == p.Subject && q.Scheme == p.Scheme })
		if i < 0 {
			i = len(list)
			list = append(list, p)
		}
		if scopes := item.Property("Scopes"); scopes != nil {
			var together []string
			for _, scope := range scopes.Items {
				together = append(together, scope.Property("Scope").Text())
			}
			list[i].AnyOf = append(list[i].AnyOf, together)
		}
	}
	return list
}

// standardPermissions returns the permissions that a term of Capabilities gives for
// the method with a key, or nil.
func standardPermissions(list []*model.Annotation, key string) *model.Expression {
	switch key {
	case "Get":
		byKey := valueOf(list, termRead).Property("ReadByKeyRestrictions").Property("Permissions")
		if byKey != nil {
			return byKey
		}
		return valueOf(list, termRead).Property("Permissions")
	case "List", "Count":
		return valueOf(list, termRead).Property("Permissions")
	case KeyCreate:
		return valueOf(list, termInsert).Property("Permissions")
	case "Update", "Replace":
		return valueOf(list, termUpdate).Property("Permissions")
	case "Delete":
		return valueOf(list, termDelete).Property("Permissions")
	case "Action", "Function", "Delta":
		return valueOf(list, termOperation).Property("Permissions")
	}
	return nil
}

// ExampleQualifier is the qualifier of the Core.Example with a part of an exchange,
// "Request" or "Response", of the method with a key. The exchanges of a method are
// numbered: "CreateRequest", "CreateRequest1".
func ExampleQualifier(key, part string, number int) string {
	if number == 0 {
		return key + part
	}
	return key + part + strconv.Itoa(number)
}

// NewMethodExample returns the Core.Example of a part of an exchange with a service,
// or nil if the value is not JSON. The lines are those before the body: the request
// line or the status, and the headers. Without a body, the value is null.
func NewMethodExample(key, part string, number int, lines []string, value []byte, at source.Position) *model.Annotation {
	if value == nil {
		value = []byte("null")
	}
	a := NewExample(ExampleQualifier(key, part, number), value, at)
	if a != nil && len(lines) > 0 {
		a.Annotations = []*model.Annotation{constant(termHead, "String", strings.Join(lines, "\n"), at)}
	}
	return a
}

// ExampleHead returns the lines before the body of an example.
func ExampleHead(list []*model.Annotation, key, part string, number int) []string {
	a := model.Find(list, termExample, ExampleQualifier(key, part, number))
	if a == nil {
		return nil
	}
	if head := text(a.Annotations, termHead); head != "" {
		return strings.Split(head, "\n")
	}
	return nil
}

// AboutMethod returns the key of the method that an annotation is about, or "" for an
// annotation about the element as a whole.
func AboutMethod(a *model.Annotation) string {
	switch a.Term {
	case termMethod:
		return a.Qualifier
	case termExample:
		for _, part := range []string{"Request", "Response"} {
			if key, ok := strings.CutSuffix(strings.TrimRight(a.Qualifier, "0123456789"), part); ok {
				return key
			}
		}
	}
	return ""
}
