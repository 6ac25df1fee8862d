package output

import (
	"github.com/msgraphgen/msgraphgen/generator/lock"
	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns the unified diff from the files in the folder to the wanted ones,
// sorted by path, with the prefixes a/ and b/, and with /dev/null for a file that
// does not exist on one side. It contains the lock file only if no other file
// differs. It is empty if only the staging folder of an interrupted run is left.
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

// unified returns the unified diff of two contents of a file. A nil content stands
// for a file that does not exist.
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
