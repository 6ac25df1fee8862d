package odata_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// Calls that come after others are processed after them, and not if those fail.
func TestBatchDependencies(t *testing.T) {
	throttle := 1
	s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		switch {
		case strings.HasPrefix(url, "/letters/bad"):
			return 403, "", "{}"
		case strings.HasPrefix(url, "/letters/slow") && throttle > 0:
			throttle--
			return 429, `"Retry-After":"0"`, "{}"
		}
		return ok(method, url, body, headers)
	})
	batch := odata.NewBatch(client)
	slow := odata.Add(batch, getLetter(client, "slow"))
	bad := odata.Add(batch, getLetter(client, "bad"))
	afterSlow := odata.Add(batch, getLetter(client, "afterSlow"), slow)
	afterBad := odata.Add(batch, getLetter(client, "afterBad"), bad)
	afterBoth := odata.Add(batch, getLetter(client, "afterBoth"), afterSlow, afterBad)
	for i := range 20 {
		odata.Add(batch, getLetter(client, fmt.Sprint(i)))
	}
	last := odata.Add(batch, getLetter(client, "last"), slow)
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	if letter, err := afterSlow.Result(); err != nil || letter == nil {
		t.Errorf("%v, %v", letter, err)
	}
	if letter, err := last.Result(); err != nil || letter == nil {
		t.Errorf("%v, %v", letter, err)
	}
	for _, result := range []*odata.Result[*Letter]{afterBad, afterBoth} {
		_, err := result.Result()
		if said, ok := odata.AsError(err); !ok || said.StatusCode != 424 {
			t.Errorf("%v", err)
		}
	}
	const query = "?$select=subject"
	want := []string{"GET /letters/slow" + query + ", GET /letters/bad" + query}
	for i := range 20 {
		if i == 18 {
			want = append(want, "GET /letters/18"+query)
		} else {
			want[len(want)-1] += fmt.Sprintf(", GET /letters/%d%s", i, query)
		}
	}
	want = append(want, "GET /letters/slow"+query, "GET /letters/afterSlow"+query+", GET /letters/last"+query)
	if diff := cmp.Diff(want, s.batches); diff != "" {
		t.Error(diff)
	}
}

// The calls of a sequence go in the same part, as long as it has room. A request that
// the service throttles is sent again, with those after it.
func TestSequence(t *testing.T) {
	throttle := 1
	s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		if strings.HasPrefix(url, "/letters/1?") && throttle > 0 {
			throttle--
			return 429, `"Retry-After":"0"`, "{}"
		}
		return ok(method, url, body, headers)
	})
	batch := odata.NewSequence(client)
	var results []*odata.Result[*Letter]
	for i := range 22 {
		results = append(results, odata.Add(batch, getLetter(client, fmt.Sprint(i))))
	}
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, result := range results {
		if letter, err := result.Result(); err != nil || letter.ID.Or("") != fmt.Sprintf("/letters/%d?$select=subject", i) {
			t.Errorf("%d: %v, %v", i, letter, err)
		}
	}
	part := func(from, to int) string {
		text := ""
		for i := from; i <= to; i++ {
			if i > from {
				text += ", "
			}
			text += fmt.Sprintf("GET /letters/%d?$select=subject", i)
			if i > from {
				text += fmt.Sprintf("<%d", i-from)
			}
		}
		return text
	}
	if diff := cmp.Diff([]string{part(0, 19), part(1, 20), part(21, 21)}, s.batches); diff != "" {
		t.Error(diff)
	}
}

// A sequence goes on by the status of each request: it stops at one that fails, also
// when the calls with the rest would be in a later part, and passes over calls that send
// nothing. Other requests of a call go in later parts.
func TestSequenceStops(t *testing.T) {
	s, client := newBatchServer(t, func(method, url, body string, headers map[string]string) (int, string, string) {
		if strings.HasPrefix(url, "/letters/bad") {
			return 403, "", "{}"
		}
		return ok(method, url, body, headers)
	})
	batch := odata.NewSequence(client)
	twice := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		if _, err := getLetter(client, "a")(ctx); err != nil {
			return nil, err
		}
		return getLetter(client, "b")(ctx)
	})
	silent := odata.Add(batch, func(context.Context) (*Letter, error) { return &Letter{}, nil })
	fine := odata.Add(batch, getLetter(client, "c"))
	bad := odata.Add(batch, getLetter(client, "bad"))
	odata.Add(batch, func(context.Context) (*Letter, error) { return &Letter{}, nil })
	var after []*odata.Result[*Letter]
	for i := range 20 {
		after = append(after, odata.Add(batch, getLetter(client, fmt.Sprint(i))))
	}
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, result := range []*odata.Result[*Letter]{twice, silent, fine} {
		if _, err := result.Result(); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, err := bad.Result(); !errors.Is(err, odata.ErrForbidden) {
		t.Errorf("%v", err)
	}
	for i, result := range after {
		_, err := result.Result()
		if said, ok := odata.AsError(err); !ok || said.StatusCode != 424 {
			t.Errorf("%d: %v", i, err)
		}
	}
	const query = "?$select=subject"
	want := "GET /letters/a" + query + ", GET /letters/c" + query + "<1, GET /letters/bad" + query + "<2"
	for i := range 17 {
		want += fmt.Sprintf(", GET /letters/%d%s<%d", i, query, i+3)
	}
	if diff := cmp.Diff([]string{want, "GET /letters/b" + query}, s.batches); diff != "" {
		t.Error(diff)
	}
}

// A call that comes after another one is made when that one has returned: it can use the
// result, and heeds an error of the call's own.
func TestCallsWaitForTheWholeOfOthers(t *testing.T) {
	s, client := newBatchServer(t, ok)
	batch := odata.NewBatch(client)
	twice := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		if _, err := getLetter(client, "a")(ctx); err != nil {
			return nil, err
		}
		return getLetter(client, "b")(ctx)
	})
	unfit := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		letter, err := twice.Result()
		if err != nil {
			return nil, err
		}
		if _, err := getLetter(client, strings.TrimPrefix(letter.ID.Or(""), "/letters/"))(ctx); err != nil {
			return nil, err
		}
		return nil, errors.New("not the letter that was expected")
	}, twice)
	made := false
	after := odata.Add(batch, func(ctx context.Context) (*Letter, error) {
		made = true
		return getLetter(client, "d")(ctx)
	}, unfit)
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	const refused = "Batch: status 424 Failed Dependency: FailedDependency: a call that this one comes after failed"
	if _, err := after.Result(); made || err == nil || err.Error() != refused {
		t.Errorf("%v, %v", made, err)
	}
	// Also in a later Do.
	late := odata.Add(batch, getLetter(client, "e"), unfit)
	if err := batch.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := late.Result(); err == nil || err.Error() != refused {
		t.Errorf("%v", err)
	}
	const query = "?$select=subject"
	if diff := cmp.Diff([]string{"GET /letters/a" + query, "GET /letters/b" + query, "GET /letters/b%3F$select=subject" + query}, s.batches); diff != "" {
		t.Error(diff)
	}
}
