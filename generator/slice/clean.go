package slice

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// cleaner copies annotations and replaces characters that XML cannot hold by
// U+FFFD. Reference pages and their examples can have such characters.
type cleaner struct{ ds *source.Diagnostics }

func (c cleaner) annotations(list []*model.Annotation) []*model.Annotation {
	var part []*model.Annotation
	for _, a := range list {
		part = append(part, &model.Annotation{
			Term:        c.text(a.Term, a.Position),
			Qualifier:   c.text(a.Qualifier, a.Position),
			Value:       c.expression(a.Value),
			Annotations: c.annotations(a.Annotations),
			Position:    a.Position,
		})
	}
	return part
}

func (c cleaner) expression(e *model.Expression) *model.Expression {
	if e == nil {
		return nil
	}
	part := *e
	part.Value = c.text(e.Value, e.Position)
	part.Type = c.text(e.Type, e.Position)
	part.Items, part.Properties = nil, nil
	for _, item := range e.Items {
		part.Items = append(part.Items, c.expression(item))
	}
	for _, p := range e.Properties {
		p.Name = c.text(p.Name, p.Position)
		p.Value = c.expression(p.Value)
		p.Annotations = c.annotations(p.Annotations)
		part.Properties = append(part.Properties, p)
	}
	part.Annotations = c.annotations(e.Annotations)
	return &part
}

func (c cleaner) text(text string, at source.Position) string {
	isForbidden := func(r rune) bool { return !csdl.IsCharacter(r) }
	i := strings.IndexFunc(text, isForbidden)
	if i < 0 {
		return text
	}
	for _, r := range text[i:] {
		c.ds.Warnf(at, "CSDL cannot hold the character %U: U+FFFD replaces it in the slice", r)
		break
	}
	return csdl.Text(text)
}
