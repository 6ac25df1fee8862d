package api

import "github.com/msgraphgen/msgraphgen/generator/model"

// Version is what one run needs to know of a version of the schema: of the one
// that it reads, or of the one that a package was generated from.
type Version struct {
	Name      string            // for messages: a file or an address
	Model     *model.Model      // of a lock file, no more than the selection
	Selection *Selection        // what is generated of it
	Retained  *Retained         // what stays of the version before it; nil for nothing
	Unmatched []Problem         // patterns that select nothing of it
	Names     map[string]string // the Go names that are pinned, by name in the schema
}

// Retained is what a package keeps of an earlier version, for one release.
type Retained struct {
	// Model holds removed types, and of types that are still there the removed
	// properties and members. A type that has no Go name is there because a
	// resource leads through it.
	Model *model.Model `json:"model,omitzero"`

	// Steps are the removed steps from one resource to another, and Methods the
	// IDs of removed methods.
	Steps   []RetainedStep `json:"steps,omitzero"`
	Methods []string       `json:"methods,omitzero"`

	// Refused are the properties among the removed ones that a create cannot
	// set, by the ID of its resource.
	Refused map[string][]string `json:"refused,omitempty"`

	// Values are the texts that properties allowed and allow no more, by
	// property.
	Values map[string][]string `json:"values,omitempty"`

	// Renamed are the keys of Go names whose elements have another name now,
	// with the key now.
	Renamed map[string]string `json:"renamed,omitempty"`

	// Names are the Go names of all this, by key. The keys of renamed elements
	// are the former ones.
	Names map[string]string `json:"names,omitempty"`
}

// RetainedStep is a step from one resource to another, by their IDs. From is ""
// for the root of the service.
type RetainedStep struct {
	From string `json:"from,omitzero"`
	To   string `json:"to"`
}

// IsZero reports whether nothing is retained. A nil Retained is zero.
func (r *Retained) IsZero() bool {
	return r == nil || r.Model == nil && len(r.Steps)+len(r.Methods)+len(r.Values)+len(r.Renamed) == 0
}
