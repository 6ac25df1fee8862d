package config

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

// outside marks a path that a lock file cannot hold, because it leads out of the
// module: only its last part is known.
const outside = "outside:"

// ForLock returns the configuration as the lock file of a package holds it, from
// the one that was asked for and the completed one. Its paths are relative to
// the output folder.
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

// lockPath returns a path relative to the output folder, if it is in the module.
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

// FromLock returns the configuration in the lock file of an output folder, with
// paths relative to the current folder. The error is an *Error for each path
// that the lock file does not hold, unless its key is given otherwise.
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
			problems = append(problems, path.key+": the package was generated with "+name+" from outside of the module: name it with --"+path.key)
		}
	}
	if err := ErrorOf(problems); err != nil {
		return c, err
	}
	c = c.From(output)
	c.Output = output
	return c, nil
}
