package output

import (
	"fmt"
	"path/filepath"
	"strings"
)

// RefusedError reports the files that Write would have to overwrite although they
// were edited or not generated. Nothing was written.
type RefusedError struct {
	Dir   string
	Files []Change
}

func (e *RefusedError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: nothing was written, because these files were edited or not generated:\n", e.Dir)
	for _, file := range e.Files {
		fmt.Fprintf(&text, "\t%s: %s\n", filepath.ToSlash(filepath.Join(e.Dir, file.Path)), file.Reason)
	}
	text.WriteString("Move the edits to files of your own and delete these files, or overwrite them with --force.")
	return text.String()
}

// Refused returns a *RefusedError for the files that Write refuses to overwrite, or
// nil if there are none. Even with force, folders and links in place of a file are
// refused.
func (c *Changes) Refused(force bool) error {
	var files []Change
	for _, change := range c.Files {
		if change.Action == Refused && (!force || change.have.blocked != "") {
			files = append(files, change)
		}
	}
	if files == nil {
		return nil
	}
	return &RefusedError{c.dir, files}
}
