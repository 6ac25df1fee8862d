package main

import (
	"os"
	"syscall"
)

// peak returns the largest resident set of a process that has ended, in bytes.
func peak(p *os.ProcessState) float64 {
	rusage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(rusage.Maxrss) * 1024
}
