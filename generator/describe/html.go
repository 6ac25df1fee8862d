package describe

import (
	"bytes"
	"io"

	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/templates"
)

// HTML writes a description as a page that needs nothing else: no network and no
// other file.
func HTML(w io.Writer, d *Description) error {
	var (
		data []byte
		err  error
	)
	switch {
	case d.Type != nil:
		data, err = templates.Report("type", newTypePage(d.Type))
	case d.Path != nil:
		data, err = templates.Report("path", newPathPage(d.Path))
	default:
		data, err = templates.Report("closure", newClosurePage(d.Closure))
	}
	if err != nil {
		return err
	}
	// The metadata may hold what cannot be seen; the page itself does not.
	data = bytes.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return source.Visible(r)
	}, data)
	_, err = w.Write(data)
	return err
}

// names are a list of names. Of too many, only the number is shown at first.
type names struct {
	Names []string
	Size  int
	Many  bool
}

// newNames returns nil if there are no names.
func newNames(list []string, most int) *names {
	if len(list) == 0 {
		return nil
	}
	return &names{list, len(list), len(list) > most}
}
