package diff_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

func TestNoDifference(t *testing.T) {
	c := &diff.Comparison{Old: "a.xml", New: "b.xml"}
	for name, report := range reports {
		var b bytes.Buffer
		if err := report(&b, c); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "no difference") {
			t.Errorf("%s: %s", name, &b)
		}
	}
	if c.AtLeast(report.Docs) {
		t.Error("a change is found where there is none")
	}
}

// The metadata is anybody's. Its texts are shown, but do nothing.
func TestHostileTextsDoNothing(t *testing.T) {
	const evil = "a\x1b[2J\r\n|b`<script>\u202e```\n@everyone] {}\"#1"
	at := source.Position{File: evil, Line: 1, Column: 1}
	c := &diff.Comparison{Old: evil, New: evil, Bases: map[string]string{"zoo." + evil: ""}, Changes: []diff.Change{
		{
			Severity: report.Source, Kind: diff.KindProperty, Action: diff.Renamed, Subject: "zoo." + evil + "/" + evil, Symbol: evil,
			Also: []string{evil}, NewSymbol: evil, Old: evil, New: evil, OldAt: at, NewAt: at, Evidence: evil,
		},
		{Severity: report.Wire, Kind: diff.KindType, Action: diff.Changed, Subject: "zoo." + evil, Old: evil, New: evil, OldAt: at, NewAt: at},
	}}
	for name, report := range reports {
		var b bytes.Buffer
		if err := report(&b, c); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"\x1b", "\r", "\u202e"} {
			if name != "report.json" && strings.Contains(b.String(), text) {
				t.Errorf("%s holds %q", name, text)
			}
		}
	}
	var page bytes.Buffer
	if err := diff.HTML(&page, c); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"\x1b", "\r", "\u202e", "`<script>"} {
		if strings.Contains(page.String(), text) {
			t.Errorf("the page holds %q", text)
		}
	}
	var b bytes.Buffer
	if err := diff.Markdown(&b, c); err != nil {
		t.Fatal(err)
	}
	text, diagram, _ := strings.Cut(b.String(), "```mermaid\n")
	for _, line := range strings.Split(text, "\n") {
		// Outside of code, nothing of it is left.
		outside := regexp.MustCompile("`[^`]*`").ReplaceAllString(line, "")
		if strings.Contains(outside, "<script>") || regexp.MustCompile(`(^|[^\\])@`).MatchString(outside) {
			t.Errorf("not escaped: %s", line)
		}
		if cells := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"); strings.HasPrefix(line, "|") && cells != 7 {
			t.Errorf("%d borders of cells: %s", cells, line)
		}
	}
	if strings.ContainsAny(strings.TrimSuffix(diagram, "```\n"), "`@#<>\\;") || strings.Count(diagram, "{") != 1 {
		t.Errorf("not escaped:\n%s", diagram)
	}
}

// A diagram of everything would be one of nothing.
func TestDiagramIsLimited(t *testing.T) {
	c := &diff.Comparison{Old: "a.xml", New: "b.xml", Bases: map[string]string{"zoo.animal": ""}}
	for i := range 50 {
		name := fmt.Sprintf("zoo.animal%02d", i)
		c.Bases[name] = "zoo.animal"
		for j := range 20 {
			c.Changes = append(c.Changes, diff.Change{
				Severity: report.Additive, Kind: diff.KindProperty, Action: diff.Added, Subject: fmt.Sprintf("%s/p%02d", name, j), New: "Edm.String",
			})
		}
	}
	var b bytes.Buffer
	if err := diff.Markdown(&b, c); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "    class t"); n != 30 {
		t.Errorf("%d classes, want 30", n)
	}
	for _, want := range []string{"and 8 more\n", "21 more types changed"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the diagram does not say %q", want)
		}
	}
}
