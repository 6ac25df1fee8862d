package docs

import (
	"encoding/json/jsontext"
	"path/filepath"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Page holds what a reference page says. Texts are plain: without Markdown and
// line breaks. A field is empty where the page says nothing about it.
type Page struct {
	File      string // the name in positions
	Kind      Kind
	Date      string          // of the last change, "2024-07-15"
	Title     string          // the heading: "Create projectParticipation"
	Namespace string          // "microsoft.graph"
	Summary   string          // the first paragraph: what the method does, what the type represents
	Position  source.Position // of the heading

	// Of a method.
	Requests          []Request // the lines in "HTTP request"
	Permissions       []*Permissions
	Parameters        []*Property // of a function, and in the path
	QueryOptions      []*QueryOption
	ODataQuery        model.Fact  // whether the page says that the method supports OData query parameters
	RequestProperties []*Property // the table in "Request body"
	LeftOut           []*Property // just names: those of further tables there, which can be about another type
	OpenBody          bool        // whether the page says that the body can have properties that the table does not list
	Responses         []Response  // the successes and failures in "Response"
	Examples          []*Example

	// Of a resource.
	Base            string      // the type that it inherits from
	Properties      []*Property // the table in "Properties"
	Relationships   []*Property // the table in "Relationships"
	Representations []*Message  // the blocks in "JSON representation"
}

// Kind is the doc_type of a page, as its front matter spells it.
type Kind string

const (
	Method   Kind = "apiPageType"
	Resource Kind = "resourcePageType"
)

// Request is a line such as "POST /users/{id | userPrincipalName}/profile/projects".
type Request struct {
	Verb     string
	Path     string // without host and version
	Query    string // what follows the ?
	Position source.Position
}

// Property is a row of a table of properties or parameters.
type Property struct {
	Name        string
	Type        string // "String", "DateTimeOffset", "personDataSource"
	Collection  bool
	Description string   // without the sentences that the other fields stand for
	Possible    []string // "Possible values are": members of an enumeration
	Allowed     []string // "Allowed values": of strings
	Inherited   string   // "itemFacet"
	Position    source.Position
}

// Permissions lists the permissions that a method needs. A page has one for the
// method as a whole, or one for each subject that its tables tell apart.
type Permissions struct {
	Subject     string // "group", "event", or "" for the method as a whole
	Delegated   Access // on behalf of a work or school account
	Personal    Access // on behalf of a personal Microsoft account
	Application Access
	Position    source.Position // of the first row about the subject
}

// Access says how one kind of caller may call a method.
type Access struct {
	Supported model.Fact // No where the page says "Not supported."

	// AnyOf lists alternatives, the least privileged first. Each lists the
	// permissions that are needed together, nearly always one.
	AnyOf [][]string
}

// QueryOption is a query parameter that the page names.
type QueryOption struct {
	Name        string // "$select", "startDateTime"
	Type        string
	Description string
	Supported   bool // false where the page says that the method does not support it
	Position    source.Position
}

// Response is a status that a page names, and what the service sends with it.
type Response struct {
	Status     int    // 201
	Type       string // "projectParticipation"
	Collection bool
	Position   source.Position
}

// Example is a request with its response. One of them is nil where the page
// shows only the other.
type Example struct {
	Name     string // of the request, else of the response: "create_projectparticipation"
	Request  *ExampleRequest
	Response *ExampleResponse
}

// ExampleRequest is the request of an example. Path and Query are as in
// [Request]; the path is "" where the first line is not a request.
type ExampleRequest struct {
	Verb, Path, Query string
	Message
}

// ExampleResponse is the response of an example. Status is 0 where the first
// line is not a status.
type ExampleResponse struct {
	Status int
	Message
}

// Message is a code block with what the comment before it says about it
// (https://github.com/OneDrive/apidoctor defines these comments).
type Message struct {
	Type       string // @odata.type: "microsoft.graph.projectParticipation"
	Collection bool
	Truncated  bool
	Headers    []Header

	// JSON is the body if it is JSON; names may occur twice in it. Text is the
	// body if it is of another media type.
	JSON jsontext.Value
	Text string

	Position source.Position // of the code block

	offsets []int // in the page, of each byte of JSON
	page    *text
}

// Header is a line of the header of a message.
type Header struct {
	Name, Value string
	Position    source.Position
}

// At returns the position in the page of a byte of the JSON.
func (m *Message) At(offset int64) source.Position {
	if m.page == nil || len(m.offsets) == 0 {
		return m.Position
	}
	last := int64(len(m.offsets)) - 1
	return m.page.position(m.offsets[min(max(offset, 0), last)])
}

// Address returns the address at which the page is published. The version is
// that of the service, "beta" or "v1.0".
func (p *Page) Address(version string) string {
	name, _, _ := strings.Cut(filepath.Base(p.File), ".")
	folder := ""
	if p.Kind == Resource {
		folder = "resources/"
	}
	return "https://learn.microsoft.com/graph/api/" + folder + name + "?view=graph-rest-" + version
}

// TypeName returns the qualified name of the type that a resource page
// describes.
func (p *Page) TypeName() string {
	for _, m := range p.Representations {
		if m.Type != "" {
			return strings.TrimPrefix(m.Type, "#")
		}
	}
	name, _, _ := strings.Cut(p.Title, " ")
	return p.Namespace + "." + name
}
