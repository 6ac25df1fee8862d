package fake

import (
	"encoding/base64"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"net/http"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// batchPart is a request of a batch.
type batchPart struct {
	ID        string            `json:"id"`
	Method    string            `json:"method"`
	URL       string            `json:"url"`
	Headers   map[string]string `json:"headers"`
	Body      jsontext.Value    `json:"body"`
	DependsOn []string          `json:"dependsOn"`
}

// batchReply is the response to a request of a batch.
type batchReply struct {
	ID      string            `json:"id"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    any               `json:"body,omitempty"`
}

const maxBatch = 20 // https://learn.microsoft.com/graph/json-batching

// batch answers the requests of a batch, one after the other.
func (s *Service) batch(r *http.Request, body []byte) answer {
	var sent struct {
		Requests []batchPart `json:"requests"`
	}
	switch err := json.Unmarshal(body, &sent, lenient); {
	case err != nil:
		return failed(http.StatusBadRequest, "the batch: %v", err)
	case len(sent.Requests) > maxBatch:
		return failed(http.StatusBadRequest, "the batch has %d requests: %d is the limit", len(sent.Requests), maxBatch)
	}
	succeeded := map[string]bool{}
	replies := []batchReply{}
	for _, part := range sent.Requests {
		var a answer
		missing := ""
		for _, id := range part.DependsOn {
			if !succeeded[id] {
				missing = id
			}
		}
		if missing != "" {
			a = failed(http.StatusFailedDependency, "request %s failed", missing)
		} else {
			a = s.part(r, part)
		}
		succeeded[part.ID] = a.status < http.StatusBadRequest
		replies = append(replies, a.reply(part.ID))
	}
	return jsonAnswer(http.StatusOK, map[string]any{"responses": replies})
}

// part answers a request of a batch.
func (s *Service) part(r *http.Request, part batchPart) answer {
	at := *r.URL
	at.Path, at.RawPath, at.RawQuery = "", "", ""
	sent, err := http.NewRequestWithContext(r.Context(), part.Method, at.String()+strings.TrimSuffix(s.endpoint.EscapedPath(), "/")+"/"+strings.TrimPrefix(part.URL, "/"), nil)
	if err != nil {
		return failed(http.StatusBadRequest, "request %s of the batch: %v", part.ID, err)
	}
	for name, value := range part.Headers {
		sent.Header.Set(name, value)
	}
	body := []byte(part.Body)
	if text, ok := stringOf(body); ok && !isJSON(sent.Header) {
		if body, err = edm.DecodeBody(sent.Header.Get("Content-Type"), text); err != nil {
			return failed(http.StatusBadRequest, "the body of request %s of the batch: %v", part.ID, err)
		}
	}
	a, err := s.receive(sent, body, true)
	if err != nil {
		return failed(http.StatusGatewayTimeout, "%v", err)
	}
	return a
}

// reply returns the answer as a batch has it: a body that is not JSON is a text in
// base64.
func (a answer) reply(id string) batchReply {
	reply := batchReply{ID: id, Status: a.status, Headers: map[string]string{}}
	for name, values := range a.header {
		reply.Headers[name] = strings.Join(values, ",")
	}
	switch {
	case len(a.body) == 0:
	case isJSON(a.header):
		reply.Body = jsontext.Value(a.body)
	default:
		reply.Body = base64.StdEncoding.EncodeToString(a.body)
	}
	return reply
}
