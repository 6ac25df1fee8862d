package fake

import (
	"encoding/json/v2"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// stream reads or replaces the content of a stream.
func (c *call) stream() (answer, error) {
	name := "$value"
	if c.operation != nil {
		name = c.operation.Segment
	}
	switch {
	case c.request.Method == http.MethodGet && c.item != nil:
		if stored, ok := c.item.streams[name]; ok {
			return answer{http.StatusOK, http.Header{"Content-Type": {stored.typ}, "ETag": {c.item.etag()}}, stored.data}, nil
		}
		return answer{}, c.none()
	case c.request.Method != http.MethodPut:
		return answer{}, c.none()
	}
	if err := c.precondition(); err != nil {
		return answer{}, err
	}
	s := &c.service.store
	if c.item == nil { // of a single navigation property, such as a photo
		e, err := c.build(s, c.typ, object{}, true)
		if err != nil {
			return answer{}, err
		}
		s.add(c.in, e)
		c.item = e
	}
	c.item.streams[name] = content{c.request.Header.Get("Content-Type"), c.body}
	if p := s.types.property(c.item.typ, "size"); p != nil && p.Type == "Edm.Int64" {
		c.item.values["size"] = strconv.AppendInt(nil, int64(len(c.body)), 10)
	}
	s.stamp(c.item, false)
	return c.changed(http.StatusOK, c.item), nil
}

// uploads is where the addresses of upload sessions begin.
const uploads = "/fake-upload/"

// upload is an upload session.
type upload struct {
	data []byte
	done func(content []byte) (any, error)
}

// Location is an address that a service sends in a header of that name.
type Location string

// UploadSession returns the uploadUrl of a new upload session, for the override of an
// action that creates one. When all parts have come, done returns the item that the
// service makes of them, nil for none, or a [Location] in place of it, as Outlook sends
// for an attachment (https://learn.microsoft.com/graph/outlook-large-attachments). The
// session ends then, and later requests for it get 404. If done returns an error, the
// session waits for the last part again. The
// uploadUrl has the scheme and host of the last request, so that it leads to a server
// of the service, too.
func (s *Service) UploadSession(done func(content []byte) (any, error)) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions++
	at := url.URL{Scheme: s.origin.Scheme, Host: s.origin.Host, Path: uploads + strconv.Itoa(s.sessions)}
	s.uploads[at.Path] = &upload{done: done}
	return at.String()
}

// uploadPart answers a request for an upload session
// (https://learn.microsoft.com/graph/api/driveitem-createuploadsession).
func (s *Service) uploadPart(r *http.Request, body []byte) (answer, bool) {
	s.mu.Lock()
	u := s.uploads[r.URL.Path]
	if u == nil {
		s.mu.Unlock()
		return failed(http.StatusNotFound, "there is no upload session at %s: it has ended, or there was none", r.URL.Path), strings.HasPrefix(r.URL.Path, uploads)
	}
	var from, to, size int
	complete := false
	switch r.Method {
	case http.MethodDelete:
		delete(s.uploads, r.URL.Path)
	case http.MethodPut:
		_, err := fmt.Sscanf(r.Header.Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &size)
		if err != nil || from != len(u.data) || to-from+1 != len(body) {
			s.mu.Unlock()
			return failed(http.StatusRequestedRangeNotSatisfiable, "the Content-Range is %q, and byte %d is expected", r.Header.Get("Content-Range"), len(u.data)), true
		}
		if complete = to+1 == size; complete {
			delete(s.uploads, r.URL.Path)
		} else {
			u.data = append(u.data, body...)
		}
	}
	next := len(u.data)
	content := append(slices.Clip(u.data), body...)
	s.mu.Unlock()
	switch {
	case r.Method == http.MethodDelete:
		return answer{status: http.StatusNoContent}, true
	case !complete:
		status := http.StatusOK
		if r.Method == http.MethodPut {
			status = http.StatusAccepted
		}
		return jsonAnswer(status, map[string]any{"nextExpectedRanges": []string{strconv.Itoa(next) + "-"}}), true
	}
	item, err := u.done(content)
	if err != nil { // the last part can be sent again
		s.mu.Lock()
		s.uploads[r.URL.Path] = u
		s.mu.Unlock()
	}
	location, isLocation := item.(Location)
	switch {
	case err != nil:
		return answerTo(err), true
	case isLocation:
		return answer{status: http.StatusCreated, header: http.Header{"Location": {string(location)}}}, true
	case item == nil:
		return answer{status: http.StatusCreated}, true
	}
	return jsonAnswer(http.StatusCreated, item), true
}

// isJSON reports whether a header says that the body is JSON.
func isJSON(header http.Header) bool {
	return strings.HasPrefix(header.Get("Content-Type"), "application/json")
}

// stringOf returns the text in a JSON string.
func stringOf(raw []byte) (string, bool) {
	var s string
	err := json.Unmarshal(raw, &s, lenient)
	return s, err == nil
}
