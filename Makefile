# Needs python3 >= 3.11 with its venv module, make and git. Everything else comes from the lock files.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Bytecode, that of tests too, is kept out of the tree, even where Python was told to write none: to make it anew for
# each of the processes that a test run starts takes a good part of the time that the tests take.
CACHED := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/bytecode
# The stamp is older than the lock or the project file exactly when the environment is stale.
STAMP := .venv/.locked
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: help setup demo run test lint check format bench evaluate-names evaluate-imports fit benchmarks lock

help: ## show what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## set up .venv from the lock

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Matchbook needs Python 3.11 or newer; set PYTHON=... to one." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP) ## the real bot in a simulated Discord, in your browser; no token needed
	@$(BIN)/matchbook demo

run: $(STAMP) ## the bot in Discord (needs DISCORD_TOKEN in the environment or in .env)
	@$(BIN)/matchbook run

test: $(STAMP) ## all tests
	$(CACHED) $(BIN)/pytest -n auto --dist worksteal

lint: $(STAMP) ## format, lint, types and layers, without the tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## all that must be green before a commit

format: $(STAMP) ## format the code and mend what the linter can
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format

bench: $(STAMP) ## benchmarks, with ratios within the one run
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-enable --benchmark-quiet

evaluate-names: $(STAMP) ## how well names are read, beside the obvious ways
	@$(BIN)/python -m tests.evaluation.names

evaluate-imports: $(STAMP) ## import all public data twice (needs the data beside the project): counts, time, memory
	@$(BIN)/python -m tests.evaluation.imports

fit: $(STAMP) ## learn the resolver's weights anew (needs the development sets beside the project)
	$(BIN)/python -m tests.evaluation.learn

benchmarks: $(STAMP) ## make the published results of benchmarks anew (needs the data beside the project)
	@$(BIN)/python -m tests.evaluation.benchmarks

lock: $(STAMP) ## write the lock files anew from pyproject.toml
	$(COMPILE) --upgrade --group dev --extra demo --extra postgres --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --upgrade --extra postgres --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --group build --output-file requirements-build.lock
