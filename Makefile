# Every target prepares what it needs: a fresh clone with Python 3.11 or newer, git and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := build/example

.PHONY: demo test check gate look bench docs gazetteer background requirements clean

# --- the README's two commands ---

demo: $(VENV)/.run
	$(BIN)/variorum build examples/velmark/pages -o $(EXAMPLE)/dossier --outlets examples/velmark/outlets.csv --gazetteer examples/velmark/gazetteer.csv
	$(BIN)/variorum report $(EXAMPLE)/dossier -o $(EXAMPLE)/report.html
	@echo "The report lies at $(EXAMPLE)/report.html: open it in a browser."

test: $(VENV)/.test
	$(BIN)/python -m pytest

# --- for those who change the code ---

check: $(VENV)/.test
	$(BIN)/ruff format --check src tests bench examples training
	$(BIN)/ruff check src tests bench examples training
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/generate.py --check

gate: $(VENV)/.bench
	$(BIN)/python -m bench.quality.gate

# The held-out half of the gold: five looks a version, each logged. WHY="what made it worth a look"
look: $(VENV)/.bench
	$(BIN)/python -m bench.gold.look --why "$(WHY)" $(LOOK)

bench: $(VENV)/.bench
	$(BIN)/python -m bench.speed.run

docs: $(VENV)/.test
	$(BIN)/python docs/generate.py

# --- the data that ships, made from open data in ../shared/data ---

gazetteer: build/gazetteer/.made
	build/gazetteer/bin/python resources/gazetteer/build.py

background: $(VENV)/.run
	$(BIN)/python resources/background/build.py ../shared/data

build/gazetteer/.made: resources/gazetteer/requirements.txt | $(VENV)/.python
	$(PYTHON) -m venv build/gazetteer
	build/gazetteer/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r resources/gazetteer/requirements.txt
	@touch $@

requirements: $(VENV)/.python
	$(BIN)/python -m pip install --quiet uv
	for n in requirements/run requirements/test requirements/bench resources/gazetteer/requirements; do \
	  $(BIN)/uv pip compile $$n.in --overrides requirements/never.in --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o $$n.txt; done

clean:
	rm -rf $(VENV) build

# --- the virtual environment: pinned, hashed, nothing resolved ---

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# Bytecode even where the environment tells Python or pip to write none: without it every start compiles for 1.5 s.
	-$(BIN)/python -m compileall -q $(VENV)/lib src
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt
	@touch $@
