# Needs Python 3.11 and make, nothing else. Everything is set up in .venv.
PYTHON ?= python3.11
ifeq ($(shell command -v $(PYTHON)),)
PYTHON := python3
endif

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-ready
DEV := $(VENV)/.dev-ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup warehouse test lint dev clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

warehouse: $(RUNTIME)  ## Set up, load LANDING_DIR and publish the warehouse
	@$(BIN)/mingzhang run

test: $(DEV)  ## Set up and run every test, linters included
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(DEV)  ## Run the linters alone
	@$(BIN)/python -m pytest tests/unit/test_linters.py

dev: $(RUNTIME)  ## Open the Dagster page (http://127.0.0.1:3000)
	@$(BIN)/mingzhang dev

setup: $(RUNTIME)  ## Set up without running anything

clean:  ## Remove the virtual environment (the warehouse stays)
	rm -rf $(VENV)

# The stamps make every later run skip set-up: they are older than the lock only when it changed.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Mingzhang needs Python 3.11; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUNTIME): requirements.lock pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation --no-index -e .
	$(BIN)/mingzhang parse
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

-include benchmarks/targets.mk
