package golang

import (
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Access is the least privileged permission that lets one kind of caller call a
// method.
type Access struct {
	Caller string // "delegated", "personal account" or "application"
	Scopes string // "Mail.Read", "User.Export.All and User.Read.All", "none"
	Of     string // the part of the table of the page, or ""
}

// describe sets what a reference page says about the method, for the first of its
// paths that a page lists.
func (m *Method) describe() {
	f := m.Facts()
	if m.Page = f.Page; m.Page == "" && (m.Kind == api.Create || m.Operation != nil) {
		m.Page = vocab.DocumentationLink(m.Annotations(), vocab.RelationCreate)
	}
	for _, caller := range []struct{ scheme, name string }{
		{vocab.SchemeDelegated, "delegated"},
		{vocab.SchemePersonal, "personal account"},
		{vocab.SchemeApplication, "application"},
	} {
		for _, p := range f.Permissions {
			if p.Scheme != caller.scheme || !p.Supported {
				continue
			}
			a := Access{caller.name, "none", p.Subject}
			if len(p.AnyOf) > 0 {
				a.Scopes = strings.Join(p.AnyOf[0], " and ")
			}
			delegated := a
			delegated.Caller = "delegated"
			if caller.name != "personal account" || !slices.Contains(m.Access, delegated) {
				m.Access = append(m.Access, a)
			}
		}
	}
}

// queryParameters returns a paragraph about the query parameters that the page names, for
// which the query of the method has no fields, if there are any.
func (m *Method) queryParameters() []string {
	switch names := m.QueryParameters(); len(names) {
	case 0:
		return nil
	case 1:
		return []string{"The reference page also names the query parameter " + names[0] + ": it goes into Other of the query."}
	default:
		return []string{"The reference page also names the query parameters " + enumerate(names) + ": they go into Other of the query."}
	}
}

// Permissions names the least privileged permissions in a doc comment: "Permissions:
// delegated Mail.Read, application Mail.Read (least privileged)." It returns "" if no
// page gives any. Personal accounts appear where they need other ones.
func (m *Method) Permissions() string {
	if len(m.Access) == 0 {
		return ""
	}
	var parts []string
	for _, a := range m.Access {
		part := a.Caller + " " + a.Scopes
		if a.Of != "" {
			part += " for " + a.Of
		}
		parts = append(parts, part)
	}
	return "Permissions: " + strings.Join(parts, ", ") + " (least privileged)."
}
