// Package edm holds the values of the OData Entity Data Model in Go: the states
// of a property ([Opt]) and the primitive types that Go has no type for.
//
// Package odata has all of them under the same names: programs use that
// package. Package edm stands apart so that values can be used without the
// client for HTTP.
package edm
