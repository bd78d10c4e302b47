# `make` lists the targets that have a help text after `##`.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types docs fast golden eval eval-sample eval-pin coverage bench screenshots vendor vendor-check clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 5 --timeout 60 -e '.[dev]'
CORPORA ?= ../shared/corpora
export OPENBLAS_NUM_THREADS ?= 1

help:  ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## Create a virtual environment in .venv with kg, its tools and its model

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	@for pause in 5 20 no; do \
	  echo "$(INSTALL)"; $(INSTALL) && exit 0; \
	  [ $$pause = no ] || { echo "*** Again in $$pause seconds ***"; sleep $$pause; }; \
	done; printf '%s\n' '*** NOT INSTALLED: see what pip says above. It needs the package index once;' \
	  '    where there is none: PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER-OF-WHEELS make ***' >&2; exit 1
	@touch $@

demo: $(STAMP)  ## Build, query, export and render the graph of seeds/
	rm -rf build/demo && mkdir -p build/demo
	$(BIN)/kg build seeds/articles --config seeds/kg.toml --store build/demo/kg.db
	$(BIN)/kg query disputed-figures --store build/demo/kg.db
	$(BIN)/kg query not-verified --store build/demo/kg.db
	$(BIN)/kg query chain-of-transmission --store build/demo/kg.db
	$(BIN)/kg export --store build/demo/kg.db --format turtle --out build/demo/graph.ttl
	$(BIN)/kg render --store build/demo/kg.db --out build/demo/graph.html
	@printf '\nThe graph as Turtle: %s\nThe graph to look at: %s\n' "$(CURDIR)/build/demo/graph.ttl" "$(CURDIR)/build/demo/graph.html"

test: check eval-sample  ## Run everything that CI runs: lint, types, docs, all tests, quality floors

check: lint types docs $(STAMP)
	$(BIN)/python scripts/browser.py
	$(BIN)/pytest

lint: $(STAMP)  ## Check style, import contracts, language and vendored files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.language
	$(BIN)/python -m scripts.vendor --check

types: $(STAMP)  ## Check types (mypy --strict)
	$(BIN)/mypy

docs: $(STAMP)  ## Check that the generated pages are up to date
	$(BIN)/python -m scripts.pages --check

fast: $(STAMP)  ## Run the tests that need neither model nor browser
	$(BIN)/pytest -m "not model and not browser"

golden: $(STAMP)  ## Rewrite golden files and generated pages; then read `git diff`
	$(BIN)/pytest --update-golden -k golden
	$(BIN)/python -m scripts.pages

eval: $(STAMP)  ## Measure quality on all of CORPORA, and compare with the floors
	$(BIN)/python -m evaluation.run $(CORPORA)

eval-sample: $(STAMP)  ## The same on a sample, in under two minutes
	$(BIN)/python -m evaluation.run $(CORPORA) --sample

eval-pin: $(STAMP)  ## Raise the floors to the present figures
	$(BIN)/python -m evaluation.run $(CORPORA) --sample --pin
	$(BIN)/python -m evaluation.run $(CORPORA) --pin

coverage: $(STAMP)  ## List verbs and event nouns of CORPORA that are missing in the lexicons
	$(BIN)/python -m evaluation.coverage $(CORPORA)
	$(BIN)/python -m evaluation.factuality $(CORPORA)

bench: $(STAMP)  ## Measure speed: extraction against plain spaCy, store, query, export, updates, a page of 50,000 nodes (TEXTS=FILE.jsonl for your own texts)
	$(BIN)/python -m evaluation.bench $(TEXTS)

screenshots: $(STAMP)  ## Take screenshots of every view of seeds/ for docs/
	$(BIN)/python -m scripts.screenshots

train: $(STAMP)  ## Train the event proposer on the gold (needs the corpora and the extra "train")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m scripts.train $(CORPORA)/..

vendor: $(STAMP)  ## Fetch the pinned front-end libraries from npm (needs npm and the network)
	$(BIN)/python -m scripts.vendor

vendor-check: $(STAMP)  ## Check the vendored files by their digests, offline
	$(BIN)/python -m scripts.vendor --check

clean:  ## Remove all files that make created
	rm -rf build dist $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
