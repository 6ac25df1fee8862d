package docs

import (
	"regexp"
	"sync"
)

// lazy compiles a regular expression when it is needed first: most runs read no
// pages.
func lazy(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}
