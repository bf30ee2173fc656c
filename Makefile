# Everything here is a thin cover over go, so make is a convenience and no need.
GO       ?= go
FUZZTIME ?= 10s
BENCH    ?= .
PYTHON   ?= python3

# Packages whose tests compare with golden files define the flag -update.
GOLDEN = $(shell grep -rl --include='*_test.go' 'Bool."update"' cmd internal | xargs -n1 dirname | sort -u | sed 's,^,./,')

.DEFAULT_GOAL := help
.PHONY: help build dist test race browser shots s3 lint lake fuzz bench golden docs fleet-test fleet-demo clean

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build ./xlogscan, static and without paths of this machine
	CGO_ENABLED=0 $(GO) build -trimpath -o xlogscan ./cmd/xlogscan

dist: ## make the archives of a release in ./dist, with SHA256SUMS and bills of materials; VERSION names it, PLATFORMS chooses
	SOURCE_DATE_EPOCH=$(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct)) $(GO) run ./cmd/dist -o dist -version '$(VERSION)' $(if $(PLATFORMS),-platforms $(PLATFORMS))

test: ## run all tests
	$(GO) test ./...

race: ## run the tests of what starts goroutines, or is run by several, under the race detector, laws on fewer cases (needs a C compiler)
	$(GO) test -race ./internal/scan ./internal/xlog ./internal/worker -rapid.checks 25
	$(GO) test -race ./internal/source/...
	$(GO) test -race -run 'Follow|Interrupted|Signal|Metrics|Script/(scan|decode|pull|worker)' ./cmd/xlogscan

browser: ## run the tests of pages in Chromium (needs chromium)
	$(GO) test -tags browser -count 1 ./internal/report/browser

shots: ## take the screenshots of docs/html.md (needs chromium and a Chinese font)
	$(GO) test -tags browser -count 1 -run TestShots ./internal/report/browser -shots $(CURDIR)/docs/html

s3: ## run the tests of object storage against a server (needs versitygw)
	$(GO) test -tags s3 -count 1 -run '^TestStore' ./cmd/xlogscan

lint: ## check format, go vet and golangci-lint (built from tools/go.mod at first use)
	$(GO) vet ./...
	$(GO) vet -tags browser ./internal/report/...
	$(GO) vet -tags s3 ./cmd/xlogscan
	GOOS=windows $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...
	$(GO) tool -modfile=tools/go.mod golangci-lint run

lake: build ## read the tables of sample nights with DuckDB and Spark (needs duckdb, Java and pyspark)
	PATH="$(CURDIR):$$PATH" tools/lake.sh

fuzz: ## run every fuzz target for FUZZTIME
	GO=$(GO) tools/fuzz.sh $(FUZZTIME)

bench: ## run the benchmarks that match BENCH
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

golden: ## rewrite the golden files from what the code does now
	$(GO) test $(GOLDEN) -update

docs: ## generate docs/cli, docs/signatures, docs/rule.schema.json, docs/lake.sql, the columns of docs/tables.md and the forms of docs/inputs.md
	$(GO) generate ./cmd/xlogscan

fleet-test: build ## run a sample fleet on Spark, Slurm and GNU parallel (CONTRIBUTING.md says what they need)
	$(GO) build -o samplefleet ./cmd/samplefleet
	$(PYTHON) deploy/test_array.py ./xlogscan ./samplefleet
	$(PYTHON) deploy/spark/test_fleet.py ./xlogscan ./samplefleet

fleet-demo: ## make a sample fleet, run it on a local Spark, open the fleet report (needs Java 17, python3)
	deploy/demo.sh fleet-demo

clean: ## remove what the other targets made
	rm -rf xlogscan dist samplefleet fleet-demo
