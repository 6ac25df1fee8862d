package describe

import (
	"cmp"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// Request describes a method with what it sends and returns.
type Request struct {
	Verb        string            `json:"verb"`
	Kind        string            `json:"kind"` // "Action"
	Path        string            `json:"path"`
	Resource    string            `json:"resource,omitzero"`  // "microsoft.graph.user/messages", "" for an unbound operation
	Operation   string            `json:"operation,omitzero"` // the qualified name of the action or function that it calls
	Description string            `json:"description,omitzero"`
	Page        string            `json:"page,omitzero"`       // the address of the reference page
	Parameters  []Parameter       `json:"parameters,omitzero"` // of the operation
	Query       []string          `json:"query,omitzero"`      // the query parameters of the service's own that the page names
	Body        string            `json:"body,omitzero"`       // the type of the entity that it sends, or what else it sends
	Returns     string            `json:"returns,omitzero"`    // a type, or what else it returns; "" for nothing
	Settable    []string          `json:"settable,omitzero"`   // by a create, as far as is known
	Refused     []string          `json:"refused,omitzero"`    // by a create
	Permissions MethodPermissions `json:"permissions"`
	Position    string            `json:"position"`
	Pages       bool              `json:"-"` // reference pages were read
}

// Parameter is a parameter of an operation.
type Parameter struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	NotNull     bool   `json:"notNull,omitzero"` // of a collection: its items
	Description string `json:"description,omitzero"`
}

// OfRequests describes methods that have one path each.
func OfRequests(m *model.Model, methods []*api.Method, e Evidence) []Request {
	var list []Request
	for _, method := range methods {
		r := method.Resource
		d := Request{
			Verb: method.Verb, Kind: string(method.Kind), Path: strings.TrimSuffix(method.Paths[0].String(), "/") + method.Suffix,
			Returns: method.Returns().String(), Description: vocab.Description(method.Annotations()),
			Permissions: PermissionsOf([]*api.Method{method}).Methods[0], Pages: e.Pages,
		}
		d.Page, d.Query = d.Permissions.Page, method.QueryParameters()
		switch method.Kind {
		case api.AddRef, api.SetRef:
			d.Body = "a reference (@odata.id)"
		case api.ListRefs:
			d.Returns = "references (@odata.id)"
		case api.Upload:
			d.Body = "a stream"
		case api.Download:
			d.Returns = "a stream"
		case api.Create:
			d.Settable, d.Refused = e.created(r)
		}
		if method.HasBody() {
			d.Body = r.Type().QualifiedName()
		}
		if !r.IsRoot() {
			d.Resource, d.Position = r.Target(m), r.Pos().String()
			d.Description = cmp.Or(d.Description, vocab.Description(r.Annotations()))
		}
		if o := method.Operation; o != nil {
			d.Operation, d.Position = o.QualifiedName(), o.Position.String()
			for _, p := range o.Own() {
				d.Parameters = append(d.Parameters, Parameter{p.Name, p.Type.String(), p.Facets.Nullable == model.No, vocab.Description(p.Annotated)})
			}
		}
		list = append(list, d)
	}
	return list
}

func (d *Request) text(t *report.Text) {
	t.Printf("%s: %s %s, %s\n", d.Position, d.Verb, d.Path, d.Kind)
	for _, line := range []string{d.Description, d.Page} {
		if line != "" {
			t.Printf("\t%s\n", line)
		}
	}
	for _, part := range d.parts() {
		t.Printf("%s\n\t%s\n", part.Name, part.Value)
	}
	var rows [][]any
	for _, p := range d.Parameters {
		rows = append(rows, []any{p.Name, p.Type, p.facts(), p.Description})
	}
	t.Table("parameters", rows)
	t.List("a create can set", phrases(d.Settable))
	t.List("a create cannot set", phrases(d.Refused))
	t.Printf("permissions, the least privileged first\n")
	if !d.Permissions.told() {
		t.Printf("\t%s\n", d.untold())
		return
	}
	for i, grants := range d.Permissions.all() {
		t.Printf("\t%s: %s\n", callers[i], list(*grants, false))
	}
}

// untold says that no page lists the permissions, and what to do if no pages were read.
func (d *Request) untold() string {
	if d.Pages {
		return untold + " them"
	}
	return untold + " them: give the reference pages with --docs"
}

// part is a fact with its name.
type part struct{ Name, Value string }

// parts lists what the method is about, sends and returns.
func (d *Request) parts() []part {
	var list []part
	for _, p := range []part{{"resource", d.Resource}, {"calls", d.Operation}, {"query parameters of its own", strings.Join(d.Query, ", ")}, {"sends", d.Body}, {"returns", cmp.Or(d.Returns, "nothing")}} {
		if p.Value != "" {
			list = append(list, p)
		}
	}
	return list
}

// facts lists what else is known of a parameter besides its type.
func (p Parameter) facts() string { return Property{Type: p.Type, NotNull: p.NotNull}.facts() }

// told reports whether a reference page says anything about the permissions.
func (p *MethodPermissions) told() bool {
	for _, grants := range p.all() {
		if len(*grants) > 0 {
			return true
		}
	}
	return false
}

// requestsPage is the data of the page of methods with the same path.
type requestsPage struct {
	Title    string
	Requests []requestPage
}

// requestPage is the data of a method on a page.
type requestPage struct {
	Request
	Link          string // the address of the reference page, "" if it is not safe to follow
	Parts         []part
	Rows          []parameterRow
	Sets, Refuses *names
	Callers       []part // of each kind of caller; empty if no page lists them
	Untold        string // says so
}

type parameterRow struct {
	Parameter
	TypeParts []string // of its type: a line can end after each
	Facts     string
}

func newRequestPages(requests []Request) []requestPage {
	var pages []requestPage
	for _, r := range requests {
		p := requestPage{Request: r, Link: secure(r.Page), Parts: r.parts(), Untold: r.untold(), Sets: newNames(r.Settable, len(r.Settable)), Refuses: newNames(r.Refused, len(r.Refused))}
		for _, parameter := range r.Parameters {
			p.Rows = append(p.Rows, parameterRow{parameter, strings.SplitAfter(parameter.Type, "."), parameter.facts()})
		}
		if r.Permissions.told() {
			for i, grants := range r.Permissions.all() {
				p.Callers = append(p.Callers, part{callers[i], list(*grants, false)})
			}
		}
		pages = append(pages, p)
	}
	return pages
}
