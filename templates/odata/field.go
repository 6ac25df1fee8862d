package odata

// Field is a property of type V that the items of type T have: the generated
// constants of a package, such as MessageSubject, are Fields. Its value is the
// name in the schema, or a path through complex types: "from/emailAddress".
type Field[T, V any] string

// Collection is a property that is a collection of values of type V, which are
// structs where the items are structured.
type Collection[T, V any] string

// Nav is a navigation property that leads from a T to at most one V.
type Nav[T, V any] string

// NavCollection is a navigation property that leads from a T to any number of Vs.
type NavCollection[T, V any] string

// Path returns the property of a structured property, like from/emailAddress.
func Path[T, M, V any](property Field[T, M], of Field[M, V]) Field[T, V] {
	return Field[T, V](string(property) + "/" + string(of))
}

// PathTo returns the property of the item that a navigation property leads to,
// like manager/id. Queries can have it where a service can join the two.
func PathTo[T, M, V any](nav Nav[T, M], property Field[M, V]) Field[T, V] {
	return Field[T, V](string(nav) + "/" + string(property))
}

// PathOf returns a property that only a derived type has, like
// microsoft.graph.user/mail for the members of a group (OData URL Conventions
// 4.01, section 4.11). The name of the type is qualified.
func PathOf[T, D, V any](derived string, property Field[D, V]) Field[T, V] {
	return Field[T, V](derived + "/" + string(property))
}

// It returns the item itself, for the conditions of [Any] and [All] on a collection
// of primitive values: odata.Any(categories, odata.Eq(odata.It[string](), "red")).
func It[V any]() Field[V, V] { return "" }

// Expression is a [Field] or a function of fields (an [Expr]) whose value is of type V.
type Expression[T, V any] interface {
	// in returns the expression about the item that a variable stands for, or
	// about the item of the request if the variable is "".
	in(owner *T, value *V, variable string) string
}

// Selectable is a property that $select can have: a [Field] or a [Collection].
type Selectable[T any] interface{ selected(*T) string }

// Sortable is a property that $orderby can have: a [Field] or an [Expr].
type Sortable[T any] interface{ sorted(*T) string }

// Many is a property that has any number of Vs: a [Collection] or a [NavCollection].
type Many[T, V any] interface {
	many(owner *T, item *V, variable string) string
}

// Navigation is a property that $expand can have: a [Nav], with an [ItemQuery] for its
// item, or a [NavCollection], with a [Query] for its items.
type Navigation[T, Q any] interface{ expanded(*T, *Q) string }

func (f Field[T, V]) in(_ *T, _ *V, variable string) string { return within(variable, string(f)) }
func (f Field[T, V]) selected(*T) string                    { return string(f) }
func (f Field[T, V]) sorted(*T) string                      { return within("", string(f)) }

func (c Collection[T, V]) selected(*T) string { return string(c) }

func (c Collection[T, V]) many(_ *T, _ *V, variable string) string {
	return within(variable, string(c))
}

func (n NavCollection[T, V]) many(_ *T, _ *V, variable string) string {
	return within(variable, string(n))
}

func (n Nav[T, V]) expanded(*T, *ItemQuery[V]) string       { return string(n) }
func (n NavCollection[T, V]) expanded(*T, *Query[V]) string { return string(n) }

// within returns the path of a property of the item that a variable stands for.
func within(variable, path string) string {
	switch {
	case path == "" && variable == "":
		return "$it" // OData URL Conventions 4.01, section 5.1.1.14.4
	case path == "":
		return variable
	case variable == "":
		return path
	}
	return variable + "/" + path
}
