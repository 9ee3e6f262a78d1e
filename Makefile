# Two commands matter: `make demo` and `make test`. Everything bootstraps from Python 3.11–3.13 with pip.
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS = never
unexport PYTHONDONTWRITEBYTECODE  # else every process that is started compiles everything again
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo .agm/uv/bin/uv)
LOCKS := requirements/dev.txt requirements/build.txt
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet

.DEFAULT_GOAL := help
STRANGERS := .agm/strangers
NODE_STRANGERS := .agm/strangers-node
PDS := .agm/pds
.PHONY: help setup strangers pds demo dev test check matrix chaos recovery docs lock bench clean

help: ## Say what can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.ready ## Install everything into .venv

strangers: $(STRANGERS)/.ready $(NODE_STRANGERS)/.ready ## Install the clients that others wrote, apart from everything else

pds: $(PDS)/.ready ## Install the AT Protocol's own server, which tests publish to

demo: setup ## Start everything, publish to all platforms of the sandbox at once, stop
	@$(BIN)/agm demo

dev: setup ## Start everything and stay up
	@$(BIN)/agm dev

test: setup strangers pds ## Run every test, on SQLite and PostgreSQL, with a real Valkey
	@$(BIN)/python -m pytest -n 4 --dist loadgroup

check: setup ## Lint, types, import contracts, spelling, schema
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/codespell
	@$(BIN)/basedpyright
	@$(BIN)/agm schema check

matrix: setup pds ## Publish under every fault a platform is known for, and count the live copies
	@$(BIN)/python -m tests.matrix

CHAOS ?= --seconds 60 --publications 1000
chaos: setup pds ## Publish while processes, Redis, database and platforms fail, and count the live copies
	@$(BIN)/python -m tests.chaos $(CHAOS)

recovery: setup ## Kill, take Redis away, and answer with 503 for ten minutes, with the default windows: half an hour
	@$(BIN)/python -m tests.recovery

bench: setup ## Measure, as ratios against the bare work in the same run
	@$(BIN)/python -m bench

docs: setup ## Write the generated pages of docs/ again
	@$(BIN)/python -m tools

lock: ## Resolve the locks again
	@$(COMPILE) pyproject.toml -o requirements/runtime.txt
	@$(COMPILE) pyproject.toml --extra otel -o requirements/otel.txt
	@$(COMPILE) pyproject.toml --extra otel --group dev -o requirements/dev.txt
	@$(COMPILE) --group strangers -o requirements/strangers.txt
	@$(COMPILE) requirements/build.in -o requirements/build.txt
	@$(COMPILE) requirements/uv.in -o requirements/uv.txt

clean: ## Forget the virtual environment and all local data
	@rm -rf $(VENV) .agm

.agm/uv/bin/uv: requirements/uv.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade \
		--target .agm/uv --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.ready: $(LOCKS) pyproject.toml | $(UV)
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(LOCKS)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(STRANGERS)/.ready: requirements/strangers.txt | $(UV)
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(STRANGERS)
	@$(UV) pip sync --quiet --python $(STRANGERS)/bin/python --require-hashes requirements/strangers.txt
	@touch $@

# Without npm's registry a person goes on without these; CI does not.
define install_from_npm
	@mkdir -p $(@D) && rm -f $@ && cp $(1)/* $(@D)/
	@cd $(@D) && $(2) \
	if npm ci $(3) --no-audit --no-fund --loglevel=error --fetch-retry-mintimeout=2000 >install.log 2>&1; then touch .ready; \
	elif [ -n "$$CI" ] || npm view $(4) version --fetch-retries=0 >/dev/null 2>&1; then tail -n 40 install.log >&2; exit 1; \
	else echo "!!! No npm registry is reachable: $(5)." >&2; fi
endef

$(NODE_STRANGERS)/.ready: $(wildcard tests/strangers/node/*)
	$(call install_from_npm,tests/strangers/node,,--ignore-scripts,twitter-text,NOTHING IS COMPARED WITH TWITTER-TEXT)

# Native modules are compiled where nobody has built them: with the headers that lie beside node, and not optimized,
# for that takes most of the time of the compiler and wins nothing back on databases of a few rows.
COMPILED := export JOBS=max CFLAGS=-O0 CXXFLAGS=-O0 && headers=$$(dirname $$(dirname $$(command -v node || echo /usr/bin/node))); \
	[ -d $$headers/include/node ] && export npm_config_nodedir=$$headers;
$(PDS)/.ready: $(wildcard tests/servers/pds/*)
	$(call install_from_npm,tests/servers/pds,$(COMPILED),,@did-plc/server,NOTHING IS TESTED AGAINST A REAL BLUESKY SERVER)
