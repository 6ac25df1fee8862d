package generator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/describe"
	"github.com/msgraphgen/msgraphgen/generator/input"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/slice"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// Describe describes a type, a path, the methods that a pattern of paths
// matches, or everything that matches a word. With what "", it explains why each
// type is in the selection of c; with why, it explains this for the type what
// alone. Where c selects nothing, everything counts.
//
// Errors are those of [Generate].
func Describe(ctx context.Context, c config.Config, what string, why bool) (*describe.Description, *Notes, error) {
	in, err := c.Input.Complete()
	if err != nil {
		return nil, nil, err
	}
	c.Input = in
	meta, err := read(ctx, c.Input)
	if err != nil {
		return nil, nil, err
	}
	d, err := meta.describe(c, what, why)
	if err != nil {
		return nil, nil, meta.advise(c, err)
	}
	notes := &Notes{Source: meta.document.Name}
	notes.adviseOnGone(meta)
	if d.Hits != nil && slice.Is(meta.document.Data) {
		notes.advise(source.Position{}, "%s", meta.elsewhere(c))
	}
	return d, notes, nil
}

// describe describes a part of the metadata, as [Describe] does. Errors are a
// *config.Error if there is no such part, or those of api.Select.
func (meta *metadata) describe(c config.Config, what string, why bool) (*describe.Description, error) {
	more := meta.elsewhere(c)
	if more != "" {
		more = "\n\t" + more
	}
	verb, path, ok := strings.Cut(what, " ")
	if !ok || strings.ContainsAny(verb, "/.") {
		verb, path = "", what // without a verb
	}
	path = strings.TrimSpace(path)
	switch {
	case strings.HasPrefix(path, "/") && strings.Contains(path, "*"):
		selected, err := api.Select(meta.model, api.Options{Include: []string{strings.TrimSpace(verb + " " + path)}})
		if err != nil {
			return nil, asked(err)
		}
		return &describe.Description{Asked: what, Methods: describe.OfMethods(selected.Methods)}, nil
	case strings.HasPrefix(path, "/"):
		d, err := describePath(meta.model, strings.ToUpper(verb), path, meta.evidence(c))
		if err != nil {
			return nil, config.Errorf("describe: %v%s", err, more)
		}
		return d, nil
	}
	t, typeErr := api.Type(meta.model, what)
	if what != "" && typeErr != nil && !why {
		if hits := meta.index().Search(what); len(hits) > 0 {
			return &describe.Description{Asked: what, Hits: hits}, nil
		}
	}
	switch {
	case what == "" || typeErr == nil:
	case !why && strings.Contains(what, " "):
		return nil, config.Errorf("describe: nothing has all the words of %q: use fewer of them%s%s", what, meta.adviceOnPermissions(c), more)
	case !why:
		return nil, config.Errorf("describe: nothing is found for %q: %v%s%s", what, typeErr, meta.adviceOnPermissions(c), more)
	default:
		return nil, config.Errorf("describe: %v%s", typeErr, more)
	}
	patterns := c.Options
	if err := markExpanded(meta.model, patterns.Expand); err != nil && (what == "" || why) {
		return nil, err
	}
	selected, err := meta.selectAll(c, patterns)
	if e, ok := errors.AsType[*api.Error](err); ok && e.Rest != nil && what != "" && !why {
		selected, err = e.Rest, nil // the question is not about the configured patterns
	}
	switch {
	case err != nil:
		return nil, err
	case what == "":
		return &describe.Description{Closure: describe.Closure(selected)}, nil
	case !why:
		return &describe.Description{Type: describe.OfType(meta.model, selected.Methods, t, meta.evidence(c))}, nil
	}
	closure := describe.Closure(selected)
	i := slices.IndexFunc(closure, func(r describe.Reason) bool { return r.Type == t.QualifiedName() })
	if i < 0 {
		return nil, config.Errorf("describe: %s is not in the selection", t.QualifiedName())
	}
	return &describe.Description{Closure: closure[i : i+1]}, nil
}

// describePath describes the resource at a path, or the methods that requests with a verb
// to the path call. The methods behind a resource, such as those that call operations,
// need no verb.
func describePath(m *model.Model, verb, path string, e describe.Evidence) (*describe.Description, error) {
	methods := api.FindAll(m, path)
	if verb == "" && !slices.ContainsFunc(methods, func(m *api.Method) bool { return m.Suffix != "" }) {
		if d := describe.OfPath(m, path, e); d != nil {
			return &describe.Description{Path: d}, nil
		}
	}
	if methods == nil {
		return nil, fmt.Errorf("the source has no path %s%s", path, nearPath(m, path))
	}
	asked, verbs := path, []string{}
	for _, method := range methods {
		verbs = append(verbs, method.Verb)
	}
	if verb != "" {
		asked = verb + " " + path
		methods = slices.DeleteFunc(methods, func(m *api.Method) bool { return m.Verb != verb })
	}
	if len(methods) == 0 {
		return nil, fmt.Errorf("the source has no method %s: %s has %s", asked, path, strings.Join(slices.Compact(verbs), ", "))
	}
	return &describe.Description{Asked: asked, Requests: describe.OfRequests(m, methods, e)}, nil
}

// evidence returns what the configuration says about the properties of the model.
func (meta *metadata) evidence(c config.Config) describe.Evidence {
	return describe.Evidence{ReadOnly: declared(meta.model, c.ReadOnly), Settable: declared(meta.model, c.Settable), Pages: meta.hasPages(c)}
}

// hasPages reports whether reference pages were read, now or for the slice.
func (meta *metadata) hasPages(c config.Config) bool {
	return c.Docs != "" || slice.HasPages(meta.document.Data)
}

// elsewhere says as more does where there is more metadata, and how to describe that.
func (meta *metadata) elsewhere(c config.Config) string {
	more := meta.more(c)
	if more != "" && meta.document.Name != input.Snapshot && c.Upstream != "" {
		more += ", or describe all of it with --source " + c.Origin()
	}
	return more
}

// adviceOnPermissions says how to find permissions, if no pages were read; else it is "".
func (meta *metadata) adviceOnPermissions(c config.Config) string {
	if meta.hasPages(c) {
		return ""
	}
	return "\n\tpermissions are found only with the reference pages: give these with --docs"
}

// index returns an index of everything that the metadata has.
func (meta *metadata) index() *describe.Index {
	return describe.NewIndex(meta.model, meta.allMethods())
}

// allMethods returns the methods that the wildcard for all paths selects.
func (meta *metadata) allMethods() []*api.Method {
	selected, err := api.Select(meta.model, api.Options{Include: api.Everything().Include})
	if e, ok := errors.AsType[*api.Error](err); ok {
		selected = e.Rest // there are types alone
	}
	if selected == nil {
		return nil
	}
	return selected.Methods
}

// Permissions returns the permissions of the methods that a pattern matches, or with
// "" of those that c selects. Where c selects nothing, all methods count.
//
// Errors are those of [Generate].
func Permissions(ctx context.Context, c config.Config, pattern string) (*describe.Permissions, *Notes, error) {
	in, err := c.Input.Complete()
	if err != nil {
		return nil, nil, err
	}
	c.Input = in
	patterns := c.Options
	if pattern != "" {
		patterns = api.Options{Include: []string{pattern}}
	}
	meta, err := read(ctx, c.Input, patterns.Include...)
	if err != nil {
		return nil, nil, err
	}
	selected, err := meta.selectAll(c, patterns)
	if err != nil {
		if pattern != "" {
			err = asked(err)
		}
		return nil, nil, meta.advise(c, err)
	}
	notes := &Notes{Source: meta.document.Name}
	if advice := meta.adviceOnPages(); advice != "" {
		notes.advise(source.Position{File: meta.document.Name}, "%s", advice)
	}
	if c.Docs == "" && !slice.HasPages(meta.document.Data) {
		notes.Advice = []source.Diagnostic{{Severity: source.Warning, Message: "permissions are in reference pages: give these with --docs"}}
	}
	notes.adviseOnGone(meta)
	permissions := describe.PermissionsOf(selected.Methods)
	permissions.Asked = pattern
	return permissions, notes, nil
}

// asked returns an error of api.Select about the argument of describe, which is not an
// include of the configuration.
func asked(err error) error {
	if e, ok := errors.AsType[*api.Error](err); ok {
		for i := range e.Problems {
			e.Problems[i].Flag = "describe"
		}
	}
	return err
}

// nearPath suggests the longest beginning of a path that exists, with the
// segment that may be meant behind it.
func nearPath(m *model.Model, path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for n := len(segments) - 1; n >= 0; n-- {
		var from model.Resource
		if n > 0 {
			var ok bool
			if from, ok = m.Resolve(strings.Join(segments[:n], "/")); !ok {
				continue
			}
		}
		if item := from; from.Collection() && from.Type() != nil {
			if item.Item = true; api.Binds(item, segments[n]) {
				segments = slices.Insert(segments, n, "{"+strings.Join(item.Type().KeyNames(), ",")+"}")
				return "; did you mean /" + strings.Join(segments, "/") + "?"
			}
		}
		var names []string
		for next := range from.Next(m) {
			if next.Cast == nil && (!next.Item || from.Item) {
				names = append(names, next.Name())
			}
		}
		for _, method := range api.Methods(m, from) {
			if name, _, _ := strings.Cut(strings.Trim(method.Suffix, "/"), "("); name != "" && !strings.HasPrefix(name, "{") {
				names = append(names, name)
			}
		}
		suggestion := api.Suggest(segments[n], names)
		if n > 0 && suggestion != "" {
			suggestion += " (behind /" + strings.Join(segments[:n], "/") + ")"
		}
		return suggestion
	}
	return ""
}
