// Package odata is what generated packages for Microsoft Graph have in common:
// the states of a property, the primitive types of OData, and the client.
//
// # Properties
//
// Every property is an [Opt], which is absent, null, or has a value:
//
//	project.DisplayName = odata.Of("Orchard")        // sent as "Orchard"
//	project.Inference = odata.Null[*InferenceData]() // sent as null
//	name, ok := project.DisplayName.Get()            // false if there is none
//
// Decoding loses nothing and does not give up. A value that does not fit its
// declared type costs only itself: Get reports false, Err says why, and encoding
// sends it back as it came. Members that the schema does not declare are in
// AdditionalData. What a service answers may even have duplicate names, of which
// the last counts, and invalid UTF-8, which becomes U+FFFD; package json rejects
// both unless told otherwise, here and wherever you encode and decode yourself.
//
// Types of OData are these types of Go: Edm.String string, Edm.Boolean bool,
// Edm.Int64 int64 and so on, Edm.Byte uint8, Edm.Double float64, Edm.Single
// float32, Edm.DateTimeOffset [time.Time]; and of this package [Date],
// [TimeOfDay], [Duration], [Guid], [Decimal], [Binary] and [Stream].
// Enumerations are string types, structured types pointers to structs.
//
// # Requests
//
// A request that creates something is sent again only if it was certainly not
// processed: after the status 429, after 503 with Retry-After, and when no
// connection was made. After a time-out, a broken connection or another status
// of the 500s it may have been processed: look before you try again. The retry
// options of azcore, of the client or of a context, change how often and how
// fast it is sent again, not after what.
//
// An error is an *azcore.ResponseError if the service refused the request:
// [AsError] tells what it said. It is a [*CreatedError] if the item exists but
// what the service sent about it cannot be read, and a [*NotSettableError] if
// the request would set what only the service sets, and was not sent.
package odata
