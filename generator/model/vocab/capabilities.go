package vocab

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Terms of the Capabilities vocabulary, apart from InsertRestrictions,
// https://docs.oasis-open.org/odata/odata-vocabularies/v4.0/Org.OData.Capabilities.V1.html,
// and of the keys that a type has besides its own.
const (
	termRead          = "Org.OData.Capabilities.V1.ReadRestrictions"
	termUpdate        = "Org.OData.Capabilities.V1.UpdateRestrictions"
	termDelete        = "Org.OData.Capabilities.V1.DeleteRestrictions"
	termTop           = "Org.OData.Capabilities.V1.TopSupported"
	termSkip          = "Org.OData.Capabilities.V1.SkipSupported"
	termCount         = "Org.OData.Capabilities.V1.CountRestrictions"
	termFilter        = "Org.OData.Capabilities.V1.FilterRestrictions"
	termSearch        = "Org.OData.Capabilities.V1.SearchRestrictions"
	termSort          = "Org.OData.Capabilities.V1.SortRestrictions"
	termExpand        = "Org.OData.Capabilities.V1.ExpandRestrictions"
	termSelect        = "Org.OData.Capabilities.V1.SelectSupport"
	termSelectOlder   = "Org.OData.Capabilities.V1.SelectRestrictions" // what Graph wrote before
	termAlternateKeys = "Org.OData.Core.V1.AlternateKeys"

	// termCasts lists the type casts that a source has paths for. No vocabulary
	// has a term for that.
	termCasts = "Msgraphgen.V1.Casts"
)

// Read is what Capabilities.ReadRestrictions says about reading a resource.
type Read struct {
	Readable model.Fact
	ByKey    model.Fact // whether an item of a collection can be read by its key
	Headers  []string   // the names of request headers that the service knows
}

// ReadRestrictions returns what is known about reading a resource.
func ReadRestrictions(list []*model.Annotation) Read {
	value := valueOf(list, termRead)
	r := Read{
		Readable: factOf(value.Property("Readable")),
		ByKey:    factOf(value.Property("ReadByKeyRestrictions").Property("Readable")),
	}
	if headers := value.Property("CustomHeaders"); headers != nil {
		for _, header := range headers.Items {
			if name := header.Property("Name").Text(); name != "" {
				r.Headers = append(r.Headers, name)
			}
		}
	}
	return r
}

// NewReadRestrictions returns what is known about reading a resource.
func NewReadRestrictions(r Read, at source.Position) *model.Annotation {
	value := record(at)
	addFact(value, "Readable", r.Readable, at)
	if r.ByKey != model.Unknown {
		byKey := record(at)
		addFact(byKey, "Readable", r.ByKey, at)
		value.Properties = append(value.Properties, model.PropertyValue{Name: "ReadByKeyRestrictions", Value: byKey, Position: at})
	}
	if r.Headers != nil {
		headers := collection(at)
		for _, name := range r.Headers {
			headers.Items = append(headers.Items, record(at, property("Name", "String", name, at)))
		}
		value.Properties = append(value.Properties, model.PropertyValue{Name: "CustomHeaders", Value: headers, Position: at})
	}
	return &model.Annotation{Term: termRead, Value: value, Position: at}
}

// Update is what Capabilities.UpdateRestrictions says about updating a resource
// or an item of it. Methods are those that the service takes, "PATCH" and
// "PUT"; nil where that is unknown.
type Update struct {
	Updatable model.Fact
	Methods   []string
}

const httpMethod = "Org.OData.Capabilities.V1.HttpMethod/"

// UpdateRestrictions returns what is known about updating a resource.
func UpdateRestrictions(list []*model.Annotation) Update {
	value := valueOf(list, termUpdate)
	u := Update{Updatable: factOf(value.Property("Updatable"))}
	for _, member := range strings.Fields(value.Property("UpdateMethod").Text()) {
		u.Methods = append(u.Methods, member[strings.LastIndexByte(member, '/')+1:])
	}
	return u
}

// NewUpdateRestrictions returns what is known about updating a resource.
func NewUpdateRestrictions(u Update, at source.Position) *model.Annotation {
	value := record(at)
	addFact(value, "Updatable", u.Updatable, at)
	if u.Methods != nil {
		members := make([]string, len(u.Methods))
		for i, method := range u.Methods {
			members[i] = httpMethod + method
		}
		value.Properties = append(value.Properties, property("UpdateMethod", "EnumMember", strings.Join(members, " "), at))
	}
	return &model.Annotation{Term: termUpdate, Value: value, Position: at}
}

// Deletable returns what Capabilities.DeleteRestrictions says about deleting a
// resource or an item of it.
func Deletable(list []*model.Annotation) model.Fact {
	return factOf(valueOf(list, termDelete).Property("Deletable"))
}

// NewDeleteRestrictions returns a Capabilities.DeleteRestrictions.
func NewDeleteRestrictions(deletable model.Fact, at source.Position) *model.Annotation {
	value := record(at)
	addFact(value, "Deletable", deletable, at)
	return &model.Annotation{Term: termDelete, Value: value, Position: at}
}

// Query is what terms of the Capabilities vocabulary say about the query options
// that a resource takes. The lists are paths of properties for which the option
// is not supported.
type Query struct {
	Top, Skip, Count, Filter, Search, Sort, Select, Expand model.Fact
	NonFilterable, NonSortable, NonExpandable              []string
}

// queryTerm is a term for a query option: a Boolean, or a record with a Boolean
// and perhaps a list of exceptions.
type queryTerm struct {
	term       string
	member     string // "" for a Boolean
	fact       *model.Fact
	exceptions string
	list       *[]string
	kind       model.ExpressionKind // of the exceptions
}

func (q *Query) terms() []queryTerm {
	return []queryTerm{
		{term: termTop, fact: &q.Top},
		{term: termSkip, fact: &q.Skip},
		{term: termCount, member: "Countable", fact: &q.Count},
		{term: termFilter, member: "Filterable", fact: &q.Filter, exceptions: "NonFilterableProperties", list: &q.NonFilterable, kind: "PropertyPath"},
		{term: termSearch, member: "Searchable", fact: &q.Search},
		{term: termSort, member: "Sortable", fact: &q.Sort, exceptions: "NonSortableProperties", list: &q.NonSortable, kind: "PropertyPath"},
		{term: termSelect, member: "Supported", fact: &q.Select},
		{term: termExpand, member: "Expandable", fact: &q.Expand, exceptions: "NonExpandableProperties", list: &q.NonExpandable, kind: "NavigationPropertyPath"},
	}
}

// QueryOptions returns what is known about the query options of a resource.
func QueryOptions(list []*model.Annotation) Query {
	var q Query
	for _, t := range q.terms() {
		a := model.Find(list, t.term, "")
		if a == nil {
			continue
		}
		value := a.Value
		if t.member == "" {
			if *t.fact = factOf(value); value == nil {
				*t.fact = model.Yes // the default of these terms
			}
			continue
		}
		*t.fact = factOf(value.Property(t.member))
		if t.list != nil {
			*t.list = paths(value.Property(t.exceptions))
		}
	}
	if q.Select == model.Unknown {
		q.Select = factOf(valueOf(list, termSelectOlder).Property("Selectable"))
	}
	return q
}

// NewQueryOptions returns the annotations for what is known about the query
// options of a resource.
func NewQueryOptions(q Query, at source.Position) []*model.Annotation {
	var list []*model.Annotation
	for _, t := range q.terms() {
		if *t.fact == model.Unknown {
			continue
		}
		if t.member == "" {
			list = append(list, constant(t.term, "Bool", boolOf(*t.fact == model.Yes), at))
			continue
		}
		value := record(at)
		addFact(value, t.member, *t.fact, at)
		if t.list != nil && *t.list != nil {
			exceptions := collection(at)
			for _, path := range *t.list {
				exceptions.Items = append(exceptions.Items, &model.Expression{Kind: t.kind, Value: path, Position: at})
			}
			value.Properties = append(value.Properties, model.PropertyValue{Name: t.exceptions, Value: exceptions, Position: at})
		}
		list = append(list, &model.Annotation{Term: t.term, Value: value, Position: at})
	}
	return list
}

// Navigation is what Capabilities.NavigationRestrictions says about a navigation
// property.
type Navigation struct {
	Unlisted      bool       // it cannot be followed
	Referenceable model.Fact // whether the service has $ref for it
}

// NavigationRestrictions returns what is known about a navigation property.
func NavigationRestrictions(list []*model.Annotation) Navigation {
	value := valueOf(list, termNavigation)
	return Navigation{
		Unlisted:      enumMember(value.Property("Navigability")) == "None",
		Referenceable: factOf(value.Property("Referenceable")),
	}
}

// NewNavigationRestrictions returns what is known about a navigation property.
func NewNavigationRestrictions(n Navigation, at source.Position) *model.Annotation {
	value := record(at)
	if n.Unlisted {
		value.Properties = append(value.Properties, property("Navigability", "EnumMember", "Org.OData.Capabilities.V1.NavigationType/None", at))
	}
	addFact(value, "Referenceable", n.Referenceable, at)
	return &model.Annotation{Term: termNavigation, Value: value, Position: at}
}

// KeyProperty is a property of an alternate key.
type KeyProperty struct {
	Name string // in a path: "appId" in applications(appId='…')
	Path string // of the property
}

// AlternateKeys returns the keys in Core.AlternateKeys.
func AlternateKeys(list []*model.Annotation) [][]KeyProperty {
	value := valueOf(list, termAlternateKeys)
	if value == nil {
		return nil
	}
	var keys [][]KeyProperty
	for _, item := range value.Items {
		refs := item.Property("Key")
		if refs == nil {
			continue
		}
		var key []KeyProperty
		for _, ref := range refs.Items {
			path := ref.Property("Name").Text()
			key = append(key, KeyProperty{Name: cmp.Or(ref.Property("Alias").Text(), path), Path: path})
		}
		keys = append(keys, key)
	}
	return keys
}

// NewAlternateKeys returns a Core.AlternateKeys.
func NewAlternateKeys(keys [][]KeyProperty, at source.Position) *model.Annotation {
	value := collection(at)
	for _, key := range keys {
		refs := collection(at)
		for _, p := range key {
			refs.Items = append(refs.Items, record(at, property("Alias", "String", p.Name, at), property("Name", "PropertyPath", p.Path, at)))
		}
		value.Items = append(value.Items, record(at, model.PropertyValue{Name: "Key", Value: refs, Position: at}))
	}
	return &model.Annotation{Term: termAlternateKeys, Value: value, Position: at}
}

// Cast is a type cast that a source lists behind a resource.
type Cast struct {
	Type     string // qualified
	Item     bool   // behind an item of a collection, not behind the collection
	Readable bool   // whether it has a GET; else other paths go through it
}

// Casts returns the type casts that a source lists behind a resource. It returns
// nil for a source that does not list casts: then each derived type can be
// used.
func Casts(list []*model.Annotation) []Cast {
	value := valueOf(list, termCasts)
	if value == nil {
		return nil
	}
	var casts []Cast
	for _, item := range value.Items {
		casts = append(casts, Cast{
			Type:     item.Property("Type").Text(),
			Item:     factOf(item.Property("Item")) == model.Yes,
			Readable: factOf(item.Property("Readable")) == model.Yes,
		})
	}
	return casts
}

// NewCasts returns an annotation with the type casts that a source lists.
func NewCasts(casts []Cast, at source.Position) *model.Annotation {
	casts = slices.Clone(casts)
	slices.SortFunc(casts, func(a, b Cast) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(boolOf(a.Item), boolOf(b.Item)))
	})
	value := collection(at)
	for _, c := range casts {
		value.Items = append(value.Items, record(at,
			property("Type", "String", c.Type, at),
			property("Item", "Bool", boolOf(c.Item), at),
			property("Readable", "Bool", boolOf(c.Readable), at),
		))
	}
	return &model.Annotation{Term: termCasts, Value: value, Position: at}
}

// valueOf returns the value of the annotation with a term, or nil.
func valueOf(list []*model.Annotation, term string) *model.Expression {
	if a := model.Find(list, term, ""); a != nil {
		return a.Value
	}
	return nil
}

func factOf(e *model.Expression) model.Fact {
	switch e.Text() {
	case "true":
		return model.Yes
	case "false":
		return model.No
	}
	return model.Unknown
}

func boolOf(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// addFact adds a member to a record, unless the fact is unknown.
func addFact(e *model.Expression, name string, f model.Fact, at source.Position) {
	if f != model.Unknown {
		e.Properties = append(e.Properties, property(name, "Bool", boolOf(f == model.Yes), at))
	}
}
