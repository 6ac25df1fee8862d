# The Go version that the project is built with: an older go command fetches it.
export GOTOOLCHAIN = go1.27.3

# That of the same Go version: go fmt has no option to list files.
gofmt = "$$(go env GOROOT)/bin/gofmt"

.PHONY: generate test golden bench lint fmt

# The main job: generated/profile from the embedded snapshot, as msgraphgen.yaml says.
generate:
	go run ./cmd/msgraphgen generate --quiet

# All that must hold.
test: lint
	go test -timeout 30m ./...
	cd browser && go vet ./... && go test ./...

lint:
	@test -z "$$($(gofmt) -l .)" || { $(gofmt) -l . ; echo "the files above are not formatted: run make fmt"; exit 1; }
	go vet ./...
	go tool -modfile=tools/go.mod staticcheck ./...

fmt:
	$(gofmt) -w .

# Rewrite the golden files, for review with git diff.
golden: generate
	UPDATE_GOLDEN=1 go test ./...

# Time and memory, as ratios against a floor measured in the same run.
bench:
	go run ./internal/bench -cold
