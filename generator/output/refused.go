package output

import (
	"fmt"
	"strings"
)

// RefusedError reports all files that would have to be overwritten although they
// are not as msgraphgen left them. Nothing was written.
type RefusedError struct {
	Dir   string
	Files []Change
}

func (e *RefusedError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: nothing was written, because these files are not as msgraphgen left them:\n", e.Dir)
	for _, file := range e.Files {
		fmt.Fprintf(&text, "\t%s: %s\n", file.Path, file.Reason)
	}
	text.WriteString("Move the edits to files of your own and delete these, or pass --force to overwrite them.")
	return text.String()
}

// Refused returns a *RefusedError for the files that Write would not overwrite,
// or nil when there are none. What stands in the way of a file, a folder or a
// link, is refused even with force.
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
