package input

import _ "embed"

// Snapshot is the name of the built-in metadata. Users write it in place of a file
// or an address.
const Snapshot = "snapshot"

// profile is metadata for offline use. It holds the part of the beta schema of
// Microsoft Graph that creating items in a user's profile needs, with
// descriptions, settable properties, examples and links to reference pages.
//
//go:embed profile.xml
var profile string

// SnapshotCSDL returns the metadata as a CSDL XML document (OData CSDL XML 4.01),
// encoded in UTF-8. The comment at its top says where the facts come from and
// how annotations are used. The caller owns the bytes.
func SnapshotCSDL() []byte { return []byte(profile) }
