# Two commands for a newcomer: make explore, make test. The rest: make help.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help explore test test-wide lint format bench data docs lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

explore: $(VENV)/run.stamp ## make the environment and the snapshot, open the explorer on 127.0.0.1
	$(BIN)/giftgraph explore

test: $(VENV)/dev.stamp ## make the environment, run all tests but the wide ones
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "not wide" $(ARGS)

test-wide: $(VENV)/dev.stamp ## the tests on large inputs and second servers
	$(BIN)/python -m pytest -m wide $(ARGS)

lint: $(VENV)/dev.stamp ## format check, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## format and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## the benchmarks, side by side, ratios and medians
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

data: $(VENV)/run.stamp ## write data/ from the curated tables and the fetched registers
	$(BIN)/python -m giftgraph.curated
	$(BIN)/python -m giftgraph.sources

docs: $(VENV)/dev.stamp ## write the generated pages of docs/
	$(BIN)/python -m giftgraph.reference
	$(BIN)/python -m giftgraph.catalogue
	$(BIN)/python -m giftgraph.network.reference
	$(BIN)/python notebooks/render.py

lock: $(VENV)/dev.stamp ## pin what make installs
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --extra explore pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --extra all --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and caches of the checkout
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "giftgraph needs Python 3.11 or later; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/run.stamp
