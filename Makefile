# The words of this project: run, test, lint, screenshots, bench. `make help` lists them all.
# One virtual environment, .venv, is made on first use; stamp files make every later call start at once.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input --quiet
LOCKED := $(PIP) --require-hashes
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard resources/locale/*/LC_MESSAGES/*.po))
# Two at a time, unless the machine has one processor.
JOBS ?= 2

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: run test lint screenshots bench gates soak lock clean help system-run system-test

help: ## list these words
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: system-run .venv/run.stamp $(CATALOGUES) ## open the window (without a display: do the main job in build/demo)
	@tools/run.sh $(BIN)/soloflow

test: lint ## lint, then every test, the journeys in a window of their own
	@QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -n $(JOBS) -m "not journey"
	@tools/with_display.sh $(BIN)/pytest -q -m journey

lint: system-test .venv/test.stamp $(CATALOGUES) ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

screenshots: system-test .venv/test.stamp $(CATALOGUES) ## the pictures of the README and the guide
	@tools/with_display.sh $(BIN)/python tools/screenshots.py

bench: system-test .venv/test.stamp $(CATALOGUES) ## one script per promise of speed, each against a peer measured in the same run
	@set -e; for script in benchmarks/bench_*.py; do tools/with_display.sh $(BIN)/python "$$script"; done

gates: system-test .venv/test.stamp $(CATALOGUES) ## the built site and the wheel, with the thorough settings
	@SOLOFLOW_THOROUGH=1 QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -n $(JOBS) tests/site tests/publish tests/packaging

soak: system-test .venv/test.stamp $(CATALOGUES) ## long random sessions, killed programs, 10,000 random logs and the simulation (an hour or two)
	@SOLOFLOW_THOROUGH=1 QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -n $(JOBS) -m "not journey" --timeout 1800

lock: .venv/bin/python ## choose the versions in requirements/ anew from pyproject.toml
	@tools/lock.sh $(BIN)/python

clean: ## remove everything that was made, the environment included
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(CATALOGUES)
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the words above need ---

system-run:
	@tools/bootstrap.sh run

system-test:
	@tools/bootstrap.sh test

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 以降が必要です / Python 3.11 or newer is needed"; exit 1; }
	@echo "making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements/runtime.txt requirements/build.txt pyproject.toml hatch_build.py
	@echo "installing what the program needs into .venv (once, a few minutes)"
	@$(LOCKED) -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: .venv/bin/python requirements/build.txt requirements/dev.txt pyproject.toml hatch_build.py
	@echo "installing what the program and its tests need into .venv (once, a few minutes)"
	@$(LOCKED) -r requirements/build.txt
	@$(LOCKED) --no-build-isolation -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ .venv/run.stamp

%.mo: %.po
	@$(BIN)/python -c 'import sys; from pathlib import Path; from hatch_build import compile_catalogues; \
	compile_catalogues(Path(sys.argv[1]))' $(dir $@)
