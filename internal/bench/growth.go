package main

import (
	"context"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/msgraphgen/msgraphgen/generator"
	"github.com/msgraphgen/msgraphgen/generator/api"
	"github.com/msgraphgen/msgraphgen/generator/config"
	"github.com/msgraphgen/msgraphgen/generator/csdl"
	"github.com/msgraphgen/msgraphgen/generator/model"
)

// pictureFile is the picture of the growth, relative to the root of the project.
const pictureFile = "docs/growth.svg"

// point is a measured selection.
type point struct{ count, seconds, bytes float64 }

// growth measures how time and memory grow with the selection, in types and in
// methods, and draws a picture.
func growth() ([]row, error) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	m, err := csdl.Parse(schemaFile, data, csdl.Options{})
	if err != nil {
		return nil, err
	}
	model.Link(m)
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, map[string]string{"go.mod": "module example.com/bench\n"}); err != nil {
		return nil, err
	}

	var names, paths []string
	for _, s := range m.Schemas {
		for t := range s.Types() {
			names = append(names, t.QualifiedName())
		}
	}
	for _, s := range m.Container.Sources {
		paths = append(paths, "/"+s.Name+"/**")
	}
	few := api.Options{Include: config.DefaultInclude}
	byType, byMethod := []api.Options{few}, []api.Options{few}
	for _, share := range []int{32, 16, 8, 4, 2, 1} {
		byType = append(byType, api.Options{Types: names[:len(names)/share]})
	}
	for _, share := range []int{64, 32, 16, 8, 4, 2, 1} {
		byMethod = append(byMethod, api.Options{Include: paths[:len(paths)/share]})
	}
	var rows []row
	var curves [][]point
	for _, selections := range [][]api.Options{byType, byMethod} {
		var curve []point
		for i, o := range selections {
			c := config.Config{Input: config.Input{Source: schemaFile, APIVersion: "beta"}, Options: o, Destination: config.Destination{Output: filepath.Join(dir, "graph")}}
			r := row{floor: i == 0}
			var result *generator.Result
			for range 5 {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				start := time.Now()
				if result, err = generator.Generate(context.Background(), c); err != nil {
					return nil, err
				}
				r.time = append(r.time, time.Since(start).Seconds())
				runtime.ReadMemStats(&after)
				r.bytes = append(r.bytes, float64(after.TotalAlloc-before.TotalAlloc))
				r.allocs = append(r.allocs, float64(after.Mallocs-before.Mallocs))
			}
			r.name = fmt.Sprintf("%d types, %d methods", result.Types, result.Methods)
			count := result.Types
			if len(curves) == 1 {
				count = result.Methods
			}
			curve = append(curve, point{float64(count), median(r.time), median(r.bytes)})
			rows = append(rows, r)
		}
		curves = append(curves, curve)
	}
	return rows, os.WriteFile(pictureFile, []byte(picture(curves[0], curves[1])), 0o644)
}

// The size of a panel of the picture, and of the space around it, in pixels.
const (
	panelWidth  = 300.0
	panelHeight = 180.0
	margin      = 60.0
)

// picture draws two panels, with time in black and memory in blue.
func picture(types, methods []point) string {
	var panels []panel
	for i, p := range []struct {
		unit  string
		curve []point
	}{{"types", types}, {"methods", methods}} {
		last := p.curve[len(p.curve)-1]
		made := panel{
			X: margin + float64(i)*(panelWidth+2*margin), Y: margin / 2, Width: panelWidth, Height: panelHeight,
			Right: fmt.Sprintf("%.0f %s", last.count, p.unit), Time: seconds(last.seconds), Memory: size(last.bytes),
		}
		for _, at := range p.curve {
			x := at.count / last.count * panelWidth
			made.Seconds += fmt.Sprintf("%.1f,%.1f ", x, panelHeight*(1-at.seconds/last.seconds))
			made.Bytes += fmt.Sprintf("%.1f,%.1f ", x, panelHeight*(1-at.bytes/last.bytes))
		}
		panels = append(panels, made)
	}
	var b strings.Builder
	if err := pictureTemplate.Execute(&b, panels); err != nil {
		return err.Error()
	}
	return b.String()
}

// panel is a coordinate system with two curves. Each curve ends at its top right.
type panel struct {
	X, Y, Width, Height float64
	Right               string // the largest number on the x axis
	Time, Memory        string // the largest values
	Seconds, Bytes      string // the points of the curves
}

var pictureTemplate = template.Must(template.New("growth").Parse(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 0 860 270" font-family="sans-serif" font-size="12">
<title>Time and memory of generate, by the size of the selection</title>
<rect width="840" height="270" fill="#fff"/>
{{range .}}<g transform="translate({{.X}} {{.Y}})">
<path d="M0 0V{{.Height}}H{{.Width}}" fill="none" stroke="#888"/>
<polyline points="{{.Seconds}}" fill="none" stroke="#111" stroke-width="2"/>
<polyline points="{{.Bytes}}" fill="none" stroke="#06c" stroke-width="2" stroke-dasharray="5 3"/>
<text x="{{.Width}}" y="{{.Height}}" dy="16" text-anchor="end">{{.Right}}</text>
<text x="-6" y="6" text-anchor="end">{{.Time}}</text>
<text x="-6" y="22" text-anchor="end" fill="#06c">{{.Memory}}</text>
<text x="-6" y="{{.Height}}" text-anchor="end">0</text>
</g>
{{end}}<text x="60" y="258">solid: time; <tspan fill="#06c">dashed: bytes allocated</tspan></text>
</svg>
`))
