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
			Id(f.Name).Add(r.opt(f.Type)).Tag(map[string]string{"json": f.Property.Name + ",omitzero"}))
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
	if len(s.Creates) > 0 {
		declarations = append(declarations, r.forCreate(s))
	}
	return lines(declarations...)
}

const additionalDataComment = "AdditionalData holds the members that the schema does not declare, and annotations such as @odata.type."

// opt returns odata.Opt of a type.
func (r *renderer) opt(t GoType) *jen.Statement {
	return r.odata("Opt").Types(t.code(r))
}

func structComment(s *Struct) jen.Code {
	t := s.Type
	what := "is the " + string(t.Kind) + " type " + t.QualifiedName()
	if t.Abstract == model.Yes {
		what = "is the abstract " + string(t.Kind) + " type " + t.QualifiedName()
	}
	return comment(append([]string{s.Name + " " + what + "."}, annotated(t.Annotated)...)...)
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

// deprecatedMark begins the paragraph that tools look for.
const deprecatedMark = "Deprecated: "

// ofKept returns the deprecation of a type for its constants, if it is kept.
func ofKept(annotations []*model.Annotation) string {
	if !vocab.Kept(annotations) {
		return ""
	}
	return deprecation(annotations)
}

// gone is said of what is kept where no annotation says why.
const gone = deprecatedMark + "the metadata has it no more. It stays for one release."

// deprecation returns the paragraph on the deprecation of an element, or "".
func deprecation(annotations []*model.Annotation) string {
	d := vocab.Deprecated(annotations)
	if d == nil {
		return ""
	}
	text := deprecatedMark + sentence(d.Description)
	if d.Description == "" {
		text = deprecatedMark + "the schema says so."
	}
	if d.RemovalDate != "" {
		text += " It is to be removed on " + d.RemovalDate + "."
	}
	return text
}

func fieldComment(f *Field) jen.Code {
	facts := f.Property.Type.String()
	switch {
	case f.Property.Type.Collection && f.Property.Facets.Nullable == model.No:
		facts += ", items not null"
	case f.Property.Type.Collection:
	case f.Property.Facets.Nullable == model.No:
		facts += ", not null"
	}
	if f.ReadOnly != "" {
		facts += ", read-only: " + f.ReadOnly
	}
	if values := vocab.AllowedValues(f.Property.Annotated); len(values) > 0 {
		facts += ", one of " + strings.Join(values, ", ")
	}
	paragraphs := annotated(f.Property.Annotated)
	if paragraphs[0] == "" {
		paragraphs[0] = f.Name + " is of type " + facts + "."
	} else {
		paragraphs[0] += " (" + facts + ")"
	}
	return comment(paragraphs...)
}

// allowedValues renders constants for the texts that a property takes. They
// have no type, as the property is of texts.
func allowedValues(s *Struct, f *Field) jen.Code {
	var constants []jen.Code
	for _, v := range f.Allowed {
		constant := jen.Id(v.Name).Op("=").Lit(v.Text)
		if v.Kept || f.Kept || vocab.Kept(s.Type.Annotated) {
			constant = jen.Add(comment(gone)).Line().Add(constant)
		}
		constants = append(constants, constant)
	}
	return jen.Add(comment("Values of " + s.Name + "." + f.Name + ".")).Line().Const().Defs(constants...)
}

// typeMethods renders what tells the type of a value.
func (r *renderer) typeMethods(s *Struct) jen.Code {
	known := []jen.Code{jen.Lit(s.Type.QualifiedName())}
	for _, d := range s.Known {
		known = append(known, jen.Lit(d.Type.QualifiedName()))
	}
	return lines(
		jen.Add(comment("ODataType returns the name of the actual type of v: that of its @odata.type, else "+s.Type.QualifiedName()+".")).Line().
			Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("ODataType").Params().String().Block(
			jen.Return(r.odata("TypeOf").Call(jen.Id("v").Dot("AdditionalData"), jen.Lit(s.Type.QualifiedName()))),
		),
		jen.Add(comment("ODataTypes returns the names of the type and of the types derived from it that this package has.")).Line().
			Func().Params(jen.Op("*").Id(s.Name)).Id("ODataTypes").Params().Index().String().Block(
			jen.Return(jen.Index().String().Values(known...)),
		),
	)
}

// upcast renders the conversion of a struct to one of its ancestors: to the
// nearest by moving its own properties, to the others by way of that.
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
		"As" + ancestor.Name + " returns v as its base type " + ancestor.Type.QualifiedName() + ". Nothing is lost: " +
			"AdditionalData takes what the base type has no field for, and @odata.type names the type of v.")).Line().
		Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("As" + ancestor.Name).Params().Op("*").Add(r.local(ancestor.Name)).Block(body...)
}

// prop renders odata.Prop for a field of a variable.
func (r *renderer) prop(variable string, f *Field) jen.Code {
	return r.odata("Prop").Call(jen.Lit(f.Property.Name), jen.Op("&").Id(variable).Dot(f.Name))
}

// multiline puts each argument of a call on a line of its own.
func multiline(arguments []jen.Code) []jen.Code {
	list := make([]jen.Code, 0, len(arguments)+1)
	for _, a := range arguments {
		list = append(list, jen.Line().Add(a))
	}
	return append(list, jen.Line())
}

func (r *renderer) forCreate(s *Struct) jen.Code {
	omitted := s.omitted()
	body := []jen.Code{
		jen.Id("c").Op(":=").Op("*").Id("v"),
		jen.Id("c").Dot("AdditionalData").Op("=").Add(r.odata("ForCreate")).Call(jen.Id("v").Dot("AdditionalData")),
	}
	names := make([]string, len(omitted))
	for i, f := range omitted {
		names[i] = f.Property.Name
		body = append(body, jen.Id("c").Dot(f.Name).Op("=").Add(r.opt(f.Type)).Values())
	}
	body = append(body, jen.Return(jen.Op("&").Id("c")))
	text := "ForCreate returns a copy of v that can be sent to a create operation: without the control information of a response"
	if len(names) > 0 {
		text += ", and without " + strings.Join(names, ", ")
	}
	return jen.Add(comment(text + ". Values that v points to are shared.")).Line().
		Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("ForCreate").Params().Op("*").Id(s.Name).Block(body...)
}

// enum renders an enumeration.
func (r *renderer) enum(e *Enum) jen.Code {
	what := "is the enumeration "
	var more []string
	if e.Type.Flags == model.Yes {
		what = "is the flags enumeration "
		more = append(more, "A value can hold several members: odata.Join puts them together, Split and Has take it apart.")
	}
	if vocab.Evolvable(e.Type) {
		more = append(more, "The service can add members: values besides those below can occur.")
	}
	paragraphs := append([]string{e.Name + " " + what + e.Type.QualifiedName() + "."}, annotated(e.Type.Annotated)...)
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
		constants = append(constants, formerConstants(e.Former)...)
		declarations = append(declarations, jen.Add(comment("Members of "+e.Name+".", ofKept(e.Type.Annotated))).Line().Const().Defs(constants...))
	}
	// Where it is not known, values may hold several members.
	if e.Type.Flags != model.No {
		declarations = append(declarations,
			jen.Add(comment("Split returns the members that v holds.")).Line().
				Func().Params(jen.Id("v").Id(e.Name)).Id("Split").Params().Index().Id(e.Name).Block(
				jen.Return(r.odata("Split").Call(jen.Id("v"))),
			),
			jen.Add(comment("Has reports whether v holds the member.")).Line().
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
