package config

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

// outside marks the base name of a file outside of the module, in a lock file,
// which must not hold paths of the machine.
const outside = "outside:"

// ForLock returns the configuration to record in the lock file of a package:
// what the user asked for, with the selection of the completed configuration.
// Its paths are relative to the output folder.
func ForLock(asked, complete Config) Config {
	c := asked
	c.Options, c.Output = complete.Options, ""
	root := ""
	if m, err := FindModule(complete.Output); err == nil && m != nil {
		root = filepath.Dir(m.File)
	}
	for _, name := range []*string{&c.Source, &c.Upstream, &c.Docs} {
		switch {
		case *name == "" || *name == input.Snapshot:
		case input.IsAddress(*name):
			*name = withoutSecrets(*name)
		default:
			*name = lockPath(root, complete.Output, *name)
		}
	}
	if c.OData != "" {
		c.OData = complete.OData
	}
	return c
}

func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return outside
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// lockPath returns a path relative to the output folder, or only its base name if
// it leads out of the module in root.
func lockPath(root, output, name string) string {
	abs, err := filepath.Abs(name)
	if err == nil && root != "" && within(abs, root) {
		if dir, err := filepath.Abs(output); err == nil {
			if rel, err := filepath.Rel(dir, abs); err == nil {
				return filepath.ToSlash(rel)
			}
		}
	}
	return outside + filepath.Base(name)
}

// FromLock returns the configuration c that the lock file of an output folder
// records, with paths relative to the current folder. A path that the lock file
// does not hold is an *Error, unless the function given reports that a flag
// replaces it.
func FromLock(c Config, output string, given func(key string) bool) (Config, error) {
	var problems []string
	for _, path := range []struct {
		key   string
		value *string
	}{{"source", &c.Source}, {"upstream", &c.Upstream}, {"docs", &c.Docs}} {
		name, isOutside := strings.CutPrefix(*path.value, outside)
		switch {
		case !isOutside:
		case given(path.key):
			*path.value = ""
		default:
			problems = append(problems, path.key+": the lock file does not hold the path of "+name+", which is outside of the module: give it with --"+path.key)
		}
	}
	if err := ErrorOf(problems); err != nil {
		return c, err
	}
	c = c.From(output)
	c.Output = output
	return c, nil
}
