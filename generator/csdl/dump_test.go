package csdl_test

import (
	"fmt"

	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"github.com/msgraphgen/msgraphgen/internal/dump"
)

// dumpModel returns all that is in a model, with or without positions.
func dumpModel(m *model.Model, positions bool) string {
	if !positions {
		return dump.Text(m, nil)
	}
	return dump.Text(m, func(at source.Position) string { return fmt.Sprintf("%d:%d", at.Line, at.Column) })
}
