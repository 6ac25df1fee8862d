package openapi

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"
)

// maxRead is how much all files together may hold that the document refers to,
// in bytes. One that is referred to twice can count twice.
const maxRead = 256 << 20

// readOther reads a file that the document refers to, which may also be the
// document itself.
func (l *loader) readOther(location *url.URL) ([]byte, error) {
	name := location.String()
	switch {
	case name == l.at.name:
		return l.own, nil
	case l.options.Dir == "":
		return nil, &openapi3.DisallowedExternalRefError{Ref: name}
	case location.Scheme != "" || location.Host != "":
		return nil, &fileError{location, fmt.Errorf("it is no file")}
	}
	data, err := readBelow(l.options.Dir, location.Path, maxRead-l.read)
	if err != nil {
		return nil, &fileError{location, err}
	}
	l.read += int64(len(data))
	l.others[name], l.last = data, name
	l.at.note(name, data)
	return data, nil
}

// readBelow reads a file of a folder, or of one below. Nothing in its name
// leads out of there, nor does a link in the folder.
func readBelow(dir, name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	// To open a pipe would wait for somebody to write to it.
	if info, err := root.Stat(name); err != nil || !info.Mode().IsRegular() {
		if err == nil {
			err = errors.New("it is no file")
		}
		return nil, err
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("the files that the document refers to are larger than %d MB", maxRead>>20)
	}
	return data, err
}

// fileError says why a file that the document refers to is not read.
type fileError struct {
	location *url.URL
	reason   error
}

func (e *fileError) Error() string {
	reason := e.reason
	if err, ok := errors.AsType[*os.PathError](reason); ok {
		reason = err.Err // the path is no part of what is golden in tests, nor of use
	}
	return fmt.Sprintf("%s is not read: %v; only files in the folder of the document, and below, are", e.location.Redacted(), reason)
}
