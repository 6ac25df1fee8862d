package generator

import "testing"

// The figures agree with measurements: Microsoft Graph v1.0 of 2026 took 77 s and 5.3 GB.
func TestSizeAdvice(t *testing.T) {
	if got := sizeAdvice(2000, 1999); got != "" {
		t.Errorf("there is advice for a package that is not large: %s", got)
	}
	const want = "the package has 3822 types and 9110 methods: to compile it takes about 78 s of processor time and 5.2 GB of memory, and its tests take more; if that is too much, select less, or make a package for each area (docs/large-packages.md)"
	if got := sizeAdvice(3822, 9110); got != want {
		t.Errorf("the advice is\n%s\nwant\n%s", got, want)
	}
}
