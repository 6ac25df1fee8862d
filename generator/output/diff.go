package output

import (
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/rogpeppe/go-internal/diff"
)

// Diff is the unified diff from the files in the folder to the wanted ones, sorted
// by path, with the prefixes a/ and b/ and /dev/null on the other side of a file
// that comes or goes. The lock file is in it only if no other file differs. It is
// empty when an interrupted run left nothing but its staging folder.
func (c *Changes) Diff() []byte {
	var all []byte
	for _, change := range c.Files {
		switch change.Action {
		case Created, Changed, Removed, Refused:
			all = append(all, unified(change.Path, change.have.content, change.want)...)
		}
	}
	if all == nil {
		all = unified(lock.Name, c.oldLock, c.newLock)
	}
	return all
}

// unified compares two contents of a file, nil for none.
func unified(file string, old, new []byte) []byte {
	oldName, newName := "a/"+file, "b/"+file
	if old == nil {
		oldName = "/dev/null"
	}
	if new == nil {
		newName = "/dev/null"
	}
	return diff.Diff(oldName, unixLines(old), newName, unixLines(new))
}
