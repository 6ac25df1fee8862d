package generator

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/mod/module"

	"github.com/msgraphgen/msgraphgen/generator/golang"
	"github.com/msgraphgen/msgraphgen/generator/input"
)

// ConfigName is the name of the configuration file.
const ConfigName = "msgraphgen.yaml"

// Config says what to generate from what. Empty fields have defaults.
type Config struct {
	Source       string   `yaml:"source"`        // a file, an address, or "snapshot"
	Upstream     string   `yaml:"upstream"`      // what update takes the source from: a file or an address
	Format       string   `yaml:"format"`        // FormatAuto, FormatCSDL or FormatOpenAPI
	ExternalRefs bool     `yaml:"external-refs"` // read the files that an OpenAPI document refers to, below its folder
	Docs         string   `yaml:"docs"`          // the folder of reference pages, or ""
	Include      []string `yaml:"include"`       // patterns of operations
	Exclude      []string `yaml:"exclude"`       // patterns of operations to leave out again
	Types        []string `yaml:"types"`         // patterns of type names
	Derived      []string `yaml:"derived"`       // "none", "all", or names of types whose derived types come along
	Output       string   `yaml:"output"`        // the folder of the package
	Package      string   `yaml:"package"`       // its name
	ImportPath   string   `yaml:"import-path"`   // its import path
	OData        string   `yaml:"odata"`         // the support package: an import path, or a folder that begins with "."
	APIVersion   string   `yaml:"api-version"`   // of the service: "beta" or "v1.0"
	ReadOnly     []string `yaml:"read-only"`     // properties that only the service sets: "microsoft.graph.itemFacet/createdBy"

	// KeepDeprecated has what goes from the selection stay in the package, as
	// deprecated, until the selection changes again.
	KeepDeprecated bool `yaml:"keep-deprecated"`

	versionGuessed bool
	defaulted      bool // nothing was selected, so that Include is DefaultInclude
}

// defaultOutput is the folder where none is given.
const defaultOutput = "profile"

// DefaultInclude is the selection where nothing else is asked for: creating a
// project in a user's profile.
var DefaultInclude = []string{"POST /me/profile/projects", "POST /users/{id}/profile/projects"}

// ConfigError says what is wrong with the configuration.
type ConfigError struct {
	Message string
}

// Error returns the message.
func (e *ConfigError) Error() string { return e.Message }

// ReadConfig reads a configuration file. The paths in it are relative to its
// folder; in the result they are relative to the current one. What it does not
// know is a *ConfigError with the position.
func ReadConfig(file string) (Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	var c Config
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))), yaml.Strict())
	if err := decoder.Decode(&c); err != nil && err != io.EOF { // io.EOF is an empty file
		return Config{}, &ConfigError{yamlError(file, err)}
	}
	if err := decoder.Decode(new(any)); err != io.EOF {
		return Config{}, &ConfigError{file + ": more than one YAML document: only the first would count"}
	}
	dir := filepath.Dir(file)
	if c.Source != "" && c.Source != input.Snapshot && !isAddress(c.Source) {
		c.Source = relative(dir, c.Source)
	}
	if c.Upstream != "" && !isAddress(c.Upstream) {
		c.Upstream = relative(dir, c.Upstream)
	}
	if c.Docs != "" {
		c.Docs = relative(dir, c.Docs)
	}
	c.Output = relative(dir, cmp.Or(c.Output, defaultOutput))
	if strings.HasPrefix(c.OData, ".") {
		c.OData = "." + string(filepath.Separator) + relative(dir, c.OData)
	}
	return c, nil
}

// relative returns a path of the configuration file, which may be spelled
// with backslashes, as seen from where dir is.
func relative(dir, name string) string {
	name = filepath.FromSlash(strings.ReplaceAll(name, `\`, "/"))
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

func yamlError(file string, err error) string {
	e, ok := errors.AsType[yaml.Error](err)
	if !ok || e.GetToken() == nil {
		return fmt.Sprintf("%s: %v", file, err)
	}
	at, message := e.GetToken().Position, e.GetMessage()
	// The library tells the types of Go. What it cannot put into a text is a
	// list or a mapping.
	if t, ok := errors.AsType[*yaml.TypeError](err); ok {
		message = "a text is expected here, not a list or a mapping"
		if t.DstType != nil && t.DstType.Kind() == reflect.Bool {
			message = "true or false is expected here"
		}
	}
	if strings.HasSuffix(message, "was used where sequence is expected") {
		message = "a list is expected here: put [ and ] around it"
	}
	return fmt.Sprintf("%s:%d:%d: %s", file, at.Line, at.Column, message)
}

// forReading fills in the defaults of what says how to read the source, and
// checks it.
func (c Config) forReading() (Config, error) {
	var problems []string
	if c.Source == "" {
		c.Source = input.Snapshot
	}
	switch c.Format {
	case "":
		c.Format = FormatAuto
	case FormatAuto, FormatCSDL, FormatOpenAPI:
	default:
		problems = append(problems, fmt.Sprintf("format: %q is none of %s, %s and %s", c.Format, FormatAuto, FormatCSDL, FormatOpenAPI))
	}
	if c.APIVersion == "" {
		c.APIVersion, c.versionGuessed = guessVersion(c.Source)
	}
	if c.versionGuessed && c.Upstream != "" {
		c.APIVersion, c.versionGuessed = guessVersion(c.Upstream)
	}
	if !apiVersion.MatchString(c.APIVersion) {
		problems = append(problems, fmt.Sprintf("api-version: %q is no version of Graph: beta or v1.0", c.APIVersion))
	}
	return c, configError(problems)
}

// configError returns all problems as one error, or nil if there are none.
func configError(problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	slices.Sort(problems)
	return &ConfigError{strings.Join(problems, "\n")}
}

// selects reports whether c asks for a part of the source.
func (c Config) selects() bool { return len(c.Include) > 0 || len(c.Types) > 0 }

// complete fills in the defaults and checks the rest.
func (c Config) complete() (Config, error) {
	var problems []string
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }

	c, err := c.forReading()
	if err != nil {
		problem("%v", err)
	}
	if !c.selects() {
		c.Include, c.defaulted = DefaultInclude, true
	}
	c.Output = cmp.Or(c.Output, defaultOutput)
	if c.Package == "" {
		c.Package = packageName(c.Output)
	}
	if c.Package == "" {
		problem("package: the folder %s suggests no name: give one with --package", c.Output)
	} else if !token.IsIdentifier(c.Package) || c.Package == "_" || c.Package == "main" || strings.HasSuffix(c.Package, "_test") {
		problem("package: %q is no name for a Go package that others import: give another with --package", c.Package)
	}
	if c.ImportPath == "" {
		importPath, err := importPathOf(c.Output, "--import-path")
		if err != nil {
			problem("import-path: %v", err)
		}
		c.ImportPath = importPath
	} else if err := module.CheckImportPath(c.ImportPath); err != nil {
		problem("import-path: %v", err)
	}
	switch {
	case c.OData == "":
		c.OData = c.ImportPath + "/" + golang.ODataDir
	case strings.HasPrefix(c.OData, "."):
		importPath, err := importPathOf(c.OData, "an import path with --odata")
		if err != nil {
			problem("odata: %v", err)
		} else if !c.hasSupport() {
			problem("odata: %s has no support package: generate the package first that it belongs to", c.OData)
		}
		c.OData = importPath
	default:
		if err := module.CheckImportPath(c.OData); err != nil {
			problem("odata: %v", err)
		}
	}
	return c, configError(problems)
}

// hasSupport reports whether the folder OData has a support package, or will
// have it because it is that of the output.
func (c Config) hasSupport() bool {
	own, err := filepath.Abs(filepath.Join(c.Output, golang.ODataDir))
	shared, sharedErr := filepath.Abs(c.OData)
	_, missing := os.Stat(filepath.Join(c.OData, "values.go"))
	return missing == nil || err == nil && sharedErr == nil && own == shared
}

// digested returns what of a complete configuration decides about the output,
// apart from the source and the place.
func (c Config) digested() Config {
	c.Source, c.Upstream, c.Output, c.Format, c.Docs, c.ExternalRefs = "", "", "", "", "", false
	return c
}

// apiVersion is what may stand in the path of every request.
var apiVersion = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.]*$`)

// guessVersion returns the version that the name of a source tells. Where it
// tells none, that is a guess: beta, where profiles are. What stands last
// counts, as a file may lie anywhere.
func guessVersion(source string) (version string, guessed bool) {
	beta, v1 := strings.LastIndex(source, "beta"), strings.LastIndex(source, "v1.0")
	switch {
	case source == input.Snapshot, beta > v1:
		return "beta", false
	case v1 > beta:
		return "v1.0", false
	default:
		return "beta", true
	}
}
