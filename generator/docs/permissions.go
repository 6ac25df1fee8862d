package docs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// includePermissions reads the table of permissions that a paragraph includes:
// "[!INCLUDE [permissions-table](../includes/permissions/x-permissions.md)]".
// Newer pages have their table in such a file.
func (r *reader) includePermissions(p prose, offset int) {
	if r.include == nil || !isInclude(p.text) {
		return
	}
	for _, link := range p.links {
		if !strings.Contains(link.target, "/permissions/") {
			continue
		}
		t, err := r.include(link.target)
		if err != nil {
			r.warnf(offset, "the permissions are unknown: %v", err)
			continue
		}
		if r.included[t] {
			continue
		}
		r.included[t] = true
		found := false
		for child := t.markdown().FirstChild(); child != nil; child = child.NextSibling() {
			if table, ok := child.(*east.Table); ok {
				found = r.permissionTable(t, table, r.part, offset) || found
			}
		}
		if !found {
			r.warnf(offset, "the permissions are unknown: %s has no table with a column such as Permission type", shortened(t.file))
		}
	}
}

// permissionTable reads a table of permissions, which is in t: in the page, or
// in a file that the page includes at an offset. It reports whether the table
// is one of permissions. There are two shapes:
//
//	| Permission type                    | Permissions (from least to most privileged) |
//	| Delegated (work or school account) | Mail.Read, Mail.ReadWrite                   |
//
//	| Supported resource | Delegated (work or school account) | Application   |
//	| message            | Mail.Read                          | Mail.Read     |
//
// In the first, the second column may instead be two: the least privileged
// permissions, and higher privileged ones.
func (r *reader) permissionTable(t *text, table *east.Table, subject string, offset int) bool {
	callers := map[int][]caller{} // by column
	granting, reversed := map[int]bool{}, false
	header := table.FirstChild()
	for i, cell := range cells(header) {
		name := strings.ToLower(t.proseOf(cell).text)
		switch c := callersIn(name); {
		case i > 0 && len(c) > 0:
			callers[i] = c
		case i > 0 && strings.Contains(name, "permission"):
			granting[i] = true
			reversed = strings.Contains(name, "most to least")
		}
	}
	if len(callers) == 0 && len(granting) == 0 {
		return false
	}
	g := &grants{reader: r, offset: offset, at: t, reversed: reversed, bySubject: map[string]*Permissions{}, unread: map[who]bool{}, none: map[who]bool{}}
	for row := header.NextSibling(); row != nil; row = row.NextSibling() {
		subject := subject
		var who []caller
		for i, cell := range cells(row) {
			p := t.proseOf(cell)
			switch {
			case i == 0 && len(callers) > 0:
				subject = joined(subject, p.text)
			case i == 0:
				who = callersIn(strings.ToLower(p.text))
				if len(who) == 0 && strings.Trim(p.text, "-: ") != "" {
					r.warnf(g.offsetOf(row), "the permissions of %q are left out: the row is neither about delegated nor application permissions", shortened(p.text))
				}
			case granting[i]:
				g.cell(row, subject, who, p.text)
			default:
				g.cell(row, subject, callers[i], p.text)
			}
		}
	}
	return true
}

// caller is a kind of caller for whom a page lists permissions.
type caller int

const (
	delegated caller = iota
	personal
	application
)

// callersIn returns the callers that a cell, in lower case, names: more than one in
// "delegated (work or school account, or personal microsoft account)".
func callersIn(cell string) []caller {
	work := strings.Contains(cell, "work") || strings.Contains(cell, "school")
	switch {
	case strings.Contains(cell, "personal") && work:
		return []caller{delegated, personal}
	case strings.Contains(cell, "personal"):
		return []caller{personal}
	case strings.Contains(cell, "delegated"):
		return []caller{delegated}
	case strings.Contains(cell, "application"):
		return []caller{application}
	}
	return nil
}

// grants collects the permissions of one table.
type grants struct {
	*reader
	at        *text // that contains the table
	offset    int   // in the page: of the table, or of the line that includes it
	reversed  bool  // cells begin with the most privileged permission
	bySubject map[string]*Permissions
	unread    map[who]bool // that have a cell which is not a list
	none      map[who]bool // that need no permission
}

// who identifies the access of a caller to a subject.
type who struct {
	subject string
	caller  caller
}

// offsetOf returns the offset in the page that stands for a row.
func (g *grants) offsetOf(row ast.Node) int {
	if g.at == g.text {
		return row.Pos()
	}
	return g.offset
}

// access returns the access of a caller to a subject.
func (g *grants) access(row ast.Node, subject string, c caller) *Access {
	p := g.bySubject[subject]
	if p == nil {
		p = &Permissions{Subject: subject, Position: g.at.position(row.Pos())}
		g.bySubject[subject] = p
		g.page.Permissions = append(g.page.Permissions, p)
	}
	return p.access(c)
}

// access returns the access of a caller.
func (p *Permissions) access(c caller) *Access {
	switch c {
	case delegated:
		return &p.Delegated
	case personal:
		return &p.Personal
	default:
		return &p.Application
	}
}

var (
	// permissionSubject matches "For group resource:" before the permissions for
	// a group.
	permissionSubject = regexp.MustCompile(`(?:^|[\s,])([A-Za-z][A-Za-z -]*):`)
	permissionName    = regexp.MustCompile(`^(?:[A-Za-z]\w*(?:[.-]\w+)+|openid|profile|email|offline_access)$`)
	footnotes         = regexp.MustCompile(`[*†‡§¹²³⁰⁴-⁹]+|[ ,](?:\d{1,2}\b|\[\d{1,2}\]|\(\d{1,2}\))`)
	notSupported      = regexp.MustCompile(`(?i)^not (?:supported|applicable|available)\.?$`)
)

// cell reads a cell: "Mail.Read, Mail.ReadWrite", "Not supported.", "None.", or
// lists for several subjects.
func (g *grants) cell(row ast.Node, subject string, callers []caller, cell string) {
	start, part := 0, ""
	grant := func(list string) {
		for _, c := range callers {
			g.grant(row, joined(subject, part), c, list)
		}
	}
	for _, match := range permissionSubject.FindAllStringSubmatchIndex(cell, -1) {
		grant(cell[start:match[2]])
		part, start = strings.TrimSpace(cell[match[2]:match[3]]), match[1]
	}
	grant(cell[start:])
}

// joined returns the subject of a part of a cell.
func joined(subject, part string) string {
	part = strings.TrimSuffix(strings.TrimPrefix(part, "For "), " resource")
	part = strings.TrimSpace(part)
	if subject == "" || part == "" {
		return subject + part
	}
	return subject + ": " + part
}

// grant adds a list of permissions.
func (g *grants) grant(row ast.Node, subject string, c caller, list string) {
	list = strings.TrimSpace(footnotes.ReplaceAllString(list, ""))
	if list == "" {
		return
	}
	key := who{subject, c}
	if notSupported.MatchString(list) {
		if access := g.access(row, subject, c); access.Supported == model.Unknown && !g.unread[key] { // else there are just no higher privileged permissions
			access.Supported = model.No
		}
		return
	}
	alternatives, ok := permissionsIn(list)
	if !ok {
		g.unread[key] = true
		if p := g.bySubject[subject]; p != nil {
			if access := p.access(c); access.Supported == model.No {
				access.Supported = model.Unknown
			}
		}
		g.warnf(g.offsetOf(row), "the permissions %q are left out: they are not a list such as Mail.Read, Mail.ReadWrite", shortened(list))
		return
	}
	if g.reversed {
		slices.Reverse(alternatives)
	}
	access := g.access(row, subject, c)
	// Whoever needs none needs no higher permission either. After a permission, "None."
	// means that there is no higher one.
	g.none[key] = g.none[key] || len(alternatives) == 0 && len(access.AnyOf) == 0
	access.Supported = model.Yes
	if !g.none[key] {
		access.AnyOf = append(access.AnyOf, alternatives...)
	}
}

// permissionsIn returns the alternatives that a list names: names with commas,
// line breaks or "or" between them, and "and" between those that are needed
// together. "None." names none.
func permissionsIn(list string) (alternatives [][]string, ok bool) {
	list = strings.TrimSuffix(list, ".")
	if strings.EqualFold(list, "none") {
		return nil, true
	}
	together := false
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		switch {
		case word == "and":
			together = len(alternatives) > 0
		case word == "or":
		case !permissionName.MatchString(word):
			return nil, false
		case together:
			last := len(alternatives) - 1
			alternatives[last] = append(alternatives[last], word)
			together = false
		default:
			alternatives = append(alternatives, []string{word})
		}
	}
	return alternatives, len(alternatives) > 0
}
