package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// structType renders an entity type or a complex type.
func (r *renderer) structType(s *Struct) jen.Code {
	var fields []jen.Code
	if s.Base != nil {
		fields = append(fields, r.local(s.Base.Name))
	}
	for _, f := range s.Fields {
		if len(fields) > 0 {
			fields = append(fields, jen.Line())
		}
		fields = append(fields, jen.Add(fieldComment(f)).Line().
			Id(f.Name).Add(r.wrapped(f.Type)).Tag(map[string]string{"json": f.Property.Name + ",omitzero"}))
	}
	if s.Base == nil {
		if len(fields) > 0 {
			fields = append(fields, jen.Line())
		}
		fields = append(fields, jen.Add(comment(additionalDataComment)).Line().
			Id("AdditionalData").Map(jen.String()).Qual(jsontextPath, "Value").Tag(map[string]string{"json": ",embed"}))
	}
	declarations := []jen.Code{
		jen.Add(structComment(s)).Line().Type().Id(s.Name).Struct(fields...),
	}
	for _, f := range s.Fields {
		if len(f.Allowed) > 0 {
			declarations = append(declarations, allowedValues(s, f))
		}
	}
	declarations = append(declarations, r.typeMethods(s))
	for _, ancestor := range s.Ancestors() {
		declarations = append(declarations, r.upcast(s, ancestor))
	}
	if len(s.creates()) > 0 {
		declarations = append(declarations, r.forCreate(s))
	}
	return lines(declarations...)
}

const additionalDataComment = "AdditionalData holds the members that the schema does not declare, and annotations such as @odata.type."

// wrapped returns odata.Opt or odata.List of a type.
func (r *renderer) wrapped(t GoType) *jen.Statement {
	return r.odata(t.Wrapper()).Types(t.code(r))
}

func structComment(s *Struct) jen.Code {
	kind := string(s.Type.Kind)
	if s.abstract() {
		kind = "abstract " + kind
	}
	first := s.Name + " is the " + kind + " type " + s.Type.QualifiedName() + "."
	if s.Action != nil {
		first = s.Name + " holds the parameters of the action " + s.Action.QualifiedName() + "."
	}
	return comment(append([]string{first}, annotated(s.Type.Annotated)...)...)
}

// annotated returns the paragraphs of a doc comment that come from
// annotations: description, reference page, deprecation.
func annotated(annotations []*model.Annotation) []string {
	paragraphs := []string{
		sentence(vocab.Description(annotations)),
		sentence(vocab.LongDescription(annotations)),
	}
	if page := vocab.DocumentationLink(annotations, vocab.RelationType); page != "" {
		paragraphs = append(paragraphs, "Reference: "+page)
	}
	return append(paragraphs, deprecation(annotations))
}

// deprecatedMark begins the last paragraph of a doc comment, which tools recognize.
const deprecatedMark = "Deprecated: "

// removedMark is the deprecation of a retained element without an annotation.
const removedMark = deprecatedMark + "removed from the metadata. " + retainedForOneRelease

const retainedForOneRelease = "Retained for one release."

// deprecation returns the paragraph about the deprecation of an element, or "".
func deprecation(annotations []*model.Annotation) string {
	d := vocab.Deprecated(annotations)
	if d == nil {
		return ""
	}
	text := deprecatedMark + sentence(d.Description)
	if d.Description == "" {
		text = deprecatedMark + "marked as deprecated in the metadata."
	}
	if d.RemovalDate != "" {
		text += " Its removal is planned for " + d.RemovalDate + "."
	}
	return text
}

// fieldComment returns the description of a property, and in brackets the facts that
// its Go type does not express.
func fieldComment(f *Field) jen.Code {
	paragraphs := annotated(f.Property.Annotated)
	facts := facts(f)
	switch {
	case len(facts) == 0:
	case paragraphs[0] == "":
		for i, fact := range facts {
			facts[i] = strings.ToUpper(fact[:1]) + fact[1:] + "."
		}
		paragraphs[0] = strings.Join(facts, " ")
	default:
		paragraphs[0] += " (" + strings.Join(facts, "; ") + ")"
	}
	return comment(paragraphs...)
}

// facts returns the facts about a property that its Go type does not express.
func facts(f *Field) []string {
	var list []string
	ref, notNull := f.Property.Type, f.Property.Facets.Nullable == model.No
	if _, definition := ref.Type.(*model.TypeDefinition); definition || f.Type.item() == anyJSON || ref.Name == "Edm.Stream" {
		list = append(list, "type "+ref.String())
	}
	switch {
	case notNull && !ref.Collection:
		list = append(list, "not null")
	case notNull && f.Type.Struct != nil:
		list = append(list, "items not null")
	}
	if f.ReadOnly != "" {
		list = append(list, "read-only: "+f.ReadOnly)
	}
	if values := vocab.AllowedValues(f.Property.Annotated); len(values) > 0 {
		list = append(list, "one of "+strings.Join(values, ", "))
	}
	return list
}

// allowedValues renders constants for the allowed values of a property. They are
// untyped, so that they can be used as strings.
func allowedValues(s *Struct, f *Field) jen.Code {
	var constants []jen.Code
	for _, v := range f.Allowed {
		constant := jen.Id(v.Name).Op("=").Lit(v.Text)
		if v.Retained || f.Retained || vocab.Retained(s.Type.Annotated) {
			constant = jen.Add(comment(removedMark)).Line().Add(constant)
		}
		constants = append(constants, constant)
	}
	return jen.Add(comment("Allowed values of " + s.Name + "." + f.Name + ".")).Line().Const().Defs(constants...)
}

// typeMethods renders the methods that return the type of a value.
func (r *renderer) typeMethods(s *Struct) jen.Code {
	known := []string{s.Type.QualifiedName()}
	for _, d := range s.Known {
		known = append(known, d.Type.QualifiedName())
	}
	return lines(
		jen.Add(comment("ODataType returns the name of the actual type of v: its @odata.type, or "+s.Type.QualifiedName()+" if it has none.")).Line().
			Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("ODataType").Params().String().Block(
			jen.Return(r.odata("TypeOf").Call(jen.Id("v").Dot("AdditionalData"), jen.Lit(s.Type.QualifiedName()))),
		),
		jen.Add(comment("ODataTypes returns the names of the type and of its derived types in this package.")).Line().
			Func().Params(jen.Op("*").Id(s.Name)).Id("ODataTypes").Params().Index().String().Block(
			jen.Return(texts(known)),
		),
	)
}

// upcast renders the conversion of a struct to one of its ancestors. The conversion
// to the base type moves the properties of s; the others begin with it.
func (r *renderer) upcast(s, ancestor *Struct) jen.Code {
	var body []jen.Code
	if ancestor == s.Base {
		arguments := []jen.Code{jen.Id("base").Dot("AdditionalData"), jen.Id("v").Dot("ODataType").Call()}
		for _, f := range s.Fields {
			arguments = append(arguments, r.prop("v", f))
		}
		body = []jen.Code{
			jen.Id("base").Op(":=").Id("v").Dot(ancestor.Name),
			jen.Id("base").Dot("AdditionalData").Op("=").Add(r.odata("Upcast")).Call(multiline(arguments)...),
			jen.Return(jen.Op("&").Id("base")),
		}
	} else {
		body = []jen.Code{jen.Return(jen.Id("v").Dot("As" + s.Base.Name).Call().Dot("As" + ancestor.Name).Call())}
	}
	return jen.Add(comment(
		"As" + ancestor.Name + " returns v as its base type " + ancestor.Type.QualifiedName() + ". Its AdditionalData holds the other properties of v, " +
			"and the name of its type as @odata.type.")).Line().
		Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("As" + ancestor.Name).Params().Op("*").Add(r.local(ancestor.Name)).Block(body...)
}

// prop renders odata.Prop for a field of a variable.
func (r *renderer) prop(variable string, f *Field) jen.Code {
	return r.odata("Prop").Call(jen.Lit(f.Property.Name), jen.Op("&").Id(variable).Dot(f.Name))
}

// multiline renders each argument of a call on a separate line.
func multiline(arguments []jen.Code) []jen.Code {
	list := make([]jen.Code, 0, len(arguments)+1)
	for _, a := range arguments {
		list = append(list, jen.Line().Add(a))
	}
	return append(list, jen.Line())
}

// forCreate renders the method ForCreate. The support package gets the read-only
// properties from typeFacts.
func (r *renderer) forCreate(s *Struct) jen.Code {
	arguments := []jen.Code{jen.Id("v"), r.factsOrNil()}
	var names []string
	for _, f := range s.omitted() {
		names = append(names, f.Property.Name)
		if f.ReadOnly == "" {
			arguments = append(arguments, jen.Lit(f.Property.Name))
		}
	}
	text := "ForCreate returns a deep copy of v for Create: without the control information of a response"
	if nested := r.plan.facts[s.Type.QualifiedName()].Nested; nested != nil {
		text += " and read-only properties at every level"
	}
	if len(names) > 0 {
		text += ", and without " + enumerate(names)
	}
	return jen.Add(comment(text + ".")).Line().
		Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("ForCreate").Params().Op("*").Id(s.Name).Block(
		jen.Return(r.odata("ForCreate").Call(arguments...)),
	)
}

// enumerate returns a list in words: "a, b and c".
func enumerate(list []string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// enum renders an enumeration.
func (r *renderer) enum(e *Enum) jen.Code {
	kind := "enumeration "
	var more []string
	if e.Type.Flags == model.Yes {
		kind = "flags enumeration "
		more = append(more, "A value can hold several members: odata.Join joins them, Split returns them, and Has tests for one.")
	}
	if vocab.Evolvable(e.Type) {
		more = append(more, "The service may add members, so that values without a constant can occur.")
	}
	paragraphs := append([]string{e.Name + " is the " + kind + e.Type.QualifiedName() + "."}, annotated(e.Type.Annotated)...)
	declarations := []jen.Code{
		jen.Add(comment(append(paragraphs, strings.Join(more, " "))...)).Line().Type().Id(e.Name).String(),
	}
	if len(e.Constants) > 0 {
		var constants []jen.Code
		for _, c := range e.Constants {
			constant := jen.Id(c.Name).Id(e.Name).Op("=").Lit(c.Member.Name)
			if doc := annotated(c.Member.Annotated); strings.Join(doc, "") != "" {
				constant = jen.Add(comment(doc...)).Line().Add(constant)
			}
			constants = append(constants, constant)
		}
		constants = append(constants, oldConstants(e.OldNames)...)
		retained := ""
		if vocab.Retained(e.Type.Annotated) {
			retained = deprecation(e.Type.Annotated)
		}
		declarations = append(declarations, jen.Add(comment("Members of "+e.Name+".", retained)).Line().Const().Defs(constants...))
	}
	// If the source does not say, values may hold several members.
	if e.Type.Flags != model.No {
		declarations = append(declarations,
			jen.Add(comment("Split returns the members that v holds.")).Line().
				Func().Params(jen.Id("v").Id(e.Name)).Id("Split").Params().Index().Id(e.Name).Block(
				jen.Return(r.odata("Split").Call(jen.Id("v"))),
			),
			jen.Add(comment("Has reports whether v holds member.")).Line().
				Func().Params(jen.Id("v").Id(e.Name)).Id("Has").Params(jen.Id("member").Id(e.Name)).Bool().Block(
				jen.Return(r.odata("Has").Call(jen.Id("v"), jen.Id("member"))),
			),
		)
	}
	return lines(declarations...)
}

// alias renders a type definition.
func (r *renderer) alias(a *Alias) jen.Code {
	first := a.Name + " is the type definition " + a.Type.QualifiedName() + " of " + a.Type.Underlying.Name + "."
	return jen.Add(comment(append([]string{first}, annotated(a.Type.Annotated)...)...)).Line().
		Type().Id(a.Name).Op("=").Add(a.Go.code(r))
}
