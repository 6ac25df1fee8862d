package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator/snapshot"
	"github.com/msgraphgen/msgraphgen/generator/source"
)

// maxSize is how large a source may be, in bytes. The metadata of the whole
// of Graph is about 5 MB.
const maxSize = 64 << 20

// fetchTimeout is how long reading a source from the network may take.
const fetchTimeout = 2 * time.Minute

// input is a source that was read. Its name is for messages and the lock
// file: as the user gave it.
type input struct {
	name string
	data []byte
}

// read returns the contents of a source: a file, an address, or the snapshot.
func read(ctx context.Context, name string) (input, error) {
	switch {
	case name == snapshot.Name:
		return input{name, snapshot.CSDL()}, nil
	case strings.Contains(name, "://"):
		return fetch(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return input{}, fmt.Errorf("source: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return input{}, fmt.Errorf("source: %s is a folder: name the metadata file in it", name)
	}
	data, err := readAll(f, name)
	return input{name, data}, err
}

// readAll reads up to maxSize bytes.
func readAll(r io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("source: %s: %w", name, err)
	}
	if len(data) > maxSize {
		var ds source.Diagnostics
		ds.Errorf(source.Position{File: name}, "the source is larger than %d MB, which no metadata of Graph is: is it the right one?", maxSize>>20)
		return nil, ds.Err()
	}
	return data, nil
}

// fetch reads a source from the network: over https, and over http only from
// this machine.
func fetch(ctx context.Context, address string) (input, error) {
	u, err := url.Parse(address)
	if err != nil {
		return input{}, &ConfigError{"source: " + err.Error()}
	}
	name := u.Redacted()
	if err := checkScheme(u); err != nil {
		return input{}, &ConfigError{"source: " + err.Error()}
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return input{}, fmt.Errorf("source: %w", err)
	}
	client := &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 {
			return errors.New("more than 5 redirects")
		}
		if r.URL.Scheme != via[0].URL.Scheme {
			return fmt.Errorf("redirected to another scheme: %s", r.URL.Redacted())
		}
		return checkScheme(r.URL)
	}}
	response, err := client.Do(request)
	if err != nil {
		return input{}, fmt.Errorf("source: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return input{}, fmt.Errorf("source: %s answers %s", name, response.Status)
	}
	data, err := readAll(response.Body, name)
	return input{name, data}, err
}

func checkScheme(u *url.URL) error {
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%s has the scheme %s: use https", u.Redacted(), u.Scheme)
	case u.Scheme == "http" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()):
		return fmt.Errorf("%s would be read over plain http: use https", u.Redacted())
	}
	return nil
}

// lockName returns the name of a source as it stands in the lock file, which
// holds no path of the machine, and nothing that may be a secret.
func (in input) lockName() string {
	if u, err := url.Parse(in.name); err == nil && strings.Contains(in.name, "://") {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		return u.String()
	}
	return filepath.Base(in.name)
}
