//go:build !linux

package main

import "os"

// peak returns 0, as other systems report the peak in other ways.
func peak(*os.ProcessState) float64 { return 0 }
