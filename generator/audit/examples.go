package audit

import (
	"bytes"
	"encoding/json/jsontext"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/docs"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// examples compares the examples of a page with the types of their values. The
// type is that of the page, for examples that name none; nil if not known.
func (p *pages) examples(page *docs.Page, t *model.StructuredType) {
	for _, e := range page.Examples {
		if e.Body == nil {
			continue
		}
		of := t
		if e.Type != "" {
			name := strings.TrimPrefix(e.Type, "#")
			named, ok := p.model.Type(name).(*model.StructuredType)
			if !ok {
				p.add(report.Additive, KindType, name, statement{"has an example of it", e.Position}, p.lacks())
				continue
			}
			of = named
		}
		if of == nil {
			continue
		}
		x := &example{pages: p, body: e, placeholders: e.BlockType == "resource", decoder: jsontext.NewDecoder(
			bytes.NewReader(e.Body), jsontext.AllowDuplicateNames(true))}
		if x.isPage() {
			x.page(of)
		} else {
			x.value(of.QualifiedName(), model.TypeRef{Name: of.QualifiedName(), Type: of}, model.Unknown)
		}
	}
}

// example walks through the JSON of an example.
type example struct {
	*pages
	body         *docs.Example
	decoder      *jsontext.Decoder
	placeholders bool // the values are names of types
}

// isPage reports whether the body is the page of a collection.
func (x *example) isPage() bool {
	d := jsontext.NewDecoder(bytes.NewReader(x.body.Body), jsontext.AllowDuplicateNames(true))
	if d.PeekKind() != '{' {
		return false
	}
	d.ReadToken()
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return false
		}
		if name.String() == "value" {
			return d.PeekKind() == '['
		}
		if d.SkipValue() != nil {
			return false
		}
	}
	return false
}

// page goes through the page of a collection.
func (x *example) page(t *model.StructuredType) {
	x.members(func(name string, _ source.Position) {
		if name != "value" {
			x.decoder.SkipValue()
			return
		}
		x.value(t.QualifiedName(), model.TypeRef{Name: t.QualifiedName(), Type: t, Collection: true}, model.Unknown)
	})
}

// at returns the position of the next value.
func (x *example) at() source.Position {
	x.decoder.PeekKind() // goes to the start of the next token
	offset := x.decoder.InputOffset()
	for offset < int64(len(x.body.Body)) && strings.IndexByte(" \t\r\n:,", x.body.Body[offset]) >= 0 {
		offset++
	}
	return x.body.BodyAt(offset)
}

// members goes through the members of an object; visit reads the value.
func (x *example) members(visit func(name string, at source.Position)) {
	x.decoder.ReadToken()
	for x.decoder.PeekKind() == '"' {
		at := x.at()
		name, err := x.decoder.ReadToken()
		if err != nil {
			return
		}
		visit(name.String(), at)
	}
	x.decoder.ReadToken()
}

// value compares the next value with the type that it is to have.
func (x *example) value(subject string, ref model.TypeRef, nullable model.Fact) {
	at, kind := x.at(), x.decoder.PeekKind()
	switch {
	case kind == 'n':
		x.decoder.ReadToken()
		if nullable == model.No {
			x.add(report.Behaviour, KindNullability, subject, statement{"null in an example", at}, statement{"not null", x.declared(subject)})
		}
	case ref.Collection && kind == '[':
		x.decoder.ReadToken()
		ref.Collection = false
		for x.decoder.PeekKind() != ']' && x.decoder.PeekKind() != 0 {
			x.value(subject, ref, nullable)
		}
		x.decoder.ReadToken()
	case ref.Collection:
		x.skip(subject, ref, at, "is no array")
	default:
		x.single(subject, ref, at, kind)
	}
}

// skip reads the next value and reports it.
func (x *example) skip(subject string, ref model.TypeRef, at source.Position, why string) {
	if raw, err := x.decoder.ReadValue(); err == nil {
		x.misfit(subject, ref, at, raw, why)
	}
}

func (x *example) misfit(subject string, ref model.TypeRef, at source.Position, raw jsontext.Value, why string) {
	text := string(raw)
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	x.add(report.Wire, KindValue, subject, statement{text + " in an example " + why, at}, statement{ref.String(), x.declared(subject)})
}

func (x *example) single(subject string, ref model.TypeRef, at source.Position, kind jsontext.Kind) {
	switch t := ref.Type.(type) {
	case *model.StructuredType:
		if kind == '{' {
			x.object(t)
			return
		}
		x.skip(subject, ref, at, "is no object")
	case *model.EnumType:
		x.member(subject, ref, t, at)
	case *model.TypeDefinition:
		x.single(subject, t.Underlying, at, kind)
	default:
		raw, err := x.decoder.ReadValue()
		if err == nil && !x.placeholders && !fits(ref.Name, raw) {
			x.misfit(subject, ref, at, raw, "does not decode")
		}
	}
}

// member compares a value of an enumeration.
func (x *example) member(subject string, ref model.TypeRef, t *model.EnumType, at source.Position) {
	if x.decoder.PeekKind() != '"' {
		x.skip(subject, ref, at, "is no text")
		return
	}
	token, err := x.decoder.ReadToken()
	if err != nil || x.placeholders {
		return
	}
	values := []string{token.String()}
	if t.Flags != model.No {
		values = strings.Split(token.String(), ",")
	}
	declared := members(t)
	for _, value := range values {
		if declared[strings.TrimSpace(value)] == nil {
			x.add(report.Additive, KindMember, t.QualifiedName()+"/"+value,
				statement{"is in an example", at}, statement{"has none", t.Position})
		}
	}
}

// object compares an object with its type, or with the one that it names.
func (x *example) object(t *model.StructuredType) {
	x.members(func(name string, at source.Position) {
		subject := t.QualifiedName() + "/" + name
		if strings.Contains(name, "@") { // control information
			x.control(name, t, at)
			return
		}
		if n, _ := t.NavigationProperty(name); n != nil {
			x.value(subject, n.Type, model.Unknown)
			return
		}
		property := t.Property(name)
		if property == nil {
			x.decoder.SkipValue()
			x.add(report.Additive, KindUndeclared, subject, statement{"is in an example", at}, statement{"has none", t.Position})
			return
		}
		x.value(subject, property.Type, property.Facets.Nullable)
	})
}

// control looks at the name of the type of an object.
func (x *example) control(name string, t *model.StructuredType, at source.Position) {
	if name != "@odata.type" || x.decoder.PeekKind() != '"' {
		x.decoder.SkipValue()
		return
	}
	token, err := x.decoder.ReadToken()
	if err != nil {
		return
	}
	named := strings.TrimPrefix(token.String(), "#")
	if actual, ok := x.model.Type(named).(*model.StructuredType); ok {
		for a := actual; a != nil; a = a.BaseType() {
			if a == t {
				return
			}
		}
	}
	x.add(report.Source, KindType, t.QualifiedName(), statement{named + " in an example", at}, statement{"has " + t.QualifiedName() + " there", t.Position})
}

// declared returns where a property is declared.
func (x *example) declared(subject string) source.Position {
	typeName, name, _ := strings.Cut(subject, "/")
	t, ok := x.model.Type(typeName).(*model.StructuredType)
	if !ok {
		return source.Position{File: x.right}
	}
	if property := t.Property(name); property != nil {
		return property.Position
	}
	if n, _ := t.NavigationProperty(name); n != nil {
		return n.Position
	}
	return t.Position
}
