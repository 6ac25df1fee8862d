package docs

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/model/vocab"
)

// annotations returns what the pages say about the method.
func (d *method) annotations(m *model.Model, version string) *model.Target {
	newest := d.pages[0].page
	t := &model.Target{Path: d.Target(m), Position: newest.Position}
	var all []vocab.Facts
	for _, about := range d.pages {
		all = append(all, about.facts(d.Method, version)...)
	}
	t.Annotated = append(t.Annotated, vocab.NewMethodFacts(d.Key(), all, newest.Position))
	if d.table != nil && d.Resource.Cast == nil {
		at := d.table.RequestProperties[0].Position
		switch d.Kind {
		case api.Create:
			insert := vocab.InsertRestrictions(d.Resource.Annotations())
			insert.NonInsertable, insert.Page = d.refused(), d.table.Address(version)
			t.Annotated = append(t.Annotated, vocab.NewInsertRestrictions(insert, at))
		case api.Update:
			update := vocab.UpdateRestrictions(d.Resource.Annotations())
			update.NonUpdatable, update.Page = d.refused(), d.table.Address(version)
			t.Annotated = append(t.Annotated, vocab.NewUpdateRestrictions(update, at))
		}
	}
	exchanges, problems := d.exchanges()
	t.Problems = append(t.Problems, problems...)
	for i, e := range exchanges {
		if request := e.Request; request != nil {
			t.Annotated = append(t.Annotated, vocab.NewMethodExample(d.Key(), "Request", i, request.head(), request.JSON, request.Position))
		}
		if response := e.Response; response != nil {
			t.Annotated = append(t.Annotated, vocab.NewMethodExample(d.Key(), "Response", i, response.head(), response.JSON, response.Position))
		}
	}
	for _, s := range d.settableByExample() {
		t.Problems = append(t.Problems, s.warning())
	}
	t.Problems = append(t.Problems, d.unknownRows()...)
	return t
}

// facts returns what a page says about a method apart from its body: several times if
// its requests need different permissions.
func (about described) facts(m *api.Method, version string) []vocab.Facts {
	p := about.page
	f := vocab.Facts{Page: p.Address(version)}
	for _, o := range p.QueryOptions {
		if o.Supported {
			f.Options = append(f.Options, o.Name)
		} else {
			f.Unsupported = append(f.Unsupported, o.Name)
		}
	}
	for _, r := range p.Responses {
		if !slices.Contains(f.Statuses, r.Status) {
			f.Statuses = append(f.Statuses, r.Status)
		}
	}
	if len(about.requests) == 0 {
		permissions := p.Permissions
		if len(about.shown) > 0 {
			permissions = permissionsFor(permissions, about.shown[0])
		}
		f.Permissions = permissionsOf(permissions)
		return []vocab.Facts{f}
	}
	var all []vocab.Facts
	for _, path := range about.requests {
		f.Permissions = permissionsOf(permissionsFor(p.Permissions, path))
		i := slices.IndexFunc(all, func(g vocab.Facts) bool { return reflect.DeepEqual(f.Permissions, g.Permissions) })
		if i < 0 {
			i = len(all)
			all = append(all, f)
		}
		all[i].Requests = append(all[i].Requests, m.Verb+" "+path.String()+m.Suffix)
	}
	return all
}

// permissionsOf returns permissions as annotations have them.
func permissionsOf(list []*Permissions) []vocab.Permission {
	var all []vocab.Permission
	for _, permissions := range list {
		for _, access := range []struct {
			scheme string
			Access
		}{
			{vocab.SchemeDelegated, permissions.Delegated},
			{vocab.SchemePersonal, permissions.Personal},
			{vocab.SchemeApplication, permissions.Application},
		} {
			if access.Supported != model.Unknown {
				all = append(all, vocab.Permission{
					Subject: permissions.Subject, Scheme: access.scheme, Supported: access.Supported == model.Yes, AnyOf: access.AnyOf,
				})
			}
		}
	}
	return all
}

// permissionsFor returns the permissions for a path: if the page distinguishes subjects,
// those of the subject that the path leads through last, with those for all subjects.
// Without such a subject, it returns all.
func permissionsFor(list []*Permissions, path model.Path) []*Permissions {
	var best string
	bestScore := 0
	for _, p := range list {
		if score := subjectScore(p.Subject, path); score > bestScore {
			best, bestScore = p.Subject, score
		}
	}
	if bestScore == 0 {
		return list
	}
	var part []*Permissions
	for _, p := range list {
		if p.Subject == best || p.Subject == "" {
			general := *p
			general.Subject = ""
			part = append(part, &general)
		}
	}
	return part
}

// subjectScore tells how well a subject, such as "group calendar", fits a path: 0
// unless all its words name types or segments of the path, and more the nearer these
// are to its end and the more words there are.
func subjectScore(subject string, path model.Path) int {
	words := strings.FieldsFunc(strings.ToLower(subject), func(r rune) bool { return !unicode.IsLetter(r) })
	deepest, named := 0, 0
	for _, word := range words {
		if word == "personal" || word == "a" || word == "the" {
			continue
		}
		at := 0
		for i, r := range path {
			if strings.EqualFold(r.Type().Name, word) || strings.EqualFold(r.Name(), word) {
				at = i + 1
			}
		}
		if at == 0 {
			return 0
		}
		deepest, named = max(deepest, at), named+1
	}
	return deepest*1000 + named
}
