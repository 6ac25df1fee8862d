package config

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

// outside marks the base name of a file outside of the module, in a lock file, which
// must not hold paths of the machine, and an address without the user and the query,
// which can be secrets.
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
		case *name == "" || *name == input.Snapshot || strings.HasPrefix(*name, outside):
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

// withoutSecrets returns an address as the lock file records it.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return outside
	}
	mark := ""
	if u.User != nil || u.RawQuery != "" {
		mark = outside
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return mark + u.String()
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
// records, with paths relative to the current folder. A path or an address that the
// lock file does not hold is an *Error, unless the function given reports that a flag
// replaces it. An upstream that the lock file does not hold stays as it is: see
// [Input.CheckUpstream].
func FromLock(c Config, output string, given func(key string) bool) (Config, error) {
	var problems []string
	for _, path := range []struct {
		key   string
		value *string
	}{{"source", &c.Source}, {"upstream", &c.Upstream}, {"docs", &c.Docs}} {
		switch problem := notHeld(path.key, *path.value); {
		case problem == "":
		case given(path.key):
			*path.value = ""
		case path.key != "upstream":
			problems = append(problems, problem)
		}
	}
	if err := ErrorOf(problems); err != nil {
		return c, err
	}
	c = c.From(output)
	c.Output = output
	return c, nil
}

// CheckUpstream returns an *Error if in comes from a lock file that does not hold the
// upstream. Only commands that read it need it.
func (in Input) CheckUpstream() error {
	if problem := notHeld("upstream", in.Upstream); problem != "" {
		return Errorf("%s", problem)
	}
	return nil
}

// Origin returns how messages name the upstream.
func (in Input) Origin() string { return input.Redacted(strings.TrimPrefix(in.Upstream, outside)) }

// notHeld reports that the lock file does not hold the value of a key; else it returns "".
func notHeld(key, value string) string {
	name, isOutside := strings.CutPrefix(value, outside)
	switch {
	case !isOutside:
		return ""
	case input.IsAddress(name):
		return key + ": the lock file does not hold the whole address " + name + ", which has a user or a query: give it with --" + key
	default:
		return key + ": the lock file does not hold the path of " + name + ", which is outside of the module: give it with --" + key
	}
}
