package retain

import (
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// Why something stays.
const (
	gone   = "the metadata has it no more"
	unused = "nothing that is selected needs it any more"
	apart  = "what is selected leads there no more"
)

func nowCalled(name string) string { return "the metadata calls it " + name + " now" }

// why says why a type stays: the schema can still have it.
func (f *finder) why(name string) string {
	if f.whole.Type(name) != nil {
		return unused
	}
	return gone
}

// deprecated marks what is kept. What the schema said of its deprecation stays
// in front: it may tell what to use instead.
func (f *finder) deprecated(list []*model.Annotation, why string) []*model.Annotation {
	text := why + ". It stays for one release."
	if d := vocab.Deprecated(list); d != nil && d.Description != "" {
		text = sentence(d.Description) + " " + upper(text)
	}
	return vocab.Keep(list, vocab.Deprecation{Description: text})
}

// whyResource says why a resource stays: the schema can still have it, though
// nothing leads there.
func (f *finder) whyResource(r api.Resource) string {
	if r.Source != nil && f.whole.Container.Source(r.Name()) != nil {
		return apart
	}
	if r.Owner != nil {
		if t, ok := f.whole.Type(r.Owner.QualifiedName()).(*model.StructuredType); ok {
			if n, _ := t.NavigationProperty(r.Name()); n != nil {
				return apart
			}
		}
	}
	return gone
}

// sentence returns a text with a full stop at its end.
func sentence(text string) string { return strings.TrimRight(text, ". ") + "." }

// upper returns a text with a capital letter first.
func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
