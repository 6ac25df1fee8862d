package config

import (
	"cmp"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/msgraphgen/msgraphgen/generator/input"
)

// The formats of a source. FormatAuto stands for the one that it looks like.
const (
	FormatAuto    = "auto"
	FormatCSDL    = "csdl"
	FormatOpenAPI = "openapi"
)

// ODataDir is the folder of the support package, below that of the generated
// package, unless several packages share one.
const ODataDir = "odata"

// Complete checks in and fills in the defaults. Errors are an *Error.
func (in Input) Complete() (Input, error) {
	var problems []string
	in.Source = cmp.Or(in.Source, input.Snapshot)
	in.Format = cmp.Or(in.Format, FormatAuto)
	switch in.Format {
	case FormatAuto, FormatCSDL, FormatOpenAPI:
	default:
		problems = append(problems, fmt.Sprintf("format: %q is not a format: write %s, %s or %s", in.Format, FormatAuto, FormatCSDL, FormatOpenAPI))
	}
	switch in.APIVersion {
	case "", "beta", "v1.0":
	default:
		problems = append(problems, fmt.Sprintf("api-version: %q is not a version of Graph: write beta or v1.0", in.APIVersion))
	}
	switch in.Keys {
	case "", "segments", "parentheses":
	default:
		problems = append(problems, fmt.Sprintf("keys: %q is not a place for keys: write segments or parentheses", in.Keys))
	}
	return in, ErrorOf(problems)
}

// Of returns how to read another document of the same service, such as the upstream. The
// format is that of the source alone, if in has a source.
func (in Input) Of(document string) Input {
	if in.Source != "" && !SameFile(document, in.Source) {
		in.Format = FormatAuto
	}
	in.Source = document
	return in
}

// SameFile reports whether two sources are the same: the same name, or names of the same
// file.
func SameFile(a, b string) bool {
	if a == b {
		return true
	}
	if !IsFile(a) || !IsFile(b) {
		return false
	}
	if x, err := os.Stat(a); err == nil {
		y, err := os.Stat(b)
		return err == nil && os.SameFile(x, y)
	}
	return false
}

// Version returns the API version of the service. If APIVersion does not say it,
// Version looks for it in server, the address of the service according to the
// source, then in the name of the source, then in that of the upstream, then in the
// folders of both. If none of these says it, the version is beta, which has profiles,
// and guessed is true.
func (in Input) Version(server string) (version string, guessed bool) {
	if in.APIVersion != "" {
		return in.APIVersion, false
	}
	for _, version := range []string{versionIn(path.Base(server)), VersionIn(in.Source), VersionIn(in.Upstream), versionIn(in.Source), versionIn(in.Upstream)} {
		if version != "" {
			return version, false
		}
	}
	return "beta", true
}

// VersionIn returns the API version that an address or the base name of a file
// contains, "beta" or "v1.0", or "". Folders can have any name, and which ones a path
// has depends on the current folder.
func VersionIn(name string) string {
	name = strings.TrimPrefix(name, outside)
	if IsFile(name) {
		name = path.Base(filepath.ToSlash(name))
	}
	return versionIn(name)
}

// versionIn returns the last API version that a text contains, or "".
func versionIn(name string) string {
	beta, v1 := strings.LastIndex(name, "beta"), strings.LastIndex(name, "v1.0")
	switch {
	case name == input.Snapshot, beta > v1:
		return "beta"
	case v1 > beta:
		return "v1.0"
	default:
		return ""
	}
}

// Complete checks c and fills in the defaults. Errors are an *Error.
func (c Config) Complete() (Config, error) {
	var problems []string
	in, err := c.Input.Complete()
	if err != nil {
		problems = append(problems, err.Error())
	}
	c.Input = in
	if c.Options.IsZero() {
		c.Include = DefaultInclude
	}
	if c.Destination, err = c.Destination.complete(); err != nil {
		problems = append(problems, err.Error())
	}
	return c, ErrorOf(problems)
}

// complete checks d and fills in the defaults.
func (d Destination) complete() (Destination, error) {
	var problems []string
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	d.Output = cmp.Or(d.Output, DefaultOutput)
	if d.Package == "" {
		d.Package = packageName(d.Output)
	}
	if d.Package == "" {
		problem("package: the folder %s does not suggest a package name: set one with --package", d.Output)
	} else if isPredeclared(d.Package) {
		problem("package: files that import a package %s could not use the %[1]s of Go: set another name with --package", d.Package)
	} else if !isPackageName(d.Package) {
		problem("package: %q is not a valid package name: set another one with --package", d.Package)
	}
	if file, name := otherPackage(d.Output, d.Package); file != "" && len(problems) == 0 {
		problem("package: %s is of package %s, but the generated files are of package %s: generate into another folder, or set the package to %[2]s", file, name, d.Package)
	}
	if d.ImportPath == "" {
		importPath, err := importPathOf(d.Output, "--import-path")
		if err != nil {
			problem("import-path: %v", err)
		}
		d.ImportPath = importPath
	} else if err := module.CheckImportPath(d.ImportPath); err != nil {
		problem("import-path: %v", err)
	}
	switch {
	case d.OData == "":
		d.OData = d.ImportPath + "/" + ODataDir
	case strings.HasPrefix(d.OData, "."):
		importPath, err := importPathOf(d.OData, "an import path with --odata")
		if err != nil {
			problem("odata: %v", err)
		} else if !d.hasSupport(d.OData) {
			problem("odata: %s has no support package: generate the package that owns it first", d.OData)
		}
		d.OData = importPath
	case filepath.IsAbs(d.OData):
		problem("odata: %s is an absolute path: write the folder as it is from here, such as ./graph/odata, or the import path", d.OData)
	default:
		if err := module.CheckImportPath(d.OData); err != nil {
			problem("odata: %v", err)
		} else if dir := d.supportDir(); dir != "" && !d.hasSupport(dir) {
			problem("odata: the module has no support package %s: generate the package that owns it first, or correct the import path", d.OData)
		} else if dir == "" && d.isStandard(d.OData) {
			problem("odata: %s is neither in the module nor in one that go.mod requires; did you mean ./%[1]s?", d.OData)
		}
	}
	return d, ErrorOf(problems)
}

// Folders returns the folders that the files of the package are in.
func (d Destination) Folders() []string {
	output := cmp.Or(d.Output, DefaultOutput)
	folders := []string{output, filepath.Join(output, "fake")}
	if support := filepath.Join(output, ODataDir); d.OData == "" {
		folders = append(folders, support, filepath.Join(support, "edm"), filepath.Join(support, "fake"))
	}
	return folders
}

// isPackageName reports whether a package that others import can be called name.
// A predeclared identifier would be legal, but would hide the identifier in every
// file that imports the package.
func isPackageName(name string) bool {
	switch {
	case !token.IsIdentifier(name), name == "_", name == "main", name == "init", strings.HasSuffix(name, "_test"):
		return false
	}
	return !isPredeclared(name)
}

// isPredeclared reports whether a name is that of a type, constant or function of Go
// itself, such as min.
func isPredeclared(name string) bool { return types.Universe.Lookup(name) != nil }

// supportDir returns the folder of the support package that is given as an import
// path, or as a folder; "" if the import path is not of the module that the package
// is in.
func (d Destination) supportDir() string {
	if d.OData == "" || strings.HasPrefix(d.OData, ".") {
		return d.OData
	}
	m, err := FindModule(d.Output)
	if err != nil || m == nil {
		return ""
	}
	below, ok := strings.CutPrefix(d.OData, m.Path+"/")
	if !ok {
		return ""
	}
	return filepath.Join(filepath.Dir(m.File), filepath.FromSlash(below))
}

// isStandard reports whether the go command would look for an import path in the standard
// library: its first element has no dot, and the module requires no module of that name.
func (d Destination) isStandard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	m, err := FindModule(d.Output)
	return !strings.Contains(first, ".") && err == nil && m != nil && importPath != m.Path &&
		!slices.ContainsFunc(m.Requires, func(name string) bool { return strings.HasPrefix(importPath+"/", name+"/") })
}

// hasSupport reports whether a folder holds a support package, or will hold it
// because this run writes it there.
func (d Destination) hasSupport(dir string) bool {
	own, err := filepath.Abs(filepath.Join(d.Output, ODataDir))
	shared, sharedErr := filepath.Abs(dir)
	_, missing := os.Stat(filepath.Join(dir, "structured.go"))
	return missing == nil || err == nil && sharedErr == nil && own == shared
}

// otherPackage returns a Go file in a folder that is not of the package called name,
// and the name of its package; "" if there is none. Files that the go command leaves
// out, such as those with a constraint "ignore", do not count.
func otherPackage(dir, name string) (file, other string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", ""
	}
	slices.Sort(files)
	for _, file := range files {
		if generated(file) {
			continue
		}
		if match, err := build.Default.MatchFile(dir, filepath.Base(file)); err != nil || !match {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
		if err != nil {
			continue
		}
		if other := f.Name.Name; other != name && other != name+"_test" {
			return file, other
		}
	}
	return "", ""
}

// generated reports whether a file begins as those do that msgraphgen writes, or removes
// if they are stale.
func generated(file string) bool {
	const header = "// Code generated by msgraphgen."
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, len(header))
	_, err = io.ReadFull(f, start)
	return err == nil && string(start) == header
}
