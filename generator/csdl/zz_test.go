package csdl

import (
	"fmt"
	"github.com/msgraphgen/msgraphgen/generator/model"
	"github.com/msgraphgen/msgraphgen/generator/source"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/metadata/csdl/*.xml")
	files = append(files, "../snapshot/profile.xml")
	for _, f := range files {
		data, _ := os.ReadFile(f)
		var ds source.Diagnostics
		s := time.Now()
		m := Parse(filepath.Base(f), data, &ds)
		p := time.Since(s)
		s = time.Now()
		model.Link(m, &ds)
		fmt.Println(f, p, time.Since(s), len(m.Schemas), ds.Err(), len(ds.Warnings()))
		for _, w := range ds.Warnings() {
			fmt.Println("  ", w)
		}
	}
}
