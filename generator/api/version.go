package api

import "github.com/msgraphgen/msgraphgen/generator/model"

// Version is a version of the schema with the selection from it: the version that
// a run reads, or the one that a package was generated from.
type Version struct {
	Name      string            // for messages: a file or an address
	Model     *model.Model      // a lock file has only the selected part
	Selection *Selection        // the part that is generated
	Whole     *Selection        // of a lock file: what the package has, if Selection is only a part of it; or nil
	Retained  *Retained         // the parts of the version before it that are generated too; or nil
	Unmatched []Problem         // patterns that match nothing in this version
	Names     map[string]string // the pinned Go names, by name in the schema
	Earlier   []string          // the IDs of the methods that Names are for
}

// Retained holds the elements of an earlier version that a package retains for
// one release.
type Retained struct {
	// Model holds removed types, and the removed properties and members of other
	// types. It holds a type without a Go name if a retained path leads through
	// it.
	Model *model.Model `json:"model,omitzero"`

	// Steps are the removed steps from one resource to another, and Methods the
	// IDs of removed methods.
	Steps   []RetainedStep `json:"steps,omitzero"`
	Methods []string       `json:"methods,omitzero"`

	// Refused are the removed properties that the body of a method cannot set, by
	// the ID of the method.
	Refused map[string][]string `json:"refused,omitempty"`

	// Values are the removed values among the allowed values of a property, by
	// property.
	Values map[string][]string `json:"values,omitempty"`

	// Renamed maps the old keys of Go names to the new ones, for elements that
	// were renamed in the schema.
	Renamed map[string]string `json:"renamed,omitempty"`

	// Names are the Go names of all retained elements, by key. Renamed elements
	// have their old key.
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
