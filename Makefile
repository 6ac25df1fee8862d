# The Go version of the project. An older go command downloads it.
export GOTOOLCHAIN = go1.27.3

# The gofmt of the same Go version. Unlike go fmt, it can list files.
gofmt = "$$(go env GOROOT)/bin/gofmt"

.PHONY: generate test test-all cross race unit-test browser-test lint fmt licenses golden bench documents

# Generate generated/profile from the built-in snapshot, with msgraphgen.yaml.
generate:
	go run ./cmd/msgraphgen generate --quiet

# Run all checks and tests, two at a time. Tests that try one thing with very many
# inputs take a part of them: see test-all. With -trimpath, a package that several
# tests generate is compiled only once, wherever they write it.
test: export GOFLAGS = -trimpath
test:
	@$(MAKE) --no-print-directory --jobs=2 --output-sync lint unit-test browser-test

# The same with all inputs. CI runs it.
test-all:
	@$(MAKE) --no-print-directory short= test

# Compile and vet everything for other systems. CI runs it.
cross: export GOFLAGS = -trimpath
cross:
	@for system in windows/amd64 darwin/arm64 linux/386; do \
		echo "vet for $$system"; \
		export GOOS=$${system%/*} GOARCH=$${system#*/}; \
		go build ./... && go vet ./... || exit 1; \
	done

short = -short

# More tests run at a time than there are cores, as some of them wait.
unit-test:
	go test $(short) -vet=off -p 3 -parallel 4 -timeout 30m ./...

browser-test:
	cd browser && go vet ./... && go test $(short) -timeout 30m ./...

lint:
	@test -z "$$($(gofmt) -l .)" || { $(gofmt) -l . ; echo "the files above are not formatted: run make fmt"; exit 1; }
	go vet ./...
	go tool -modfile=tools/go.mod staticcheck ./...

fmt:
	$(gofmt) -w .

# List the licenses of the modules that the command and generated packages are built
# with. Others than these are an error.
licenses:
	@go tool -modfile=tools/go.mod go-licenses check --allowed_licenses=MIT,BSD-3-Clause,Apache-2.0 ./cmd/... ./generated/... 2>/dev/null
	@go tool -modfile=tools/go.mod go-licenses report --template tools/licenses.tmpl ./cmd/... ./generated/... 2>/dev/null

# Rewrite the golden files, to review them with git diff.
golden: generate
	UPDATE_GOLDEN=1 go test ./...

# Measure time and memory, as ratios against a floor in the same run. Check that time
# grows in proportion to the input.
bench:
	go run ./internal/bench -cold -report docs/benchmarks.md
	GROWTH=1 go test -count=1 -run 'Growth|Proportion' ./...

# Generate everything in each document of the real metadata, compile it, vet it and run
# its tests.
documents:
	go run ./internal/bench -documents

# Run the codecs, the support code and the generated packages with the race detector, and
# the tests that are generated from the examples of all reference pages.
race: export GOFLAGS = -race
race:
	go test ./templates/... ./testdata/golden/... ./generated/...
	MSGRAPHGEN_ALL_PAGES=1 go test -count=1 -timeout 60m ./generator -run Page
