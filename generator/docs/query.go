package docs

import (
	"regexp"
	"strings"

	east "github.com/yuin/goldmark/extension/ast"

	"github.com/msgraphgen/msgraphgen/generator/model"
)

// queryTable reads a table of query parameters.
func (r *reader) queryTable(table *east.Table) {
	header := table.FirstChild()
	c := r.columns(header)
	if c.name < 0 {
		return
	}
	r.checkRows(table)
	for row := header.NextSibling(); row != nil; row = row.NextSibling() {
		for _, p := range r.properties(row, c) {
			name, _, _ := strings.Cut(p.Name, " ") // "$filter with any operator"
			r.addQueryOption(&QueryOption{Name: name, Type: p.Type, Description: p.Description, Supported: true, Position: p.Position})
		}
	}
}

var (
	systemOption = regexp.MustCompile(`^\$[A-Za-z]+`)
	anyOption    = regexp.MustCompile(`(?i)\bsupports?\b.*\bOData query param`)
	allows       = regexp.MustCompile(`(?i)\bsupport|\bcan (?:use|be)\b`)
	forbids      = regexp.MustCompile(`(?i)(?:\bnot?|n['’]t)\b.*\bsupport`)
	ofProperties = regexp.MustCompile(`(?i)\bpropert(?:y|ies)\b.*\bsupport`)
)

// queryProse reads the query options that a paragraph names: "This method
// supports `$select` and `$expand`. It does not support `$search`."
func (r *reader) queryProse(p prose, offset int) {
	end, code := 0, p.code
	for _, s := range sentences(p.text) {
		end += strings.Index(p.text[end:], s) + len(s)
		var options []string
		for ; len(code) > 0 && code[0].end <= end; code = code[1:] {
			if name := systemOption.FindString(p.of(code[0])); name != "" {
				options = append(options, name)
			}
		}
		forbidden := forbids.MatchString(s)
		if !forbidden && !allows.MatchString(s) || ofProperties.MatchString(s) {
			continue
		}
		for _, name := range options {
			r.addQueryOption(&QueryOption{Name: name, Supported: !forbidden, Position: r.position(offset)})
		}
		if anyOption.MatchString(s) && (options == nil || !forbidden) && r.page.ODataQuery == model.Unknown {
			r.page.ODataQuery = model.FactOf(!forbidden)
		}
	}
}

// addQueryOption adds an option that the page has not named before. System
// query options are in lower case in OData 4.0.
func (r *reader) addQueryOption(option *QueryOption) {
	if strings.HasPrefix(option.Name, "$") {
		option.Name = strings.ToLower(option.Name)
	}
	if r.options[option.Name] {
		return
	}
	r.options[option.Name] = true
	r.page.QueryOptions = append(r.page.QueryOptions, option)
}
