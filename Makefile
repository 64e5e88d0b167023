# Two commands do everything on a machine with Python >= 3.11, Node >= 20 and make:
#   make serve   sets up, builds and serves the site (PORT=8000)
#   make test    sets up, builds and runs all tests
# And while working:
#   make check   lint, types, and the tests that need neither build nor browser

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
PROJECT := python-trends
SITE_URL ?= http://127.0.0.1:$(PORT)/$(PROJECT)/

VENV := .venv
BIN := $(VENV)/bin
export SITE_URL
export NO_MKDOCS_2_WARNING = 1
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup serve build standalone livecells-wheel test check scripts lint format bench bench-keep chromium engines engines-keep validators data data-refresh polars-suite soak prose lock clean
.DEFAULT_GOAL := help

help:
	@grep -E '^#   make' Makefile | sed 's/^#   //'
	@echo "also: build standalone livecells-wheel lint format bench bench-keep engines-keep polars-suite soak data data-refresh prose lock clean"

setup: $(VENV)/.installed node_modules/.installed

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package-lock.json package.json
	npm ci --no-audit --no-fund
	@touch $@

serve: setup
	@echo "Building; then the site is at $(SITE_URL)"
	$(BIN)/mkdocs serve --dirty --dev-addr 127.0.0.1:$(PORT)

# Nothing that the site is made of is newer than its last build, which was for this address
INPUTS := py site data requirements mkdocs.yml package-lock.json CHANGELOG.md
BUILT := .cache/built

build: setup
	@if test -f $(BUILT) && grep -qF '<loc>$(SITE_URL)</loc>' _site/sitemap.xml \
	  && test -z "$$(find $(INPUTS) -name __pycache__ -prune -o -newer $(BUILT) -print -quit)"; \
	then echo "_site/ is up to date"; \
	else rm -f $(BUILT) && $(BIN)/mkdocs build --strict && touch $(BUILT); fi

# dist/python-trends/ runs from disk by opening its index.html; dist/python-trends.zip is the same to carry
standalone: build
	rm -rf dist/$(PROJECT) && mkdir -p dist
	cp _site/copy/$(PROJECT).zip dist/
	$(BIN)/python -m zipfile -e dist/$(PROJECT).zip dist/

# dist/livecells-*.whl: the engine for other sites, with all that npm and Node make
livecells-wheel: setup
	$(BIN)/python -m livecells.package .cache/package
	rm -f dist/livecells-*.whl
	cd .cache/package && $(abspath $(BIN))/python -m hatchling build -t wheel -d $(abspath dist)

# ruff, mypy and tsc; then unit and golden tests, the real Pyodide under Node, the built site in Chromium,
# and what every engine must run in Firefox and WebKit, too. An engine that cannot be had is left out; with CI set that fails.
# Lint and build need a core each. A file's tests stay together, for they share a page; tests/conftest.py orders the files.
test: setup
	$(MAKE) -j$(JOBS) lint scripts build engines validators
	LIVECELLS_SITE=_site $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: lint scripts
	$(BIN)/pytest -n $(JOBS) --dist worksteal tests/unit tests/golden

scripts: setup
	node --test tests/js/

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	node_modules/.bin/tsc --project .

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Options: make bench BENCH="--runs 5", or BENCH=--quick
bench: build chromium
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

# The last run of the bench becomes the record that the page "How fast" shows; then build
bench-keep: setup
	PYTHONPATH=tests $(BIN)/python -m bench.keep
	$(BIN)/python -m trends.datasets.names
	$(BIN)/python -m trends.datasets
	$(MAKE) prose

# A day of a reader's edits, restarts and ticks in some minutes; fails where memory grows
soak: build chromium
	PYTHONPATH=tests $(BIN)/python -m soak

# Nearly all of Polars' own tests, from its sdist, in Pyodide under Node with our wheel
polars-suite: build
	POLARS_SUITE=whole LIVECELLS_SITE=_site $(BIN)/pytest tests/pyodide/test_polars_suite.py

chromium: setup
	@$(BIN)/python tests/browser/chromium.py

# An environment of its own: what tables and releases are loaded with elsewhere brings pandas along
validators: .cache/validators/.installed

.cache/validators/.installed: requirements/validators.txt
	$(PYTHON) -m venv .cache/validators
	.cache/validators/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/validators.txt
	@touch $@

engines: setup
	@PYTHONPATH=tests $(BIN)/python -m browser.engines

# The tests in every engine become the record that the page "Which browsers" shows; then build
engines-keep: build engines
	ENGINES_RECORD=data/sources/engines.csv LIVECELLS_SITE=_site $(BIN)/pytest tests/browser/test_in_*.py
	$(BIN)/python -m trends.datasets
	$(MAKE) prose

# The Parquet files from the extracts in data/sources/
data: setup
	$(BIN)/python -m trends.datasets.names
	$(BIN)/python -m trends.datasets

data-refresh: setup
	$(BIN)/python -m trends.datasets.refresh

# Accept what prose and charts say now: tests/golden/prose.json
prose: setup
	LIVECELLS_ACCEPT=1 $(BIN)/mkdocs build --strict

# Needs pip-tools in the environment, for browser.txt under Python >= 3.13
lock:
	cd requirements && CUSTOM_COMPILE_COMMAND="make lock" pip-compile $(LOCK_FLAGS) --allow-unsafe dev.in -o dev.txt
	cd requirements && CUSTOM_COMPILE_COMMAND="make lock" pip-compile $(LOCK_FLAGS) --unsafe-package markupsafe browser.in -o browser.txt
	cd requirements && CUSTOM_COMPILE_COMMAND="make lock" pip-compile $(LOCK_FLAGS) --allow-unsafe validators.in -o validators.txt
LOCK_FLAGS := --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --quiet

clean:
	rm -rf _site dist .cache .livecells .bench .mypy_cache .ruff_cache .pytest_cache
