package output

import (
	"strings"
	"testing"

	"github.com/msgraphgen/msgraphgen/generator/lock"
)

func TestPathsThatNoFileSystemWouldConfuse(t *testing.T) {
	for name, files := range map[string]Files{
		"plain":          {"client.go": nil, "odata/opt.go": nil, "odata/testdata/a b.json": nil},
		"hidden":         {".gitattributes": nil},
		"same base name": {"a/x.go": nil, "b/x.go": nil},
		"letters":        {"straße.go": nil},
		"long":           {strings.Repeat("x", 255) + "/" + strings.Repeat("x", 252) + ".go": nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Compare(t.TempDir(), files, newLock()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPathsThatAreRefused(t *testing.T) {
	tests := map[string]struct {
		paths []string
		want  string
	}{
		"empty":               {[]string{""}, "empty string"},
		"parent":              {[]string{"../x.go"}, `"../x.go"`},
		"parent inside":       {[]string{"a/../../x.go"}, `".."`},
		"dot":                 {[]string{"./x.go"}, `"."`},
		"absolute":            {[]string{"/etc/x.go"}, "empty path element"},
		"drive":               {[]string{"C:/x.go"}, "':'"},
		"backslash":           {[]string{`a\x.go`}, `'\\'`},
		"control character":   {[]string{"a\x00.go"}, `'\x00'`},
		"line break":          {[]string{"a\n.go"}, `'\n'`},
		"double slash":        {[]string{"a//x.go"}, "double slash"},
		"folder":              {[]string{"a/"}, "trailing slash"},
		"not UTF-8":           {[]string{"a\xff.go"}, "UTF-8"},
		"trailing dot":        {[]string{"a./x.go"}, "trailing dot"},
		"device":              {[]string{"con.go"}, "Windows"},
		"device folder":       {[]string{"a/Nul/x.go"}, "Windows"},
		"lock file":           {[]string{lock.Name}, "reserved"},
		"lock file in case":   {[]string{"MSGRAPHGEN.lock.json"}, "reserved"},
		"staging folder":      {[]string{lock.Staging + "/0"}, "reserved"},
		"case of file":        {[]string{"a/x.go", "a/X.go"}, `"a/X.go" and "a/x.go" differ only in case`},
		"case of folder":      {[]string{"A/x.go", "a/y.go"}, `"A" and "a" differ only in case`},
		"case beyond ASCII":   {[]string{"ä.go", "Ä.go"}, "differ only in case"},
		"final sigma":         {[]string{"σ.go", "ς.go"}, "differ only in case"},
		"long file":           {[]string{"a/" + strings.Repeat("x", 250) + ".go", strings.Repeat("x", 253) + ".go"}, "has a name of 256 bytes, and file systems allow 255"},
		"long folder":         {[]string{strings.Repeat("ä", 128) + "/x.go"}, "has a name of 256 bytes"},
		"file and folder":     {[]string{"a", "a/x.go"}, `"a" is both a file and a folder`},
		"all of them at once": {[]string{"../x.go", "nul"}, "..\"\nmalformed file path \"nul\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			files := Files{}
			for _, path := range test.paths {
				files[path] = nil
			}
			_, err := Compare(t.TempDir(), files, newLock())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
