# What a person runs. `make run` needs Python 3.11 or newer, and nothing else.

PYTHON ?= python3
# What is compiled is kept: each of the two processes of a start would compile all of it anew.
export PYTHONDONTWRITEBYTECODE =
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run demo doctor test check format bench screenshots pins clean

help:
	@echo "make run          start Careapp at http://localhost:8000"
	@echo "make demo         fill it with a family to look around with"
	@echo "make doctor       say what is well and what is not"
	@echo "make test         run every test"
	@echo "make check        formatting, lint, types, imports, migrations, rights"
	@echo "make format       put the code in its usual form"
	@echo "make bench        measure speed and print the figures"
	@echo "make screenshots  make the pictures of the README anew"
	@echo "make pins         work out requirements*.txt from requirements*.in"
	@echo "make clean        remove what was built; your data and .venv stay"

run: .venv/run.stamp
	@exec $(BIN)/python -m careapp serve

demo: .venv/run.stamp
	@$(BIN)/python -m careapp demo

doctor: .venv/run.stamp
	@$(BIN)/python -m careapp doctor

test: .venv/dev.stamp
	$(BIN)/python -m pytest

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@folder=$$(mktemp -d); trap 'rm -rf '$$folder EXIT; export CAREAPP_DATA=$$folder CAREAPP_DATABASE_URL=; \
		$(BIN)/alembic upgrade head && $(BIN)/alembic check
	$(BIN)/python -m careapp check-rights

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp
	$(BIN)/python -m bench

screenshots: .venv/dev.stamp
	$(BIN)/python -m scripts.screenshots

pins: .venv/dev.stamp
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url requirements-dev.in --output-file requirements-dev.txt

clean:
	rm -rf .web .build .reflex .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Careapp needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: requirements.txt | .venv/python.stamp
	@echo "Setting up: the first time takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
