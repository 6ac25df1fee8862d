package docs

import (
	"encoding/json/jsontext"

	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Page is a reference page: what it says, as it says it. Texts are plain, with
// the Markdown and the line breaks taken out. A field is empty where the page
// says nothing.
type Page struct {
	File      string // the name that positions have
	Kind      Kind
	Date      string // of the last change, "2024-07-15"
	Title     string // the heading: "Create projectParticipation"
	Namespace string // "microsoft.graph"
	Summary   string // the paragraph below: what the operation does, what the type represents
	Base      string // of a resource: the type that it inherits from

	Requests      []Request   // the lines below "HTTP request"
	Body          []*Property // the table below "Request body"
	Properties    []*Property // of a resource: the table below "Properties"
	Relationships []*Property // of a resource: the table below "Relationships"
	Response      *Response   // what "Response" promises; nil if nothing is understood
	Examples      []*Example

	Position source.Position // of the heading
}

// Kind is the doc_type of a page, as its front matter spells it.
type Kind string

const (
	API      Kind = "apiPageType"      // an operation
	Resource Kind = "resourcePageType" // a type
)

// Request is a line such as "POST /users/{id | userPrincipalName}/profile/projects".
type Request struct {
	Verb     string
	Path     string // without host, version and query
	Position source.Position
}

// Property is a row of a table of properties.
type Property struct {
	Name        string
	Type        string // "String", "DateTimeOffset", "personDataSource"
	Collection  bool
	Description string   // whole sentences, without those that the other fields stand for
	Possible    []string // "Possible values are": members of an enumeration
	Allowed     []string // "Allowed values": of texts
	Inherited   string   // "itemFacet"
	Position    source.Position
}

// Response is what an operation promises.
type Response struct {
	Status     int    // 201
	Type       string // "projectParticipation", or ""
	Collection bool
	Position   source.Position
}

// Example is a code block with what the comment before it says
// (https://github.com/OneDrive/apidoctor is the program that these comments
// are for).
type Example struct {
	BlockType  string // "request", "response", "resource"
	Name       string // of a request; that of the request before it, of a response
	Type       string // @odata.type: "microsoft.graph.projectParticipation"
	Collection bool
	Truncated  bool

	Verb, Path string // of a request: path as in Request
	Status     int    // of a response

	// Body is valid JSON, nil if there is none. Mistakes that leave no doubt
	// are mended: BodyAt tells where in the page an offset into Body is.
	Body jsontext.Value

	Position source.Position

	offsets []int // the offset in the page, for each byte of Body
	page    *text
}
