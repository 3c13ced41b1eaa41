# Each target sets up what it needs, on a fresh machine too; what is already done is not done again.
# Needed: Debian or Ubuntu with make and Python 3.11 or newer. Everything else is installed into this folder.

# Servers are started hundreds of times in a run: an environment that forbids keeping compiled Python doubles each start.
unexport PYTHONDONTWRITEBYTECODE

JOBS ?= 2
HOURS ?= 1
SOCKETS ?= 2000
PORT ?= 8080
BIN := .venv/bin
# Node comes with the environment; the web app's tools are started from its folder.
WEB := cd webapp && PATH="$(CURDIR)/$(BIN):$$PATH"
CHECKS := check-types check-style check-advisories check-web
# All at once, each one's output in one piece: most wait for the network or keep one core busy.
TOGETHER := $(MAKE) --no-print-directory --jobs --output-sync=target

.PHONY: help setup run cluster test lint $(CHECKS) check-units format soak bench bench-nodes bench-web screenshots lock

help:
	@echo "make run      start a server with a demo team on http://127.0.0.1:8065"
	@echo "make cluster  start PostgreSQL, Valkey, two servers and nginx on http://127.0.0.1:8080 (PORT=8080)"
	@echo "make test     lint, then every test"
	@echo "make setup    only install what running and testing need, into .venv"
	@echo "make lint     style, types, directions of imports, weaknesses, secrets, advisories"
	@echo "make format   put the code into its one form"
	@echo "make screenshots   take the pictures of every screen that docs/ shows"
	@echo "make soak     faults at full size, then SOCKETS=2000 (0: none), for HOURS=1; into docs/run/soak.md"
	@echo "make bench    measure the server on SQLite and PostgreSQL"
	@echo "make bench-nodes  one server and two, over PostgreSQL and over Valkey: how many may listen; 8 minutes"
	@echo "make bench-web    measure the web app in Chromium"
	@echo "make lock     look for newer dependencies and lock them"

setup:
	@scripts/setup dev

run:
	@scripts/setup run
	@$(BIN)/commandpost serve --demo --data-dir .data

cluster:
	@scripts/setup dev
	@$(BIN)/python -m scripts.cluster --port $(PORT)

test: setup
	@$(TOGETHER) $(CHECKS) check-units
	@$(BIN)/pytest -n $(JOBS) --dist worksteal

lint: setup
	@$(TOGETHER) $(CHECKS)

check-style:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive src scripts bench
	@$(BIN)/python -m scripts.scan_secrets

check-types:
	@$(BIN)/basedpyright

check-advisories:
	@$(BIN)/python -m scripts.audit_dependencies

check-web:
	@$(WEB) node_modules/.bin/tsc
	@$(WEB) node_modules/.bin/biome check --error-on-warnings

check-units:
	@$(WEB) node_modules/.bin/vitest run

format: setup
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(WEB) node_modules/.bin/biome check --write

screenshots: setup
	@$(BIN)/python -m scripts.screenshots

soak: setup
	@$(BIN)/python -m scripts.soak --hours $(HOURS) --sockets $(SOCKETS)

bench: setup
	@$(BIN)/python -m bench

bench-nodes: setup
	@$(BIN)/python -m bench.nodes

bench-web: setup
	@$(BIN)/python -m bench.browser

lock: setup
	@scripts/lock
