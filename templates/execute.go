package templates

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"text/template"
	"text/template/parse"
)

// execute returns what a template makes of data. Of the language of
// text/template it knows what is used here: fields, texts, len, print, if, with,
// range and template. What is in HTML is escaped as text, and in scripts as a
// part of a string in quotes; values belong nowhere else, which the test checks.
//
// Template.Execute, there and in html/template, knows more: it finds methods by
// their names. A program with that in it must keep all methods of all its types,
// called or not: a sixth of the command, and a tenth of the memory that it takes.
func execute(files fs.FS, file string, data any) ([]byte, error) {
	x := execution{files: files, dir: path.Dir(file), out: new(bytes.Buffer)}
	if err := x.template(path.Base(file), reflect.ValueOf(data)); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return x.out.Bytes(), nil
}

type execution struct {
	files  fs.FS
	dir    string
	out    *bytes.Buffer
	escape func(string) string // nil for none
}

func (x execution) template(name string, dot reflect.Value) error {
	text, err := fs.ReadFile(x.files, path.Join(x.dir, name))
	if err != nil {
		return err
	}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck // call knows the functions
	if _, err := tree.Parse(string(text), "", "", map[string]*parse.Tree{}); err != nil {
		return err
	}
	switch path.Ext(strings.TrimSuffix(name, ".tmpl")) {
	case ".html":
		x.escape = template.HTMLEscapeString
	case ".js":
		x.escape = template.JSEscapeString
	}
	return x.list(tree.Root, dot)
}

// list executes nodes, or nothing if there is no list.
func (x execution) list(list *parse.ListNode, dot reflect.Value) error {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		if err := x.node(n, dot); err != nil {
			return err
		}
	}
	return nil
}

func (x execution) node(n parse.Node, dot reflect.Value) error {
	switch n := n.(type) {
	case *parse.TextNode:
		x.out.Write(n.Text)
		return nil
	case *parse.ActionNode:
		return x.write(n.Pipe, dot)
	case *parse.IfNode:
		return x.branch(n.BranchNode, dot, func(reflect.Value) error { return x.list(n.List, dot) })
	case *parse.WithNode:
		return x.branch(n.BranchNode, dot, func(v reflect.Value) error { return x.list(n.List, v) })
	case *parse.RangeNode:
		return x.branch(n.BranchNode, dot, func(v reflect.Value) error { return x.each(n.List, v) })
	case *parse.TemplateNode:
		if n.Pipe == nil {
			return x.template(n.Name, reflect.ValueOf((*struct{})(nil)))
		}
		v, err := value(n.Pipe, dot)
		if err != nil {
			return err
		}
		return x.template(n.Name, v)
	}
	return unknown(n)
}

func (x execution) write(p *parse.PipeNode, dot reflect.Value) error {
	v, err := value(p, dot)
	if err != nil {
		return err
	}
	text := fmt.Sprint(v)
	if x.escape != nil {
		text = x.escape(text)
	}
	x.out.WriteString(text)
	return nil
}

// branch calls full with the value of a condition, unless that is empty.
func (x execution) branch(n parse.BranchNode, dot reflect.Value, full func(reflect.Value) error) error {
	v, err := value(n.Pipe, dot)
	if err != nil {
		return err
	}
	if truth, _ := template.IsTrue(v.Interface()); !truth {
		return x.list(n.ElseList, dot)
	}
	return full(v)
}

func (x execution) each(list *parse.ListNode, v reflect.Value) error {
	if v.Kind() != reflect.Slice {
		return fmt.Errorf("range over %v, which is no slice", v.Type())
	}
	for i := range v.Len() {
		if err := x.list(list, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}
