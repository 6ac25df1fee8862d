package diff_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/diff"
	"github.com/msgraphgen/msgraphgen/generator/report"
)

func TestNoDifference(t *testing.T) {
	c := &diff.Comparison{Old: "a.xml", New: "b.xml"}
	for _, form := range diff.Forms.Names() {
		if got := string(write(t, form, c, false)); !strings.Contains(got, "no difference") {
			t.Errorf("%s: %s", form, got)
		}
	}
	if c.AtLeast(report.Docs) {
		t.Error("a change is found where there is none")
	}
}

// Nobody can read a diagram of everything.
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
	got := string(write(t, "markdown", c, false))
	if n := strings.Count(got, "  class t"); n != 30 {
		t.Errorf("%d classes, want 30", n)
	}
	for _, want := range []string{"and 8 more\n", "The diagram leaves out 21 types"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// The headline of a method in a page names its request, as its resource can stay.
func TestPageOfMethods(t *testing.T) {
	t.Chdir(filepath.Join("testdata", "streams"))
	got := string(write(t, "html", compare(t, "old.xml", "new.xml"), false))
	for _, want := range []string{
		`<span class="what">method removed</span> <code class="subject">animals</code> <span class="brief">POST /animals/{id}/feed</span>`,
		`<span class="what">method added</span> <code class="subject">animals</code> <span class="brief">GET /animals/{id}/photo</span>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
}

// The verdict counts all names that stop compiling, and names constants last. With
// --verbose a report in text names all of them, in Markdown always.
func TestReportNamesAllSymbols(t *testing.T) {
	c := &diff.Comparison{Changes: []diff.Change{
		{Severity: report.Source, Kind: diff.KindMember, Action: diff.Removed, Subject: "zoo.a/b", Symbol: "AB", Constant: true},
		{Severity: report.Source, Kind: diff.KindType, Action: diff.Removed, Subject: "zoo.cow", Symbol: "Cow", Also: []string{"CowQuery", "CowAge", "CowID", "CowName", "Herd"}},
	}}
	if got, want := c.Verdict(), "2 source: callers of Cow, AB, CowQuery and 4 more stop compiling"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, test := range []struct {
		form string
		o    report.TextOptions
		all  bool
	}{{"text", report.TextOptions{}, false}, {"text", report.TextOptions{All: true}, true}, {"markdown", report.TextOptions{}, true}} {
		var out strings.Builder
		if err := diff.Forms.Write(&out, test.form, c, test.o); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "Herd") != test.all || strings.Contains(out.String(), "--verbose") == test.all {
			t.Errorf("%s, %+v:\n%s", test.form, test.o, &out)
		}
	}
}
