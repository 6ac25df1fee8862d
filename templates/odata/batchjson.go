package odata

import (
	"bytes"
	"encoding/base64"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// batchItem is a request in the JSON of a batch.
type batchItem struct {
	ID        string            `json:"id"`
	Method    string            `json:"method"`
	URL       string            `json:"url"` // relative to the endpoint
	Headers   map[string]string `json:"headers,omitempty"`
	Body      jsontext.Value    `json:"body,omitempty"`
	DependsOn []string          `json:"dependsOn,omitempty"`
}

// batchReply is a response in the JSON of a batch.
type batchReply struct {
	ID      string                 `json:"id"`
	Status  int                    `json:"status"`
	Headers map[string]Opt[string] `json:"headers"`
	Body    jsontext.Value         `json:"body"`
}

// batchMethod is the method that sends batches.
var batchMethod = Method{Name: "Batch"}

// post sends requests in one and returns the responses by id.
func (run *batchRun) post(batch []*batchRequest) (map[string]*http.Response, error) {
	items := make([]batchItem, len(batch))
	repeatable := true
	for i, r := range batch {
		item := r.item
		item.ID = batchID(i)
		if run.sequence && i > 0 {
			item.DependsOn = []string{batchID(i - 1)}
		}
		items[i] = item
		repeatable = repeatable && isRead(item.Method)
	}
	payload, err := json.Marshal(struct {
		Requests []batchItem `json:"requests"`
	}{items}, json.Deterministic(true), lenient)
	if err != nil {
		return nil, err
	}
	var reply struct {
		Responses []batchReply `json:"responses"`
	}
	x := exchange{
		resource: run.client.Resource("$batch"), method: batchMethod, verb: http.MethodPost, result: &reply, repeatable: repeatable,
		content: streaming.NopCloser(bytes.NewReader(payload)), contentType: "application/json",
	}
	if err := x.do(run.ctx, nil); err != nil {
		return nil, err
	}
	responses := map[string]*http.Response{}
	for _, r := range reply.Responses {
		responses[r.ID] = r.response()
	}
	return responses, nil
}

// item returns the JSON of a request.
func (run *batchRun) item(request *http.Request) (batchItem, error) {
	address, below := strings.CutPrefix(request.URL.EscapedPath(), run.client.origin.EscapedPath())
	if !below || !strings.HasPrefix(address, "/") || !sameOrigin(request.URL, run.client.origin) {
		return batchItem{}, fmt.Errorf("odata: the request to %s is not below the endpoint of the batch", place(request.URL))
	}
	if request.URL.RawQuery != "" || request.URL.ForceQuery {
		address += "?" + request.URL.RawQuery
	}
	item := batchItem{Method: request.Method, URL: address, Headers: map[string]string{}}
	for name, values := range request.Header {
		if len(values) > 0 && !slices.Contains(ownHeaders, name) { // without values, the caller has removed it
			item.Headers[name] = strings.Join(values, ",")
		}
	}
	if request.Body == nil {
		return item, nil
	}
	body, err := io.ReadAll(request.Body)
	switch {
	case err != nil:
		return item, err
	case isJSON(request.Header):
		if item.Body = body; !item.Body.IsValid(lenient) {
			return item, errors.New("odata: the body is not JSON, as its Content-Type says: a batch cannot have it")
		}
	default:
		item.Body = jsontext.Value(`"` + base64.StdEncoding.EncodeToString(body) + `"`)
	}
	return item, nil
}

// ownHeaders are the headers that a request in a batch does not have: the batch has
// them.
var ownHeaders = []string{"Authorization", "Accept-Encoding", "Content-Length", "User-Agent", "X-Ms-Client-Request-Id"}

// response returns the response that a reply stands for.
func (r batchReply) response() *http.Response {
	header := http.Header{}
	for name, value := range r.Headers {
		header.Set(name, value.Or(""))
	}
	body := []byte(r.Body)
	if r.Body.Kind() == jsontext.KindNull {
		body = nil
	}
	mediaType := header.Get("Content-Type")
	if r.Body.Kind() != jsontext.KindString || mediaType == "" || isJSON(header) {
		return newResponse(r.Status, header, body)
	}
	var text string
	_ = json.Unmarshal(r.Body, &text, lenient) // it is a string
	body, err := edm.DecodeBody(mediaType, text)
	response := newResponse(r.Status, header, body)
	if err != nil {
		response.Body = unreadableBody{fmt.Errorf("odata: the body in the batch is %s and not base64: %w", printable(mediaType), err)}
		response.ContentLength = -1
	}
	return response
}

// unreadableBody is a body whose reading fails.
type unreadableBody struct{ err error }

func (b unreadableBody) Read([]byte) (int, error) { return 0, b.err }
func (b unreadableBody) Close() error             { return nil }
