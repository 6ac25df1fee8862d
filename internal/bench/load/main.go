// Command load loads an OpenAPI document with kin-openapi, and does nothing else.
// It is the floor for reading such documents.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	origins := flag.Bool("origins", false, "record positions")
	flag.Parse()
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = *origins
	if _, err := loader.LoadFromFile(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
