PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: help setup demo test lint format golden gate bench docs package clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(STAMP) ## Make .venv with the tool and all it needs

demo: $(STAMP) ## Extract the samples, print their records and explain one
	@sh tools/demo.sh $(BIN)

test: lint ## Lint, then run every test
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## Put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP) ## Run the golden pages and samples again and show the difference to accept
	$(BIN)/python tools/golden.py
	@git --no-pager diff --stat -- tests/pages samples || true

gate: $(STAMP) ## Score the development corpus; fails below a recorded floor
	$(BIN)/python tools/gate.py

bench: $(STAMP) ## Compare speed with other tools on the same pages
	$(BIN)/python tests/benchmarks/run.py

package: $(STAMP) ## Build the wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## Remove what was made
	rm -rf $(VENV) .venv-bench build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
