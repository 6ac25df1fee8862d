package diff

import (
	"slices"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// surface is what a package exports, by name.
type surface map[string]*symbol

// surfaceOf returns what the package of a plan exports. Names that aliases has
// are written as what they stand for there.
func surfaceOf(p *golang.Plan, aliases aliases) surface {
	s := surface{}
	for _, t := range p.Structs {
		s.structType(t, aliases)
	}
	for _, t := range p.Enums {
		s.enum(t, aliases)
	}
	for _, t := range p.Aliases {
		var of shape
		if t.Go.Path == "" {
			of = shapeBasic
		}
		s.add(symbol{name: t.Name, is: goType(t.Go, nil), form: "= " + goType(t.Go, nil), shape: of, at: t.Type.Position, causes: []cause{{t.Type.QualifiedName(), KindType}}})
	}
	for _, b := range p.Builders {
		s.builder(b, aliases)
	}
	if len(p.Root) > 0 {
		for _, name := range []string{"Client", "ClientOptions", "NewClient", "Options"} {
			s.add(symbol{name: name, form: name, shape: shapeStruct, causes: []cause{{anyMethod, KindMethod}}})
		}
	}
	for _, step := range p.Root {
		s.step("Client", model.Resource{}, step, aliases)
	}
	s.former(p)
	return s
}

func (s surface) add(sym symbol) { s[sym.name] = &sym }

// goType writes a type as Go does, less the packages' names.
func goType(t golang.GoType, aliases aliases) string {
	var text string
	switch {
	case t.Struct != nil:
		text = "*" + aliases.of(t.Struct.Name)
	case t.Enum != nil:
		text = aliases.of(t.Enum.Name)
	case t.Path != "":
		text = t.Path + "." + t.Name
	default:
		text = t.Name
	}
	if t.Nullable {
		return "*" + text
	}
	return text
}

// structType enters a struct with its fields and methods. Those of its base
// types are promoted: one can go missing because any type in between changes
// its base.
func (s surface) structType(t *golang.Struct, aliases aliases) {
	name := t.Type.QualifiedName()
	s.add(symbol{name: t.Name, is: aliases.of(t.Name), form: formStruct, shape: shapeStruct, at: t.Type.Position, causes: []cause{{name, KindType}}})
	var bases []cause // the changes of base types that would cut off what comes
	for depth, a := range append([]*golang.Struct{t}, t.Ancestors()...) {
		of := a.Type.QualifiedName()
		field := func(name, form string, rank int, at source.Position, causes ...cause) {
			s.add(symbol{
				name: t.Name + "." + name, owner: t.Name, form: form, direct: depth == 0,
				rank: rank + depth*rankPromoted, at: at, causes: slices.Concat(causes, bases),
			})
		}
		for _, f := range a.Fields {
			property := of + "/" + f.Property.Name
			field(f.Name, f.Type.Wrapper()+"["+goType(f.Type, aliases)+"]", rankField, f.Property.Position,
				cause{property, KindProperty}, cause{property, KindType}, cause{property, KindNullability}, cause{of, KindType}, cause{f.Property.Type.Name, KindType})
			if depth == 0 {
				s.allowed(property, of, f)
			}
		}
		if a != t {
			s.add(symbol{name: t.Name + ".As" + a.Name, owner: t.Name, form: "*" + aliases.of(a.Name), rank: rankConversion, at: t.Type.Position, causes: bases})
		}
		bases = append(slices.Clip(bases), cause{of, KindBase})
		if a.Base != nil {
			field(a.Base.Name, aliases.of(a.Base.Name), rankEmbedded, a.Type.Position, cause{of, KindBase})
		} else {
			field("AdditionalData", "map", rankConversion, a.Type.Position, cause{of, KindBase})
		}
		if len(a.Creates) > 0 && s[t.Name+".ForCreate"] == nil {
			var causes []cause
			for _, c := range a.Creates {
				causes = append(causes, methodCauses(c.Builder.Resource)...)
			}
			s.add(symbol{name: t.Name + ".ForCreate", owner: t.Name, form: "*" + aliases.of(t.Name), rank: rankPromoted, at: t.Type.Position, causes: append(causes, bases...)})
		}
	}
}

// allowed enters the constants for the texts that a property takes.
func (s surface) allowed(property, of string, f *golang.Field) {
	for _, v := range f.Allowed {
		s.add(symbol{name: v.Name, form: "= " + v.Text, at: f.Property.Position, causes: []cause{
			{property + "/" + v.Text, KindAllowed}, {property, KindProperty}, {property, KindType}, {of, KindType},
		}})
	}
}

// enum enters an enumeration with its constants and methods.
func (s surface) enum(e *golang.Enum, aliases aliases) {
	name := e.Type.QualifiedName()
	s.add(symbol{name: e.Name, is: aliases.of(e.Name), form: definedString, shape: shapeBasic, at: e.Type.Position, causes: []cause{{name, KindType}}})
	for _, c := range e.Constants {
		s.add(symbol{name: c.Name, form: aliases.of(e.Name) + " = " + c.Member.Name, at: c.Member.Position, causes: []cause{
			{name + "/" + c.Member.Name, KindMember}, {name, KindType},
		}})
	}
	if e.Type.Flags == model.No {
		return
	}
	for _, method := range []string{"Has", "Split"} {
		s.add(symbol{name: e.Name + "." + method, owner: e.Name, form: method, rank: rankMethod, at: e.Type.Position, causes: []cause{
			{name, KindFlags}, {name, KindType},
		}})
	}
}
