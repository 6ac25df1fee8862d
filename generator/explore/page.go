package explore

import (
	"encoding/json/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

// link returns the address in the page for a type, a property, a path or a request, or
// "" for other texts.
func (s *server) link(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "Collection("), ")")
	verb, path, ok := strings.Cut(name, " ")
	switch {
	case strings.HasPrefix(name, "/"):
		return "#/path" + name
	case ok && strings.HasPrefix(path, "/") && strings.ToUpper(verb) == verb:
		return "#/method/" + name
	}
	if owner, _, _ := strings.Cut(name, "/"); s.explorer.Has(owner) {
		return "#/type/" + owner
	}
	return ""
}

// shell writes the page without its content.
func (s *server) shell(w http.ResponseWriter, r *http.Request) {
	selection, digest := s.explorer.Options()
	options, err := json.Marshal(selection)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.render(w, "page.html.tmpl", struct {
		Source, File, Options, Digest string
		Lists                         []string
		Root                          *node
	}{s.explorer.Source(), filepath.Base(s.explorer.File()), string(options), digest, []string{"include", "exclude", "types", "derived"}, s.node("/")})
}

// node is a resource in the tree.
type node struct {
	*describe.Path
	Methods []method
	Next    []segment
}

type method struct {
	describe.Method
	Request string
	Label   string // "Create", "sendMail"
}

type segment struct{ Path, Label string }

// node returns the resource at a path, or nil.
func (s *server) node(path string) *node {
	d := s.explorer.Path(path)
	if d == nil {
		return nil
	}
	path = strings.TrimSuffix(path, "/")
	n := &node{Path: d}
	for _, m := range d.Methods {
		label := m.Kind
		if behind := strings.TrimPrefix(strings.TrimPrefix(m.Path, path), "/"); behind != "" && !strings.HasPrefix(behind, "$") {
			label = behind
		}
		n.Methods = append(n.Methods, method{m, m.Verb + " " + m.Path, label})
	}
	for _, next := range slices.Concat(d.Next, d.Casts) {
		n.Next = append(n.Next, segment{path + "/" + next, next})
	}
	return n
}

// tree writes the next level of the tree.
func (s *server) tree(w http.ResponseWriter, r *http.Request) {
	n := s.node(r.FormValue("path"))
	if n == nil {
		http.Error(w, "there is no such path", http.StatusNotFound)
		return
	}
	s.render(w, "tree", n)
}

// maxHits is how many matches the page shows.
const maxHits = 60

// content writes the part of the page that its address names: "type/NAME", "path/PATH",
// "method/REQUEST", "search/WORDS", or "" for the start.
func (s *server) content(w http.ResponseWriter, r *http.Request) {
	kind, name, _ := strings.Cut(r.FormValue("at"), "/")
	switch kind {
	case "":
		s.home(w)
		return
	case "search":
		hits := s.explorer.Search(name)
		s.render(w, "search", struct {
			Text, Count string
			Hits        []describe.Hit
			More        int
		}{name, report.Plural(len(hits), "element") + " found", hits[:min(len(hits), maxHits)], max(0, len(hits)-maxHits)})
		return
	case "type":
		if s.typePage(w, name) {
			return
		}
	case "path":
		if n := s.node("/" + name); n != nil {
			s.render(w, "path", struct {
				*node
				changed
			}{n, s.changed(s.resourceName(n.Path))})
			return
		}
	case "method":
		if m := s.explorer.Method(name); m != nil {
			s.render(w, "method", s.methodPage(m))
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
	s.render(w, "missing", kind+" "+name)
}

func (s *server) home(w http.ResponseWriter) {
	types, methods := s.explorer.Size()
	s.render(w, "home", struct {
		Types, Methods                int
		Source, Against, Advice, Next string
	}{types, methods, s.explorer.Source(), s.explorer.Against(), s.explorer.Advice(), s.explorer.Next()})
}

// changed is what changed in a part of the source since another version.
type changed struct {
	Against string // the name of that version, "" if there is none
	Changes []diff.Change
	Problem string // why the versions cannot be compared, or ""
}

func (s *server) changed(name string) changed {
	c := changed{Against: s.explorer.Against()}
	if c.Against == "" {
		return c
	}
	comparison, err := s.explorer.Changes()
	if err != nil {
		c.Problem = err.Error()
	} else {
		c.Changes = comparison.Of(name)
	}
	return c
}

// resourceName returns the name of a resource in a comparison: that of its entity set or
// singleton, else that of the property.
func (s *server) resourceName(d *describe.Path) string {
	if owner, last, _ := strings.Cut(d.Resource, "/"); !s.explorer.Has(owner) {
		return last
	}
	return d.Resource
}

// typePage writes the page that describe writes for a type, and what changed in the
// type. It reports whether there is such a type.
func (s *server) typePage(w http.ResponseWriter, name string) bool {
	d := s.explorer.Type(name)
	if d == nil {
		return false
	}
	data := struct {
		Data any
		Type *describe.Type
		changed
	}{describe.Forms.HTML(&describe.Description{Type: d}).Data, d, s.changed(name)}
	s.render(w, "typepage", data)
	return true
}

func (s *server) methodPage(m *generator.Method) any {
	return struct {
		*generator.Method
		Pages       bool // reference pages say which permissions it needs
		Read        bool // reference pages were read
		Permissions any
	}{m, slices.ContainsFunc(m.Permissions.Methods, func(p describe.MethodPermissions) bool {
		return len(p.Delegated)+len(p.Personal)+len(p.Application) > 0
	}), s.explorer.HasPages(), describe.PermissionForms.HTML(m.Permissions).Data}
}

// preview writes the Go for a method.
func (s *server) preview(w http.ResponseWriter, r *http.Request) {
	p, err := s.explorer.Preview(r.Context(), r.FormValue("request"))
	if err != nil {
		s.render(w, "problem", err.Error())
		return
	}
	s.render(w, "preview", p)
}

// changes writes the report that diff writes. It has a policy of its own.
func (s *server) changes(w http.ResponseWriter, r *http.Request) {
	if s.explorer.Against() == "" {
		http.Error(w, "there is nothing to compare with: start with --against", http.StatusNotFound)
		return
	}
	comparison, err := s.explorer.Changes()
	if err != nil {
		s.render(w, "problem", err.Error())
		return
	}
	w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = diff.Forms.Write(w, "html", comparison, report.TextOptions{}) // the browser may be gone
}
