package odata_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// A part ends where the range ends that the service expects: it refuses what it has.
func TestUploadPartsFillGaps(t *testing.T) {
	for name, test := range map[string]struct {
		ranges []string // that the service expects at first, and after each part
		status int      // of the response to the last part
		want   string
	}{
		"a gap":            {[]string{"327680-655359"}, 201, "327680-655359"},
		"a replaced file":  {[]string{"327680-655359"}, 200, "327680-655359"},
		"a large gap":      {[]string{"0-983039", "655360-983039"}, 201, "0-655359 655360-983039"},
		"two gaps":         {[]string{"0-327679", "655360-983039"}, 201, "0-327679 655360-983039"},
		"a gap before end": {[]string{"0-327679", "655360-"}, 201, "0-327679 655360-999999"},
		"the last byte":    {[]string{"655360-999999"}, 201, "655360-999999"},
		"behind the end":   {[]string{"655360-5000000"}, 201, "655360-999999"},
		"no range":         {[]string{"655360-3"}, 201, "655360-999999"},
	} {
		t.Run(name, func(t *testing.T) {
			var sent []string
			client := custom(t, func(r *http.Request) (*http.Response, error) {
				response := &http.Response{StatusCode: 202, Header: http.Header{}, Request: r}
				if r.Method == http.MethodPut {
					var from, to int
					_, err := fmt.Sscanf(r.Header.Get("Content-Range"), "bytes %d-%d/1000000", &from, &to)
					if err != nil || int(r.ContentLength) != to-from+1 {
						t.Errorf("%v, %d bytes for %s", err, r.ContentLength, r.Header.Get("Content-Range"))
					}
					sent = append(sent, fmt.Sprintf("%d-%d", from, to))
				}
				body := `{"id":"file"}`
				if len(sent) < len(test.ranges) {
					body = fmt.Sprintf(`{"nextExpectedRanges":[%q,"990000-"]}`, test.ranges[len(sent)])
				} else {
					response.StatusCode = test.status
				}
				response.Body = io.NopCloser(strings.NewReader(body))
				return response, nil
			})
			item, err := odata.UploadParts[Letter](t.Context(), client, "https://files.example/up", bytes.NewReader(make([]byte, 1_000_000)), 1_000_000,
				&odata.UploadOptions{Resume: true, PartSize: 655_360})
			if err != nil || item.ID.Or("") != "file" || strings.Join(sent, " ") != test.want {
				t.Errorf("%v, %v, sent %v, want %s", item, err, sent, test.want)
			}
		})
	}
}

// A service that expects nothing has all: nothing is sent again.
func TestUploadPartsThatAreComplete(t *testing.T) {
	puts := 0
	client := custom(t, func(r *http.Request) (*http.Response, error) {
		response := &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(`{"nextExpectedRanges":[]}`))}
		if r.Method == http.MethodPut {
			puts++
			response.StatusCode = 416
		}
		return response, nil
	})
	for resume, want := range map[bool]string{
		true:  "UploadParts: odata: the service expects no more bytes: look for the item",
		false: "UploadParts: status 416 Requested Range Not Satisfiable (then: UploadParts: odata: the service expects no more bytes: look for the item)",
	} {
		puts = 0
		_, err := odata.UploadParts[Letter](t.Context(), client, "https://files.example/up", strings.NewReader("content"), 7, &odata.UploadOptions{Resume: resume})
		if errorText(err) != want || resume && puts > 0 {
			t.Errorf("%v after %d parts, want %s", err, puts, want)
		}
	}
}
