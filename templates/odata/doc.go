// Package odata is the part that generated packages for Microsoft Graph share:
// the states of a property, the primitive types of OData, and the client.
//
// # Properties
//
// Every property is an [Opt], or a [List] if it is a collection. It is absent,
// null, or has a value:
//
//	project.DisplayName = odata.Of("Orchard")        // sent as "Orchard"
//	project.Inference = odata.Null[*InferenceData]() // sent as null
//	project.Categories = odata.ListOf("Branding")    // sent as ["Branding"]
//	name, ok := project.DisplayName.Get()            // false if there is none
//
// Decoding loses nothing and does not give up. A value that does not fit its
// declared type costs only itself: Get reports false, Err says why, and encoding
// sends it back as it was received. Members that the schema does not declare are
// in AdditionalData. Responses can even have duplicate names, of which the last
// one counts, and invalid UTF-8, which becomes U+FFFD; package json rejects both
// unless told otherwise, here and wherever you encode and decode yourself.
//
// Types of OData are these types of Go: Edm.String string, Edm.Boolean bool,
// Edm.Int64 int64 and so on, Edm.Byte uint8, Edm.Double float64, Edm.Single
// float32, Edm.DateTimeOffset [time.Time]; and of this package [Date],
// [TimeOfDay], [Duration], [Guid], [Decimal] and [Binary], which stands for
// Edm.Stream, too. Enumerations are string types, structured types pointers to
// structs. Edm.Untyped and types that Go has none for are
// [encoding/json/jsontext.Value].
//
// # Requests
//
// Builders send requests. A [Query] says what a list has, an [ItemQuery] what an item
// has; their parts are functions of generated constants, so that the compiler finds a
// property of another type, or a value of one:
//
//	&graph.MessageQuery{
//		Select:  odata.Fields(graph.MessageSubject, graph.MessageFrom),
//		Filter:  odata.And(odata.Eq(graph.MessageIsRead, false), odata.Ge(graph.MessageReceivedDateTime, since)),
//		OrderBy: odata.Desc(graph.MessageReceivedDateTime),
//	}
//
// [RawFilter] and the fields Other and Header are for the rest. A list is an iterator or
// a pager of azcore; [Changes] are the changes of a list since a moment. A [Batch] sends
// the requests of any calls in few.
//
// A request that writes (POST, PATCH) is sent again only if it was certainly not
// processed: after the status 429, after 503 with Retry-After, and if no
// connection was made. After a time-out, a broken connection or another status
// of the 500s it may have been processed: look before you try again. Other requests
// can be sent any number of times. The retry options of azcore, of the client or of a
// context, change how often and how fast a request is sent again, but not after which
// answers a write is.
//
// The error of a request that the service refused wraps an *azcore.ResponseError:
// [AsError] returns what the service says, and errors.Is compares the error with
// [ErrNotFound] and other statuses. The error is a [*CreatedError] if the item
// exists but the response cannot be read, and a [*ProcessedError] if the service did
// something else that a request asked for. It is a [*NotSettableError] if the
// request would set read-only properties, and an [*AbstractError] if it has a
// value of an abstract type: such requests are not sent.
package odata
