package diff

import "github.com/msgraphgen/msgraphgen/generator/source"

// symbol is a name that callers of a generated package can use.
type symbol struct {
	name  string // "ItemFacet", "ItemFacet.Source"
	owner string // the type that it is a field or method of, or ""

	// form is what callers rely on: a type, a signature, the value of a
	// constant. Types of the package go by their names.
	form string

	// is is the type that a name stands for, which is another one if it is an
	// alias. Of what is no type it is "".
	is string

	// shape is what kind of type of Go a type is underneath. Only those of one
	// shape can have methods or fields in common.
	shape shape

	// direct tells a field that the struct itself has from one of its base
	// type: a literal can name only those.
	direct bool

	former string // the name that something has now, which has this one too; else ""

	rank   int // the one with the lowest stands for its subject
	at     source.Position
	causes []cause // the changes that can take it away or bring it, the likeliest first
}

// shape is the kind of the underlying type.
type shape int8

const (
	shapeOther shape = iota // of another package, in whatever shape
	shapeStruct
	shapeBasic
)

// subject is the element of the schema that the symbol stands for.
func (s *symbol) subject() string { return s.causes[0].subject }

// cause is a change that could be the reason.
type cause struct {
	subject string
	kind    Kind
}

// anyMethod is the subject that stands for all methods: with the last
// one, the client goes.
const anyMethod = ""

// Ranks of symbols.
const (
	rankType = iota
	rankMethod
	rankEmbedded
	rankField
	rankConversion
	rankPromoted // and more for what is promoted from further up
)

// The forms of types. The second serves callers of the first, and the
// last those of an enumeration.
const (
	formStruct    = "struct"
	formBuilder   = "struct that can be compared"
	definedString = "string"
	aliasOfString = "= string"
)
