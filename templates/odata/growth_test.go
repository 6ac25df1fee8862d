package odata_test

import (
	"encoding/json/v2"
	"errors"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// grows checks that work of twice the size takes at most 2.5 times as long and as
// much memory: the median of five runs. Where that is more because the machine is busy
// with something else, both sizes run again, up to four times.
func grows(t *testing.T, sizes []int, work func(size int) func()) {
	t.Helper()
	const most = 2.5
	var smaller func()
	var before, after cost
	for i, size := range sizes {
		run := work(size)
		run() // warms up
		after = measure(run)
		for try := 0; i > 0 && try < 4 && after.exceeds(before, most); try++ {
			before = measure(smaller)
			after = measure(run)
		}
		t.Logf("%8d: %v, %d kB", size, after.time, after.memory>>10)
		if i > 0 && after.exceeds(before, most) {
			t.Errorf("%d takes %v and %d kB, more than %v times the %v and %d kB of %d",
				size, after.time, after.memory>>10, most, before.time, before.memory>>10, sizes[i-1])
		}
		smaller, before = run, after
	}
}

type cost struct {
	time   time.Duration
	memory uint64
}

// exceeds ignores times that say more about the machine than about the work.
func (c cost) exceeds(other cost, times float64) bool {
	return c.time > 10*time.Millisecond && float64(c.time) > times*float64(other.time) || float64(c.memory) > times*float64(other.memory)
}

// measure returns the median cost of five runs.
func measure(run func()) cost {
	var times []time.Duration
	var memories []uint64
	for range 5 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		run()
		times = append(times, time.Since(start))
		runtime.ReadMemStats(&after)
		memories = append(memories, after.TotalAlloc-before.TotalAlloc)
	}
	slices.Sort(times)
	slices.Sort(memories)
	return cost{times[2], memories[2]}
}

// repeated returns head, then part as often as gives the size, then tail.
func repeated(size int, head, part, tail string) string {
	return head + strings.Repeat(part, size/len(part)) + tail
}

// nested returns chains of members within members, each as deep as JSON may be,
// until they have the size.
func nested(size int, head, open, inner, end, tail string) string {
	const depth = 9_000
	size /= len(open) + len(end)
	var chains []string
	for ; size > depth; size -= depth {
		chains = append(chains, strings.Repeat(open, depth)+inner+strings.Repeat(end, depth))
	}
	chains = append(chains, strings.Repeat(open, size)+inner+strings.Repeat(end, size))
	return head + strings.Join(chains, tail+head) + tail
}

// Reading an error takes time and memory in proportion to its size, whatever its
// shape.
func TestErrorsGrowInProportion(t *testing.T) {
	const tail = `},"x":0}`
	for name, shape := range map[string]func(size int) string{
		"inner errors": func(n int) string {
			return `{"error":{` + strings.TrimSuffix(nested(n, `"innererror":`, `{"innererror":`, `{"code":"a"}`, `}`, `,`), ",") + tail
		},
		"inner errors beyond the depth of JSON": func(n int) string {
			return `{"error":{"innererror":` + strings.Repeat(`{"innererror":`, n/15) + "{}" + strings.Repeat("}", n/15) + tail
		},
		"objects in the message": func(n int) string {
			return `{"error":{` + strings.TrimSuffix(nested(n, `"message":`, `{"value":`, `"a"`, `}`, `,`), ",") + tail
		},
		"objects in other members": func(n int) string {
			return `{"error":{"innererror":{` + strings.TrimSuffix(nested(n, `"stack":`, `{"a":`, `1`, `}`, `,`), ",") + "}" + tail
		},
		"arrays in details": func(n int) string {
			return `{"error":{` + strings.TrimSuffix(nested(n, `"details":`, `[`, `1`, `]`, `,`), ",") + tail
		},
		"details": func(n int) string {
			return repeated(n, `{"error":{"details":[{}`, `,{"code":"a","message":"b","target":"c"}`, `]`+tail)
		},
		"details without members": func(n int) string { return repeated(n, `{"error":{"details":[{}`, `,{}`, `]`+tail) },
		"members":                 func(n int) string { return repeated(n, `{"error":{"code":"a"`, `,"code":"a"`, tail) },
		"errors":                  func(n int) string { return repeated(n, `{"error":{}`, `,"error":{"message":"a"}`, `}`) },
		"members of inner errors": func(n int) string {
			return repeated(n, `{"error":{"innererror":{"code":"a"`, `,"other":[1,2]`, `}`+tail)
		},
		"a message":           func(n int) string { return repeated(n, `{"error":{"message":"`, `a\u0041`, `"`+tail) },
		"a message in quotes": func(n int) string { return repeated(n, `{"error":{"message":"`, `\"`, `"`+tail) },
		"a code":              func(n int) string { return repeated(n, `{"error":{"code":"`, `<code>`, `"`+tail) },
		"spaces":              func(n int) string { return repeated(n, `{"error":`, " \n", `{}}`) },
		"XML":                 func(n int) string { return repeated(n, `<error>`, `<Code>a <code>`, `</error>`) },
		"brackets":            func(n int) string { return strings.Repeat("[", n) },
		"quotes":              func(n int) string { return strings.Repeat(`"`, n) },
		"byte order marks":    func(n int) string { return strings.Repeat("\ufeff", n/3) },
		"invalid UTF-8":       func(n int) string { return repeated(n, `{"error":{"message":"`, "\xff", `"`+tail) },
	} {
		t.Run(name, func(t *testing.T) {
			grows(t, []int{256 << 10, 512 << 10, 1 << 20, 2 << 20}, func(size int) func() {
				body := shape(size)
				client := custom(t, func(r *http.Request) (*http.Response, error) {
					return &http.Response{StatusCode: 400, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
				})
				return func() {
					_, err := odata.Create(t.Context(), client.Resource("projects"), create, &Entity{}, nil)
					e, ok := odata.AsError(err)
					refused, isRefusal := errors.AsType[*azcore.ResponseError](err)
					if !ok || !isRefusal || e.StatusCode != 400 || !strings.HasPrefix(err.Error(), "Projects.Create: ") || len(refused.Error()) > 20<<10 {
						t.Errorf("%.200v", err)
					}
				}
			})
		})
	}
}

// So does decoding an item, and sending it again.
func TestItemsGrowInProportion(t *testing.T) {
	for name, shape := range map[string]func(size int) string{
		"undeclared objects": func(n int) string {
			return "{" + strings.TrimSuffix(nested(n, `"a":`, `{"a":`, `1`, `}`, `,`), ",") + "}"
		},
		"misfits": func(n int) string {
			return "{" + strings.TrimSuffix(nested(n, `"categories":`, `[`, `1`, `]`, `,`), ",") + "}"
		},
		"objects": func(n int) string {
			return "{" + strings.TrimSuffix(nested(n, `"detail":`, `{"company":`, `{}`, `}`, `,`), ",") + "}"
		},
		"texts":          func(n int) string { return repeated(n, `{"categories":["a"`, `,"b"`, `]}`) },
		"texts and null": func(n int) string { return repeated(n, `{"categories":["a"`, `,null`, `]}`) },
		"people":         func(n int) string { return repeated(n, `{"colleagues":[{}`, `,{"displayName":"a"}`, `]}`) },
		"people and a misfit": func(n int) string {
			return repeated(n, `{"colleagues":[{}`, `,{"displayName":"a"}`, `,1`+strings.Repeat(",{}", n/3)+`]}`)
		},
		"members": func(n int) string { return repeated(n, `{"a":0`, `,"a":1.0`, `}`) },
	} {
		t.Run(name, func(t *testing.T) {
			grows(t, []int{128 << 10, 256 << 10, 512 << 10}, func(size int) func() {
				body := shape(size)
				client := custom(t, func(r *http.Request) (*http.Response, error) {
					return &http.Response{StatusCode: 201, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
				})
				return func() {
					got, err := odata.Create(t.Context(), client.Resource("projects"), create, &ProjectParticipation{}, nil)
					if err != nil {
						t.Fatal(err)
					}
					if _, err := json.Marshal(got); err != nil {
						t.Error(err)
					}
					if _, err := odata.Create(t.Context(), client.Resource("projects"), create, got, nil); err != nil {
						t.Error(err)
					}
				}
			})
		})
	}
}
