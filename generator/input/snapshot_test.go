package input_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

const (
	description  = "Org.OData.Core.V1.Description"
	computed     = "Org.OData.Core.V1.Computed"
	restrictions = "Org.OData.Capabilities.V1.InsertRestrictions"
	example      = "Org.OData.Core.V1.Example"
)

// Real metadata, where it is present.
const (
	metadata = "../../../shared/metadata"
	older    = metadata + "/csdl/beta-2021-07-13.xml"
	newer    = metadata + "/csdl/beta-ussec-2026-08.xml"
)

// Every declaration is as in the older metadata, or as in the newer if the older
// lacks it.
func TestFactsAreThoseOfTheService(t *testing.T) {
	want := facts(parse(t, read(t, newer)))
	for path, fact := range facts(parse(t, read(t, older))) {
		want[path] = fact
	}
	for path, got := range facts(parse(t, input.SnapshotCSDL())) {
		if got != want[path] {
			t.Errorf("%s: got %q, want %q", path, got, want[path])
		}
	}
}

// Types are complete. Only the user and the container are reduced to the path to
// the profile.
func TestNoFactIsMissing(t *testing.T) {
	got := facts(parse(t, input.SnapshotCSDL()))
	for _, file := range []string{older, newer} {
		for path := range facts(parse(t, read(t, file))) {
			owner, _, _ := strings.Cut(path, "/")
			if got[owner] == "" || owner == "microsoft.graph.user" || owner == "microsoft.graph.GraphService" {
				continue
			}
			if got[path] == "" {
				t.Errorf("%s of %s is missing", path, filepath.Base(file))
			}
		}
	}
}

func TestReferencesResolve(t *testing.T) {
	s := newSchema(parse(t, input.SnapshotCSDL()))
	for _, e := range s.root.all() {
		for _, name := range []string{e.attr("Type"), e.attr("BaseType"), e.attr("EntityType")} {
			name = qualified(name)
			if strings.HasPrefix(name, "microsoft.graph.") && s.types[name] == nil {
				t.Errorf("%s: no type %s", e, name)
			}
		}
	}
}

func TestEverythingIsDescribedBriefly(t *testing.T) {
	for _, e := range parse(t, input.SnapshotCSDL()).all() {
		if !e.declares() {
			continue
		}
		text := e.annotation(description, "").attr("String")
		if !strings.HasSuffix(text, ".") || len(text) > 200 {
			t.Errorf("%s: want a sentence of at most 200 bytes, got %q", e, text)
		}
	}
}

// No sentence of five words or more comes from the descriptions and reference
// pages of the service.
func TestDescriptionsAreOurOwn(t *testing.T) {
	var theirs strings.Builder
	for _, file := range glob(t, metadata+"/csdl/*.xml") {
		for _, e := range parse(t, read(t, file)).all() {
			theirs.WriteString(e.attr("String") + "\n")
		}
	}
	for _, file := range glob(t, metadata+"/docs/beta/*/*.md") {
		theirs.Write(read(t, file))
	}
	text := normal(theirs.String())
	for _, e := range parse(t, input.SnapshotCSDL()).all() {
		if e.attr("Term") != description {
			continue
		}
		for _, sentence := range regexp.MustCompile(`[.;:] `).Split(e.attr("String"), -1) {
			sentence = normal(sentence)
			if len(strings.Fields(sentence)) >= 5 && strings.Contains(text, sentence) {
				t.Errorf("%q is not our own", sentence)
			}
		}
	}
}

// The properties that a create must not set exist, and include all that are
// computed.
func TestNonInsertableProperties(t *testing.T) {
	s := newSchema(parse(t, input.SnapshotCSDL()))
	for _, c := range s.collections() {
		paths := s.nonInsertable(c)
		if len(paths) == 0 {
			t.Errorf("%s: nothing says what a create may set", c)
		}
		properties := s.properties(qualified(c.attr("Type")))
		for _, path := range paths {
			if properties[path] == nil {
				t.Errorf("%s: no property %s", c, path)
			}
		}
		for name, p := range properties {
			if p.annotation(computed, "") != nil && !slices.Contains(paths, name) {
				t.Errorf("%s: a create may set %s, which is computed", c, name)
			}
		}
	}
}

// Every create has an example of its request, which sets only settable properties,
// and of its response. All members fit the schema, except those of one response
// that show how the service deviates.
func TestExamplesFitTheSchema(t *testing.T) {
	s := newSchema(parse(t, input.SnapshotCSDL()))
	var misfits []string
	for _, c := range s.collections() {
		for _, qualifier := range []string{"request", "response"} {
			body := s.annotations(c).annotation(example, map[string]string{"request": "CreateRequest", "response": "CreateResponse"}[qualifier]).member("Value").child("Record")
			if body == nil {
				t.Errorf("%s: no example of a %s", c, qualifier)
				continue
			}
			misfits = append(misfits, s.misfits(c.attr("Name")+" "+qualifier, qualified(c.attr("Type")), body)...)
			for _, path := range s.nonInsertable(c) {
				if qualifier == "request" && body.member(path) != nil {
					t.Errorf("%s: the example of a request sets %s", c, path)
				}
			}
		}
	}
	want := []string{
		"projects response/detail/company/companyCode: not declared",
		"projects response/detail/endMonthYear: String for Edm.Date",
		"projects response/detail/startMonthYear: String for Edm.Date",
	}
	if diff := cmp.Diff(want, misfits); diff != "" {
		t.Errorf("members that do not fit (-want +got):\n%s", diff)
	}
}

func TestCallersCannotChangeTheSnapshot(t *testing.T) {
	before := string(input.SnapshotCSDL())
	clear(input.SnapshotCSDL())
	if string(input.SnapshotCSDL()) != before {
		t.Error("CSDL returns bytes that callers share")
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	if _, err := os.Stat(metadata); err != nil {
		t.Skipf("needs real metadata: %v", err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("needs real metadata: no file is like %s", pattern)
	}
	return files
}

// normal returns the words of a text in lower case, with single spaces and
// without a closing full stop.
func normal(text string) string {
	return strings.TrimSuffix(strings.Join(strings.Fields(strings.ToLower(text)), " "), ".")
}
