# Parallax: every target sets up what it needs; `make setup` does nothing when current.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.current
CORPUS ?= seeds
OUT ?= build

.DEFAULT_GOAL := report
.PHONY: setup report test lab figures lint bench clean notebooks

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parallax needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

report: setup
	$(BIN)/parallax run $(CORPUS) --out $(OUT)
	$(BIN)/parallax report $(OUT)

# nbval starts kernels over TCP, so it runs apart from the tests that block sockets.
test: setup
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest -o addopts=-q --nbval --nbval-cell-timeout 300 --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks

# Run the committed notebooks in place, after a change of notebook or package.
notebooks: setup
	$(BIN)/jupyter nbconvert --log-level WARN --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False notebooks/*.ipynb

figures: setup
	$(BIN)/parallax run seeds --out build
	rm -f figures/*.svg
	cp build/figures/*.svg figures/

# The run against papermill, one notebook after the other.
bench: setup
	$(BIN)/python benchmarks/run_ratio.py

lab: setup
	$(BIN)/jupyter lab notebooks

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
