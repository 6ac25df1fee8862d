package csdl_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// node is an XML element with its children, or another token.
type node struct {
	tag      xml.StartElement
	children []*node
	text     xml.Token // nil for an element
}

// TestShuffled shuffles the children of schemas, types and properties: the linked
// model does not change.
func TestShuffled(t *testing.T) {
	for _, file := range []string{"structured", "properties", "navigation", "definitions", "operations", "container", "targets", "expressions"} {
		t.Run(file, func(t *testing.T) {
			checkShuffled(t, readFile(t, "testdata/valid/"+file+".xml"), 20)
		})
	}
	t.Run("real", func(t *testing.T) {
		checkShuffled(t, readMetadata(t, "v1.0-2026-08.xml"), 1)
	})
}

func checkShuffled(t *testing.T, data []byte, times int) {
	root := tree(t, data)
	want, err := parse("f", data)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range times {
		root.shuffle(random)
		var b bytes.Buffer
		root.write(&b)
		got, err := parse("f", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if want, got := dumpModel(want, false), dumpModel(got, false); want != got {
			t.Fatal(cmp.Diff(want, got))
		}
	}
}

// tree returns a node that holds the document.
func tree(t *testing.T, data []byte) *node {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(data))
	open := []*node{{}}
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			return open[0]
		}
		if err != nil {
			t.Fatal(err)
		}
		parent := open[len(open)-1]
		switch token := xml.CopyToken(token).(type) {
		case xml.StartElement:
			n := &node{tag: token}
			parent.children = append(parent.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			parent.children = append(parent.children, &node{text: token})
		}
	}
}

func (n *node) shuffle(random *rand.Rand) {
	if slices.Contains([]string{"Schema", "EntityType", "ComplexType", "Property", "NavigationProperty", "EntityContainer"}, n.tag.Name.Local) {
		random.Shuffle(len(n.children), func(i, j int) { n.children[i], n.children[j] = n.children[j], n.children[i] })
	}
	for _, child := range n.children {
		child.shuffle(random)
	}
}

func (n *node) write(b *bytes.Buffer) {
	name := func(name xml.Name) string {
		if name.Space == "" {
			return name.Local
		}
		return name.Space + ":" + name.Local
	}
	if text, ok := n.text.(xml.CharData); ok {
		if len(bytes.TrimSpace(text)) == 0 {
			b.Write(text) // not escaped, as it may be outside of the root
		} else {
			xml.EscapeText(b, text)
		}
		return
	}
	if n.tag.Name.Local != "" {
		b.WriteString("<" + name(n.tag.Name))
		for _, a := range n.tag.Attr {
			b.WriteString(" " + name(a.Name) + `="`)
			xml.EscapeText(b, []byte(a.Value))
			b.WriteString(`"`)
		}
		b.WriteString(">")
		defer b.WriteString("</" + name(n.tag.Name) + ">")
	}
	for _, child := range n.children {
		child.write(b)
	}
}
