package generator

import (
	"context"
	"fmt"

	"github.com/msgraphgen/msgraphgen/generator/output"
)

// Write makes the package that c asks for, and puts it into the output folder.
// Runs on one folder wait for each other. If ctx ends before anything has been
// written, nothing is; what has begun is finished.
//
// Errors are those of [Generate] and of output.Changes.Write.
func Write(ctx context.Context, c Config, options output.WriteOptions) (*Result, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	unlock, err := output.Exclusive(c.Output)
	if err != nil {
		return nil, err
	}
	defer unlock()
	result, err := Generate(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("interrupted, before anything was written: %w", err)
	}
	return result, result.Changes.Write(options)
}
