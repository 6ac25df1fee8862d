package fake

import (
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	guidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$`)
	dateForm = regexp.MustCompile(`^-?\d{4,}-\d\d-\d\d$`)
)

// literal returns the scalar that a token stands for. ok is false if it is not a
// literal.
func literal(token string) (scalar any, ok bool) {
	if before, quoted, ok := strings.Cut(token, "'"); ok {
		text := unquote("'" + quoted)
		if !strings.HasSuffix(quoted, "'") {
			return nil, false
		}
		switch before {
		case "duration":
			return readSpan(text)
		case "binary":
			return readBinary(text)
		}
		return text, true // a string, or a member of an enumeration
	}
	switch {
	case token == "null":
		return nil, true
	case token == "true", token == "false":
		return token == "true", true
	case guidForm.MatchString(token):
		return strings.ToLower(token), true
	case dateForm.MatchString(token):
		return readDate(token)
	case strings.Contains(token, ":") && strings.Contains(token, "T"):
		return readTime(token)
	case strings.Contains(token, ":"):
		return readClock(token)
	}
	return readNumber(token)
}

// operand reads a literal, a function or a path.
func (p *parser) operand() (operand, error) {
	if scalar, ok := literal(p.token); ok {
		p.next()
		return func(scope) (value, error) { return value{scalar: scalar}, nil }, nil
	}
	first, _ := utf8.DecodeRuneInString(p.token)
	if first != '_' && first != '$' && !unicode.IsLetter(first) || strings.Contains(p.token, "'") {
		return nil, p.unknown()
	}
	begin := *p
	name := p.token
	p.next()
	if p.token == "(" {
		return p.function(begin, name)
	}
	return p.path(begin, name)
}

// path reads the rest of a path, after its first segment.
func (p *parser) path(begin parser, name string) (operand, error) {
	typ, variable := p.variables[""], ""
	steps := []func(scope, value) (value, error){}
	switch declared, ok := p.variables[name]; {
	case name == "$it":
	case ok:
		typ, variable = declared, name
	default:
		next, step, err := p.segment(begin, typ, name)
		if err != nil {
			return nil, err
		}
		typ, steps = next, append(steps, step)
	}
	for p.take("/") {
		begin, name := *p, p.token
		if name == "" {
			return nil, p.unknown()
		}
		p.next()
		if (name == "any" || name == "all") && p.token == "(" {
			step, err := p.lambda(typ, name == "any")
			if err != nil {
				return nil, err
			}
			steps = append(steps, step)
			break
		}
		next, step, err := p.segment(begin, typ, name)
		if err != nil {
			return nil, err
		}
		typ, steps = next, append(steps, step)
	}
	return func(s scope) (value, error) {
		v := s.variables[variable]
		for _, step := range steps {
			var err error
			if v, err = step(s, v); err != nil {
				return value{}, err
			}
		}
		return v, nil
	}, nil
}

// segment returns the step that a segment of a path stands for, and the type that it
// leads to.
func (p *parser) segment(begin parser, typ, name string) (string, func(scope, value) (value, error), error) {
	types := p.service.store.types
	switch {
	case name == "$count":
		return "Edm.Int64", func(_ scope, v value) (value, error) { return number(int64(len(v.list))), nil }, nil
	case strings.HasPrefix(name, "$"):
		return "", nil, begin.unknown()
	case strings.Contains(name, "."):
		return name, func(s scope, v value) (value, error) { return s.as(v, name), nil }, nil
	case !types.knows(typ, name):
		return "", nil, fail(http.StatusBadRequest, "could not find a property named %q on type %q, at character %d of %s",
			name, typ, utf8.RuneCountInString(begin.text[:begin.at])+1, begin.option)
	}
	next := ""
	if property := types.property(typ, name); property != nil {
		next, _ = item(property.Type)
	}
	return next, func(s scope, v value) (value, error) { return s.property(v, name), nil }, nil
}

// lambda reads the condition of any or all.
func (p *parser) lambda(typ string, any bool) (func(scope, value) (value, error), error) {
	p.next()
	if any && p.take(")") {
		return func(_ scope, v value) (value, error) { return value{scalar: len(v.list) > 0}, nil }, nil
	}
	variable := p.token
	outer, shadows := p.variables[variable]
	p.next()
	if err := p.expect(":"); err != nil {
		return nil, err
	}
	p.variables[variable] = typ
	is, err := p.condition()
	if delete(p.variables, variable); shadows {
		p.variables[variable] = outer
	}
	if err != nil {
		return nil, err
	}
	decides := truthOf(any)
	return func(s scope, v value) (value, error) {
		result := value{scalar: !any}
		for _, element := range v.list {
			switch truth, err := is(s.with(variable, element)); {
			case err != nil:
				return value{}, err
			case truth == decides:
				return value{scalar: any}, nil
			case truth == isNull:
				result = value{}
			}
		}
		return result, nil
	}, p.expect(")")
}
