# Two commands for a clean clone: `make report` and `make test`. Both are safe to repeat.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := $(shell find toolkit notebooks data -type f -not -path '*/__pycache__/*' -not -path 'data/processed/*' | sed 's/ /\\ /g')
NAMES := corpus framing sentiment actors validation
REPORTS := $(NAMES:%=reports/%.html)
MISSING := $(filter-out $(wildcard $(REPORTS)),$(REPORTS))

.PHONY: help report test lint browser bench lock lab clean FORCE

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

report: reports/.sample  ## Render the five reports of the sample corpus into reports/
	@printf '%s\n' $(REPORTS)

test: lint  ## Run lint and all tests
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 8 --dist loadfile

lint: $(READY)  ## Check style and that no notebook holds outputs
	$(BIN)/ruff check toolkit tests notebooks/*.ipynb
	$(BIN)/ruff format --check toolkit tests notebooks/*.ipynb
	@$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb \
		|| { echo "make: a notebook holds outputs. Clear them: $(BIN)/nbstripout --keep-id notebooks/*.ipynb"; exit 1; }

browser: $(READY)  ## Look at the reports and run the notebooks in a real browser: needs Chromium and npm
	$(BIN)/python -m pip install --quiet playwright
	npm install --silent --no-save --prefix $(VENV) axe-core
	BROWSER=1 AXE=$(VENV)/node_modules/axe-core/axe.min.js $(BIN)/python -m pytest tests/test_browser.py

bench: $(READY)  ## Measure speed, as ratios in one run, and how well speech and names are found; with AGAINST=REVISION beside that revision
	$(BIN)/python -m tests.bench $(if $(AGAINST),--against $(AGAINST))

lab: $(READY)  ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

lock: $(READY)  ## Write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra all --extra dev --generate-hashes --no-emit-index-url --no-header \
		--upgrade --output-file requirements.lock pyproject.toml

clean:  ## Remove what make made
	rm -rf $(VENV) reports/.sample $(REPORTS) $(REPORTS:.html=.manifest.json) $(REPORTS:.html=.results.json)

FORCE:

reports/.sample: $(READY) $(SOURCES) $(if $(MISSING),FORCE)
	$(BIN)/toolkit report all --corpus data/sample --out reports >/dev/null
	@touch $@

# The stamp is written last, so that an installation cut short is begun anew.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "make: $(PYTHON) is older than Python 3.11. Say which to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "make: $(PYTHON) lacks venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@echo "Installing what requirements.lock names into $(VENV), a minute or two:"
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --editable .
	@touch $@
