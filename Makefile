# Terrain: everything a newcomer types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
.DEFAULT_GOAL := help
.PHONY: help run dev test check lint types messages sweep hostile bench faults shots clean reset lock

help: ## List what can be typed
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Il faut Python 3.11 ou plus récent ; ici : " + sys.version.split()[0])'
	@echo "1/3  Installation des paquets dans $(VENV)/ (une fois, une demi-minute)…"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.develop: requirements-dev.txt $(VENV)/.runtime
	@echo "Installation des outils de test…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.runtime ## Start the demo city on http://127.0.0.1:8000 (installs and prepares everything)
	@$(PY) manage.py serve --prepare --port $(PORT)

dev: $(VENV)/.develop ## Serve with automatic reload, without relay nor ticker
	@DJANGO_SETTINGS_MODULE=src.config.settings.embedded $(PY) manage.py runserver $(PORT)

test: $(VENV)/.develop ## Everything this machine can run: checks, suite, browser, PostgreSQL, Redis
	@$(PY) tests/suite.py

check: $(VENV)/.develop ## Lint, floors, types, migrations, translations: no test is run
	@$(PY) tests/suite.py --checks-only

messages: $(VENV)/.develop ## Collect and compile the translations of every room
	@$(PY) manage.py messages

sweep: $(VENV)/.develop ## Every address × every state in the browser; writes docs/evidence/
	@$(PY) tests/sweep.py

hostile: $(VENV)/.develop ## Hostile strings, requests and pages against the whole city; writes docs/evidence/
	@$(PY) tests/hostile.py

bench: $(VENV)/.develop ## Throughput, latency and memory on PostgreSQL; ratios and counts
	@$(PY) tests/bench/run.py
	@$(PY) -m tests.bench.answering
	@$(PY) -m tests.bench.quizzes
	@$(PY) tests/bench/ballots.py --evidence
	@$(PY) tests/bench/lottery.py --evidence
	@$(PY) tests/bench/panel_life.py --evidence
	@$(PY) tests/bench/trainings.py --evidence
	@$(PY) tests/bench/coverage.py --evidence
	@$(PY) tests/bench/attestations.py --evidence

faults: $(VENV)/.develop ## The whole fault campaign and the load test, on services of its own; an hour and a half
	@$(PY) -m tests.faults

shots: $(VENV)/.develop ## Screenshots of the main screens into var/shots/
	@$(PY) tests/shots.py

lock: $(VENV)/.develop ## Pin the requirements again, with hashes
	@$(VENV)/bin/uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate requirements.in -o requirements.txt
	@$(VENV)/bin/uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate requirements-dev.in -c requirements.txt -o requirements-dev.txt

reset: ## Forget the demo city (database, files, mail) but not the packages
	@rm -rf var && echo "var/ est effacé. « make run » recommence à neuf."

clean: reset ## Forget the packages too
	@rm -rf $(VENV)
