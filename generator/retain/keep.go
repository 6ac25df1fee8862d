// Package retain has what a release of the schema takes away stay for a while,
// so that those who call the generated code need not change at once.
//
// [Find] compares what was selected with what is selected now. What is gone is
// a [Kept], which the lock file holds; [Kept.Add] puts it back. Both work on
// the model, with the elements that are gone annotated as deprecated, so that
// what makes Go of it need not know more.
package retain

import (
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// Kept is what stays of an earlier version.
type Kept struct {
	// Model has what is gone: types, and of the types that are still there the
	// properties and members that are. A type that has no Go name is there for
	// what is below it: a resource leads through it.
	Model *model.Model `json:"model,omitzero"`

	// Links are the steps from one resource to another that are gone, and
	// Creates the resources that took creates.
	Links   []Link   `json:"links,omitzero"`
	Creates []string `json:"creates,omitzero"`

	// Refused are the properties among those that are gone that a create cannot
	// set, by its resource.
	Refused map[string][]string `json:"refused,omitempty"`

	// Values are the texts that properties took and take no more, by property.
	Values map[string][]string `json:"values,omitempty"`

	// Renamed are what has another name now: the keys of Go names, before and
	// now.
	Renamed map[string]string `json:"renamed,omitempty"`

	// Names are the Go names of all this, by key. The keys of what is renamed
	// are those from before.
	Names map[string]string `json:"names,omitempty"`
}

// Link is a step from one resource to another, by their IDs. From is "" for
// the root of the service.
type Link struct {
	From string `json:"from,omitzero"`
	To   string `json:"to"`
}

// Empty reports whether nothing is kept. A nil Kept is empty.
func (k *Kept) Empty() bool {
	return k == nil || k.Model == nil && len(k.Links)+len(k.Creates)+len(k.Values)+len(k.Renamed) == 0
}
