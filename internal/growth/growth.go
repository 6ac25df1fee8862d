// Package growth checks that work grows no faster than its input.
package growth

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// Most is how many times as much time and memory the double input may take.
const Most = 2.5

// mostOfEight is how many times as long eight times the input may take. Quadratic work
// takes 64 times as long.
const mostOfEight = 32

// Check requires that work on twice the size takes at most [Most] times the
// allocated bytes and the time. The bytes decide; the time is that of the fastest of
// five runs. Times below 10 ms are ignored: they depend on the machine more than on the
// work. A busy machine interrupts long runs more often than short ones: therefore
// eight times the size has to confirm that the time grows too fast.
//
// The function prepare makes the input of a size, and returns the work on it.
func Check(t *testing.T, size int, prepare func(size int) func()) {
	t.Helper()
	once, twice := prepare(size), prepare(2*size)
	once() // warm up
	before, after := measure(once), measure(twice)
	t.Logf("%d: %v, %d KB; %d: %v, %d KB", size, before.time, before.bytes>>10, 2*size, after.time, after.bytes>>10)
	if float64(after.bytes) > Most*float64(before.bytes) {
		t.Errorf("the double size %d allocates %d KB, which is %.1f times as much", 2*size, after.bytes>>10, float64(after.bytes)/float64(before.bytes))
	}
	tooLong := func() bool {
		return after.time >= 10*time.Millisecond && float64(after.time) > Most*float64(before.time)
	}
	for again := 0; again < 5 && tooLong(); again++ {
		before.time = min(before.time, measure(once).time)
		after.time = min(after.time, measure(twice).time)
	}
	if !tooLong() {
		return
	}
	if large := measure(prepare(8 * size)); large.time > mostOfEight*before.time {
		t.Errorf("the double size %d takes %v, which is %.1f times as long, and the size %d takes %v", 2*size, after.time, float64(after.time)/float64(before.time), 8*size, large.time)
	}
}

type cost struct {
	time  time.Duration
	bytes uint64
}

// measure returns the time of the fastest of five runs, and the bytes that one allocates
// at least. The garbage collector waits: it would take buffers from pools, in one run more
// often than in another.
func measure(work func()) cost {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var times []time.Duration
	var bytes []uint64
	var before, after runtime.MemStats
	runtime.GC()
	for range 5 {
		runtime.ReadMemStats(&before)
		start := time.Now()
		work()
		times = append(times, time.Since(start))
		runtime.ReadMemStats(&after)
		bytes = append(bytes, after.TotalAlloc-before.TotalAlloc)
	}
	return cost{slices.Min(times), slices.Min(bytes)}
}
