package vocab

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Terms of the Capabilities vocabulary, apart from InsertRestrictions
// (https://docs.oasis-open.org/odata/odata-vocabularies/v4.0/Org.OData.Capabilities.V1.html),
// and of alternate keys.
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
	termIndexable     = "Org.OData.Capabilities.V1.IndexableByKey"
	termExpand        = "Org.OData.Capabilities.V1.ExpandRestrictions"
	termSelect        = "Org.OData.Capabilities.V1.SelectSupport"
	termSelectOlder   = "Org.OData.Capabilities.V1.SelectRestrictions" // in older metadata of Graph
	termAlternateKeys = "Org.OData.Core.V1.AlternateKeys"

	// termCasts lists the type casts that a source has paths for. No vocabulary
	// has a term for that.
	termCasts = "Msgraphgen.V1.Casts"

	// termNotListed lists methods that a source does not list, although it has
	// others of their kind. Capabilities has one fact for all of them, or none.
	termNotListed = "Msgraphgen.V1.NotListed"
)

// Read is the content of a Capabilities.ReadRestrictions.
type Read struct {
	Readable model.Fact
	ByKey    model.Fact // whether an item of a collection can be read by its key
	Headers  []string   // the names of request headers that the service knows
}

// ReadRestrictions returns the Capabilities.ReadRestrictions of a resource.
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

// NewReadRestrictions returns a Capabilities.ReadRestrictions.
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

// Update is the content of a Capabilities.UpdateRestrictions. Methods are "PATCH"
// or "PUT" or both; nil if they are unknown.
type Update struct {
	Updatable    model.Fact
	Methods      []string
	NonUpdatable []string // paths of properties that an update cannot set
	Page         string   // the address of the reference page that they were read from, or ""
}

const httpMethod = "Org.OData.Capabilities.V1.HttpMethod/"

// UpdateRestrictions returns the Capabilities.UpdateRestrictions of a resource.
func UpdateRestrictions(list []*model.Annotation) Update {
	value := valueOf(list, termUpdate)
	u := Update{Updatable: factOf(value.Property("Updatable"))}
	for _, member := range strings.Fields(value.Property("UpdateMethod").Text()) {
		u.Methods = append(u.Methods, member[strings.LastIndexByte(member, '/')+1:])
	}
	u.NonUpdatable = paths(value.Property("NonUpdatableProperties"))
	if a := model.Find(list, termUpdate, ""); a != nil {
		u.Page = DocumentationLink(a.Annotations, RelationType)
	}
	return u
}

// NewUpdateRestrictions returns a Capabilities.UpdateRestrictions.
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
	addPaths(value, "NonUpdatableProperties", "PropertyPath", u.NonUpdatable, at)
	a := &model.Annotation{Term: termUpdate, Value: value, Position: at}
	if u.Page != "" {
		a.Annotations = []*model.Annotation{NewDocumentationLink(RelationType, u.Page, at)}
	}
	return a
}

// Deletable reports whether a resource or its items can be deleted, by
// Capabilities.DeleteRestrictions.
func Deletable(list []*model.Annotation) model.Fact {
	return factOf(valueOf(list, termDelete).Property("Deletable"))
}

// NewDeleteRestrictions returns a Capabilities.DeleteRestrictions.
func NewDeleteRestrictions(deletable model.Fact, at source.Position) *model.Annotation {
	value := record(at)
	addFact(value, "Deletable", deletable, at)
	return &model.Annotation{Term: termDelete, Value: value, Position: at}
}

// Indexable reports whether the items of a collection have paths with their key, by
// Capabilities.IndexableByKey.
func Indexable(list []*model.Annotation) model.Fact {
	if a := model.Find(list, termIndexable, ""); a != nil && a.Value == nil {
		return model.Yes // the default of the term
	}
	return factOf(valueOf(list, termIndexable))
}

// Query lists the query options that a resource takes, by several terms of the
// Capabilities vocabulary. The lists are paths of properties that an option does
// not support.
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

// QueryOptions returns the query options of a resource.
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

// NewQueryOptions returns the annotations for query options, without the unknown
// ones.
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
		if t.list != nil {
			addPaths(value, t.exceptions, t.kind, *t.list, at)
		}
		list = append(list, &model.Annotation{Term: t.term, Value: value, Position: at})
	}
	return list
}

// Navigation is the content of a Capabilities.NavigationRestrictions.
type Navigation struct {
	Unlisted      bool       // the service has no resource for the property
	Referenceable model.Fact // whether the service has $ref for it
}

// NavigationRestrictions returns the Capabilities.NavigationRestrictions of a
// navigation property.
func NavigationRestrictions(list []*model.Annotation) Navigation {
	value := valueOf(list, termNavigation)
	return Navigation{
		Unlisted:      enumMember(value.Property("Navigability")) == "None",
		Referenceable: factOf(value.Property("Referenceable")),
	}
}

// NewNavigationRestrictions returns a Capabilities.NavigationRestrictions.
func NewNavigationRestrictions(n Navigation, at source.Position) *model.Annotation {
	value := record(at)
	if n.Unlisted {
		value.Properties = append(value.Properties, property("Navigability", "EnumMember", "Org.OData.Capabilities.V1.NavigationType/None", at))
	}
	addFact(value, "Referenceable", n.Referenceable, at)
	return &model.Annotation{Term: termNavigation, Value: value, Position: at}
}

// KeyProperty is a property of an alternate key. In a path its name stands before
// the value: "appId" in applications(appId='…').
type KeyProperty struct {
	Name string
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

// KeyAnnotations returns the annotations that AlternateKeys reads.
func KeyAnnotations(list []*model.Annotation) []*model.Annotation {
	if a := model.Find(list, termAlternateKeys, ""); a != nil {
		return []*model.Annotation{a}
	}
	return nil
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

// Cast is a type cast that a source lists for a resource.
type Cast struct {
	Type     string // qualified
	Item     bool   // a cast of an item of a collection, not of the collection
	Readable bool   // whether it has a GET; without one, it is part of longer paths
}

// Casts returns the type casts that a source lists for a resource. It returns
// nil if the source does not list casts: then a cast to any derived type is
// possible.
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

// NewCasts returns the annotation that lists type casts.
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

// Keys of the methods that [NotListed] can have, besides operations. Those of a
// property that is a stream have _ and its name behind the key.
const (
	KeyCount     = "Count"
	KeyAddRef    = "AddRef"
	KeySetRef    = "SetRef"
	KeyRemoveRef = "RemoveRef"
	KeyListRefs  = "ListRefs"
	KeyDownload  = "Download"
	KeyUpload    = "Upload"
)

// NotListed returns the methods that a resource lacks because the source, which
// lists all requests, does not list them: "Upload", "Download_content", and
// operations as [model.Operation.Signature] writes them.
func NotListed(list []*model.Annotation) []string {
	value := valueOf(list, termNotListed)
	if value == nil {
		return nil
	}
	var keys []string
	for _, item := range value.Items {
		keys = append(keys, item.Text())
	}
	return keys
}

// NewNotListed returns the annotation that NotListed reads.
func NewNotListed(keys []string, at source.Position) *model.Annotation {
	value := collection(at)
	for _, key := range keys {
		value.Items = append(value.Items, &model.Expression{Kind: "String", Value: key, Position: at})
	}
	return &model.Annotation{Term: termNotListed, Value: value, Position: at}
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

// addPaths adds a list of paths to a record, unless there are none.
func addPaths(e *model.Expression, name string, kind model.ExpressionKind, list []string, at source.Position) {
	if list == nil {
		return
	}
	items := collection(at)
	for _, path := range list {
		items.Items = append(items.Items, &model.Expression{Kind: kind, Value: path, Position: at})
	}
	e.Properties = append(e.Properties, model.PropertyValue{Name: name, Value: items, Position: at})
}

// addFact adds a member to a record, unless the fact is unknown.
func addFact(e *model.Expression, name string, f model.Fact, at source.Position) {
	if f != model.Unknown {
		e.Properties = append(e.Properties, property(name, "Bool", boolOf(f == model.Yes), at))
	}
}
