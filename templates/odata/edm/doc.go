// Package edm holds the values of the OData Entity Data Model in Go: the states
// of a property ([Opt] and [List]), the primitive types that Go has no type for,
// and facts about structured types ([TypeFacts]).
//
// Package odata has the same names for programs to use. Package edm stands apart so
// that values can be used without the client for HTTP.
package edm
