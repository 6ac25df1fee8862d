package templates

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// value returns what a pipeline stands for: an operand, or what a function
// returns.
func value(p *parse.PipeNode, dot reflect.Value) (reflect.Value, error) {
	if len(p.Cmds) > 1 || len(p.Decl) > 0 {
		return dot, unknown(p)
	}
	var operands []reflect.Value
	function, args := "", p.Cmds[0].Args
	if f, ok := args[0].(*parse.IdentifierNode); ok {
		function, args = f.Ident, args[1:]
	}
	for _, arg := range args {
		v, err := operand(arg, dot)
		if err != nil {
			return v, err
		}
		operands = append(operands, v)
	}
	switch {
	case function == "" && len(operands) == 1:
		return operands[0], nil
	case function == "len" && len(operands) == 1 && operands[0].Kind() == reflect.Slice:
		return reflect.ValueOf(operands[0].Len()), nil
	case function == "print":
		var list []any
		for _, v := range operands {
			list = append(list, v.Interface())
		}
		return reflect.ValueOf(fmt.Sprint(list...)), nil
	}
	return dot, unknown(p)
}

// operand returns dot, a field of it, a text, or the value in parentheses.
func operand(n parse.Node, dot reflect.Value) (reflect.Value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.StringNode:
		return reflect.ValueOf(n.Text), nil
	case *parse.PipeNode:
		return value(n, dot)
	case *parse.FieldNode:
		v := dot
		for _, name := range n.Ident {
			s := reflect.Indirect(v)
			if s.Kind() != reflect.Struct {
				return v, fmt.Errorf("%v: %v has no fields", n, v.Type())
			}
			if v = s.FieldByName(name); !v.IsValid() || !v.CanInterface() {
				return v, fmt.Errorf("%v: %v has no such field", n, s.Type())
			}
		}
		return v, nil
	}
	return dot, unknown(n)
}

func unknown(n parse.Node) error { return fmt.Errorf("%v is not known here", n) }
