# From nothing but Python 3.11 or newer, make and git. `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run teams test check bench soak playground lock migration weights clean

PYTHON = $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PLAYGROUND := 0.2.28
REQUIREMENTS := requirements/build.txt requirements/run.txt

help: ## what there is
	@awk -F ' *## ' '/^[a-z]+:.*## / { split($$1, name, ":"); printf "  make %-10s %s\n", name[1], $$2 }' Makefile

run: .venv/run ## the assistant on a page in your browser, with sample companies: http://127.0.0.1:8080
	@exec $(BIN)/ldsupport try

teams: .venv/playground ## Microsoft Teams in your browser, as a customer and as the desk, without an account (needs Node)
	@exec $(BIN)/python -m tools.playground

test: .venv/test ## the tests
	@echo "▸ tests";   $(BIN)/python -m pytest -n 2

check: .venv/test ## style, types, layers, phrases, then the tests: all that a change must pass
	@echo "▸ style";   $(BIN)/ruff check --quiet --output-format concise . && $(BIN)/ruff format --quiet --check .
	@echo "▸ types";   $(BIN)/mypy --no-error-summary
	@echo "▸ layers";  $(BIN)/lint-imports --no-logo > .venv/layers.txt || { cat .venv/layers.txt; exit 1; }
	@echo "▸ phrases"; $(BIN)/python -m tools.check_phrases
	@$(MAKE) --no-print-directory test

bench: .venv/test ## speed and memory, measured and not judged
	@$(BIN)/python -m tests.bench

soak: .venv/test ## crash and restart, for longer than the tests have time for
	@$(BIN)/python -m pytest -m soak tests/crash tests/desk tests/transcripts

playground: .venv/playground ## whole cases in Microsoft's Agents Playground, in a browser (needs Node and Chromium)
	@$(BIN)/python -m pytest -m playground tests/playground

lock: .venv/run ## pin and hash the requirements anew
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@for name in requirements/build requirements/run requirements/test requirements/weights tests/bench/botbuilder/requirements; do \
		$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url --no-emit-find-links $$name.in -o $$name.txt; done

migration: .venv/test ## a migration from what changed in the tables: make migration name="what changed"
	@$(BIN)/python -m storage.migrations "$(name)"
	@$(BIN)/ruff format --quiet storage/migrations/versions; $(BIN)/ruff check --quiet --fix storage/migrations/versions

weights: .venv/weights ## what the readers learn from their examples, anew: after a change of the examples or of the rules
	@$(BIN)/python -m tools.compile_weights

clean: ## forget everything that was made here, but not data/
	rm -rf .venv .venv-botbuilder .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build

# Each stamp is newer than what it was made from, so that the second time there is nothing to do.

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer (with venv) is needed and was not found." \
		"Install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "▸ making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/run: $(REQUIREMENTS) pyproject.toml | .venv/bin/python
	@echo "▸ installing what the assistant needs (once, about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(REQUIREMENTS:%=-r %)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements/test.txt .venv/run
	@echo "▸ installing what the tests need (once, about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

.venv/weights: requirements/weights.txt .venv/test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/weights.txt
	@touch $@

.venv/playground: Makefile .venv/test
	@command -v npm >/dev/null || { echo "Node with npm is needed and was not found. Install it, then try again." >&2; exit 1; }
	@echo "▸ installing Microsoft's Agents Playground (once)"
	@npm install --silent --no-fund --no-audit --prefix .venv/node @microsoft/m365agentsplayground@$(PLAYGROUND)
	@touch $@
