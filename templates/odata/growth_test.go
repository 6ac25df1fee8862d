package odata_test

import (
	"encoding/json/v2"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/msgraphgen/msgraphgen/internal/growth"
	"github.com/msgraphgen/msgraphgen/templates/odata"
)

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
			growth.Check(t, 256<<10, func(size int) func() {
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
			growth.Check(t, 128<<10, func(size int) func() {
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
