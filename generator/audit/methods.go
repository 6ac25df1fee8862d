package audit

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// method compares a page about a method.
func (c *pageComparison) method(page *docs.Page) {
	var sent, received *model.StructuredType
	var compared []string // the IDs of methods
	for _, r := range page.Requests {
		subject := r.Verb + " " + r.Path
		m, _ := api.Find(c.model, r.Verb, r.Path)
		if m == nil {
			if !c.mayExist(r) {
				c.add(report.Wire, KindRequest, subject, does("lists it", r.Position), c.unknown())
			}
			continue
		}
		if received == nil {
			received = returned(m)
		}
		if sent == nil && m.HasBody() {
			sent = m.Resource.Type()
		}
		c.request(subject, r, m)
		if id := m.ID(); !slices.Contains(compared, id) {
			compared = append(compared, id)
			c.statuses(subject, page, m)
			c.queryOptions(subject, page, m)
			if m.HasBody() {
				c.settable(page, m)
			}
			if m.Kind == api.Action && len(compared) == 1 {
				c.parameters(page, m.Operation)
			}
		}
	}
	c.responses(page, received)
	if sent != nil {
		for _, row := range page.RequestProperties {
			c.row(sent, row)
		}
	}
	for _, message := range page.Representations {
		c.message(message, nil, true)
	}
	for _, e := range page.Examples {
		of, result := (*model.StructuredType)(nil), received
		if e.Request != nil {
			if m, _ := api.Find(c.model, e.Request.Verb, e.Request.Path); m != nil {
				if result = returned(m); m.HasBody() {
					of = m.Resource.Type()
				}
			}
			c.message(&e.Request.Message, of, false)
		}
		if e.Response != nil {
			c.message(&e.Response.Message, result, false)
		}
	}
}

// positionOf returns the position of the element that a method belongs to.
func positionOf(m *api.Method) source.Position {
	if m.Operation != nil {
		return m.Operation.Position
	}
	return m.Resource.Pos()
}

// returned returns the structured type of the result of a method, or nil.
func returned(m *api.Method) *model.StructuredType {
	t, _ := m.Returns().Type.(*model.StructuredType)
	return t
}

// mayExist reports whether a request may exist though no method sends it: it leads to
// a structural property (which takes no POST), $ref and its like, or into a drive.
func (c *pageComparison) mayExist(r docs.Request) bool {
	segments := api.Segments(r.Path)
	if slices.ContainsFunc(segments, func(s string) bool { return strings.HasPrefix(s, "$") || strings.Contains(s, ":") }) {
		return true
	}
	for n := len(segments) - 1; n > 0; n-- {
		if steps, ok := c.model.ResolveSegments(segments[:n], true); ok {
			t := steps[n-1].Type()
			return r.Verb != http.MethodPost && t != nil && t.Property(segments[n]) != nil
		}
	}
	return false
}

// request compares a request that a page lists with the method that it calls.
func (c *pageComparison) request(subject string, r docs.Request, m *api.Method) {
	if forbidden(m) {
		c.add(report.Wire, KindRequest, subject, does("lists it", r.Position), does("does not allow "+m.Verb, positionOf(m)))
	}
	if own := m.Requests()[0]; spelling(own) != spelling(subject) && strings.EqualFold(spelling(own), spelling(subject)) {
		c.add(report.Docs, KindRequest, subject, does("spells it so", r.Position), does("spells it "+own, positionOf(m)))
	}
}

// spelling returns a request without the names of keys.
func spelling(request string) string {
	var b strings.Builder
	depth := 0
	for _, r := range strings.Trim(request, "/") {
		switch {
		case r == '{':
			depth++
		case r == '}' && depth > 0:
			depth--
			b.WriteString("{}")
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// forbidden reports whether the metadata says that the service does not answer a
// method on its path.
func forbidden(m *api.Method) bool {
	list := api.AnnotationsAt(m.Paths[0])
	fact := model.Unknown
	switch m.Kind {
	case api.Get, api.List:
		read := vocab.ReadRestrictions(list)
		if fact = read.Readable; m.Resource.Item && read.ByKey != model.Unknown {
			fact = read.ByKey
		}
	case api.Create:
		fact = vocab.InsertRestrictions(list).Insertable
	case api.Update, api.Replace:
		update := vocab.UpdateRestrictions(list)
		if fact = update.Updatable; update.Methods != nil && !slices.Contains(update.Methods, m.Verb) {
			fact = model.No
		}
	case api.Delete:
		fact = vocab.Deletable(list)
	}
	return fact == model.No
}

// statuses reports a page that names no success.
func (c *pageComparison) statuses(subject string, page *docs.Page, m *api.Method) {
	succeeds := func(r docs.Response) bool { return r.Status/100 == 2 || r.Status/100 == 3 && m.Verb == http.MethodGet }
	if len(page.Responses) > 0 && !slices.ContainsFunc(page.Responses, succeeds) {
		first := page.Responses[0]
		c.add(report.Wire, KindStatus, subject, does("names status "+strconv.Itoa(first.Status)+" only", first.Position),
			value("a request succeeds with a status 2xx", positionOf(m)))
	}
}

// queryOptions reports query options that only one side supports.
func (c *pageComparison) queryOptions(subject string, page *docs.Page, m *api.Method) {
	if m.Kind != api.List && m.Kind != api.Get {
		return
	}
	q := vocab.QueryOptions(api.AnnotationsAt(m.Paths[0]))
	facts := map[string]model.Fact{
		"$top": q.Top, "$skip": q.Skip, "$count": q.Count, "$filter": q.Filter, "$search": q.Search,
		"$orderby": q.Sort, "$select": q.Select, "$expand": q.Expand,
	}
	for _, o := range page.QueryOptions {
		switch fact := facts[o.Name]; {
		case o.Supported && fact == model.No:
			c.add(report.Wire, KindQuery, subject, does("supports "+o.Name, o.Position), does("does not support "+o.Name, positionOf(m)))
		case !o.Supported && fact == model.Yes:
			c.add(report.Wire, KindQuery, subject, does("does not support "+o.Name, o.Position), does("supports "+o.Name, positionOf(m)))
		}
	}
}

// parameters compares the table of the body of an action with its parameters.
func (c *pageComparison) parameters(page *docs.Page, o *model.Operation) {
	for _, row := range page.RequestProperties {
		name, _, _ := strings.Cut(row.Name, "/")
		if !strings.Contains(name, "@") && !slices.ContainsFunc(o.Own(), func(p *model.Parameter) bool { return strings.EqualFold(p.Name, name) }) {
			c.add(report.Additive, KindProperty, o.QualifiedName()+"/"+row.Name, rowClaim(row), absent(o.Position))
		}
	}
}

// responses compares the type that the page promises with the one that the method
// returns.
func (c *pageComparison) responses(page *docs.Page, t *model.StructuredType) {
	for _, r := range page.Responses {
		if t != nil && r.Status/100 == 2 && r.Type != "" && !strings.EqualFold(shortName(r.Type), t.Name) {
			c.add(report.Source, KindType, t.QualifiedName(), does("returns "+r.Type, r.Position), does("declares the type "+t.QualifiedName(), t.Position))
			return
		}
	}
}

// settable reports rows of the table of a body that only the service sets.
func (c *pageComparison) settable(page *docs.Page, m *api.Method) {
	t, what := m.Resource.Type(), "a create"
	if m.Kind != api.Create {
		what = "an update"
	}
	for _, row := range page.RequestProperties {
		property := t.Property(row.Name)
		if property == nil {
			continue
		}
		says := ""
		if term, ok := vocab.ReadOnly(property.Annotated); ok {
			says = "read-only (" + term + ")"
		} else if t.HasInKey(row.Name) {
			says = "it is the key, which the service sets"
		} else if strings.HasPrefix(row.Name, "created") || strings.HasPrefix(row.Name, "lastModified") {
			says = "the service sets it, as its name says"
		}
		if says != "" {
			c.add(report.Wire, KindSettable, t.QualifiedName()+"/"+row.Name, value(what+" can set it", row.Position), value(says, property.Position))
		}
	}
}
