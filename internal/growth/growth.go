// Package growth checks that work grows no faster than its input.
package growth

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"
)

// Most is how many times as much memory and time the double input may take.
const Most = 2.5

// mostOfEight is how many times as long eight times the input may take. Quadratic work
// takes 64 times as long.
const mostOfEight = 32

// Check requires that work on twice the size takes at most [Most] times the
// allocated bytes. The function prepare makes the input of a size, and returns the work
// on it.
//
// The time depends on what else the machine does. Therefore, only make bench checks it,
// by the environment variable GROWTH=1. A larger number multiplies all sizes, to find
// what only large inputs show.
func Check(t *testing.T, size int, prepare func(size int) func()) {
	t.Helper()
	factor, _ := strconv.Atoi(os.Getenv("GROWTH"))
	size *= max(factor, 1)
	once, twice := prepare(size), prepare(2*size)
	once() // warm up
	before, after := allocated(once), allocated(twice)
	t.Logf("%d: %d KB; %d: %d KB", size, before>>10, 2*size, after>>10)
	if float64(after) > Most*float64(before) {
		t.Errorf("the double size %d allocates %d KB, which is %.1f times as much", 2*size, after>>10, float64(after)/float64(before))
	}
	if factor > 0 {
		checkTime(t, size, once, twice, prepare)
	}
}

// checkTime requires that work on twice the size takes at most [Most] times as long, and
// ignores less than 10 ms. As another process can take time from any of the runs, eight
// times the size has to confirm that the time grows too fast.
func checkTime(t *testing.T, size int, once, twice func(), prepare func(size int) func()) {
	t.Helper()
	before, after := fastest(once), fastest(twice)
	t.Logf("%d: %v; %d: %v", size, before, 2*size, after)
	if after < 10*time.Millisecond || float64(after) <= Most*float64(before) {
		return
	}
	if large := fastest(prepare(8 * size)); large > mostOfEight*before {
		t.Errorf("the double size %d takes %v, which is %.1f times as long, and the size %d takes %v", 2*size, after, float64(after)/float64(before), 8*size, large)
	}
}

// allocated returns the bytes that work allocates in the best of five runs. The garbage
// collector waits: it would take buffers from pools, in one run more often than in another.
func allocated(work func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	least := uint64(math.MaxUint64)
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		work()
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}

// fastest returns the time of the fastest of five runs. Each begins without garbage:
// otherwise it would ask the system for memory again.
func fastest(work func()) time.Duration {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	least := time.Duration(math.MaxInt64)
	for range 5 {
		runtime.GC()
		start := time.Now()
		work()
		least = min(least, time.Since(start))
	}
	return least
}
