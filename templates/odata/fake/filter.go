package fake

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// expression is a condition, ready to be evaluated.
type expression func(scope) (truth, error)

// operand is what a condition compares.
type operand func(scope) (value, error)

// parser reads conditions, with all that the package odata can write, and no more
// (OData URL Conventions 4.01, section 5.1.1):
//
//	condition  = conjunction *( " or " conjunction )
//	conjunction = negation *( " and " negation )
//	negation   = "not " negation / "(" condition ")" / operand [ operator operand / " in (" operands ")" ]
//	operand    = literal / function "(" operands ")" / path
//	path       = segment *( "/" segment ) [ "/$count" / "/any(" [ variable ":" condition ] ")" / "/all(…)" ]
type parser struct {
	service   *Service
	option    string // "$filter"
	text      string
	at        int               // where the token begins
	token     string            // "" at the end
	variables map[string]string // the types of variables
	depth     int
}

func (s *Service) parser(option, text, typ string) *parser {
	p := &parser{service: s, option: option, text: text, variables: map[string]string{"": typ}}
	p.next()
	return p
}

// parseFilter reads a $filter about items of a type.
func (s *Service) parseFilter(text, typ string) (expression, error) {
	p := s.parser("$filter", text, typ)
	e, err := p.condition()
	if err == nil && p.token != "" {
		err = p.unknown()
	}
	return e, err
}

// parseOrder reads an $orderby about items of a type.
func (s *Service) parseOrder(text, typ string) ([]order, error) {
	p := s.parser("$orderby", text, typ)
	var list []order
	for {
		by, err := p.operand()
		if err != nil {
			return nil, err
		}
		o := order{by, p.take("desc")}
		if !o.descending {
			p.take("asc")
		}
		list = append(list, o)
		if p.token == "" {
			return list, nil
		}
		if !p.take(",") {
			return nil, p.unknown()
		}
	}
}

// unknown is the error for a token that the fake service does not know.
func (p *parser) unknown() error {
	if p.token == "" {
		return fail(http.StatusNotImplemented, "the fake service does not know this %s: it ends too early: %s", p.option, p.text)
	}
	return fail(http.StatusNotImplemented, "the fake service does not know this part of %s, at character %d: %s",
		p.option, utf8.RuneCountInString(p.text[:p.at])+1, p.text[p.at:])
}

// next reads the next token: a text in quotes with what is before it, a word, a
// number or another literal, or a single character.
func (p *parser) next() {
	p.at += len(p.token)
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	rest := p.text[p.at:]
	if rest == "" {
		p.token = ""
		return
	}
	first, size := utf8.DecodeRuneInString(rest)
	literal := '0' <= first && first <= '9' || first == '-' || first == '+'
	end, word := size, literal || first == '_' || first == '$' || unicode.IsLetter(first)
	if word {
		for end < len(rest) {
			c, size := utf8.DecodeRuneInString(rest[end:])
			if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("_.$-", c) && !(literal && (c == ':' || c == '+')) {
				break
			}
			end += size
		}
	}
	if first == '\'' {
		end = 0
	}
	if end < len(rest) && rest[end] == '\'' && (word || end == 0) { // quotes are doubled within
		for end++; end < len(rest); end++ {
			if rest[end] == '\'' {
				if end+1 < len(rest) && rest[end+1] == '\'' {
					end++
					continue
				}
				end++
				break
			}
		}
	}
	p.token = rest[:end]
}

// take skips a token, and reports whether it was there.
func (p *parser) take(token string) bool {
	if p.token != token {
		return false
	}
	p.next()
	return true
}

// expect skips a token that must be there.
func (p *parser) expect(token string) error {
	if !p.take(token) {
		return p.unknown()
	}
	return nil
}

const maxDepth = 100 // of conditions in conditions

func (p *parser) condition() (expression, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.unknown()
	}
	defer func() { p.depth-- }()
	return p.joined("or", isTrue, func() (expression, error) {
		return p.joined("and", isFalse, p.negation)
	})
}

// joined reads conditions with a word between them. Their truth is decided once one
// of them has the truth that decides; otherwise it is null if one of them is null.
func (p *parser) joined(word string, decides truth, part func() (expression, error)) (expression, error) {
	first, err := part()
	if err != nil || p.token != word {
		return first, err
	}
	all := []expression{first}
	for p.take(word) {
		e, err := part()
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return func(s scope) (truth, error) {
		result := isTrue + isFalse - decides
		for _, e := range all {
			switch is, err := e(s); {
			case err != nil:
				return isNull, err
			case is == decides:
				result = decides
			case is == isNull && result != decides:
				result = isNull
			}
		}
		return result, nil
	}, nil
}

func (p *parser) negation() (expression, error) {
	switch {
	case p.take("not"):
		if p.depth++; p.depth > maxDepth {
			return nil, p.unknown()
		}
		defer func() { p.depth-- }()
		e, err := p.negation()
		if err != nil {
			return nil, err
		}
		return func(s scope) (truth, error) {
			is, err := e(s)
			return isTrue + isFalse - is, err
		}, nil
	case p.take("("):
		e, err := p.condition()
		if err != nil {
			return nil, err
		}
		return e, p.expect(")")
	}
	begin := *p
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	if operator, ok := operators[p.token]; ok {
		p.next()
		right, err := p.operand()
		if err != nil {
			return nil, err
		}
		return func(s scope) (truth, error) {
			a, err := left(s)
			if err != nil {
				return isNull, err
			}
			b, err := right(s)
			return operator(a, b), err
		}, nil
	}
	if p.take("in") {
		values, err := p.operands()
		if err != nil {
			return nil, err
		}
		return func(s scope) (truth, error) { return in(s, left, values) }, nil
	}
	return func(s scope) (truth, error) {
		v, err := left(s)
		switch b, ok := v.scalar.(bool); {
		case err != nil:
			return isNull, err
		case ok:
			return truthOf(b), nil
		case v.isNull():
			return isNull, nil
		}
		return isNull, begin.unknown()
	}, nil
}

// operands reads a list in parentheses.
func (p *parser) operands() ([]operand, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var list []operand
	for {
		o, err := p.operand()
		if err != nil {
			return nil, err
		}
		list = append(list, o)
		if !p.take(",") {
			return list, p.expect(")")
		}
	}
}
