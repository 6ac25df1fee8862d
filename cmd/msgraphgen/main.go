// Command msgraphgen generates Go packages from Microsoft Graph metadata.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
