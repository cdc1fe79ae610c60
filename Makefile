# make demo   install policylint into .venv, check the bundled sample policy, and write the report as a web page as well
# make docs   build the documentation site into build/site
# make test   install it with its test tools and run ruff, mypy and the tests, but those that take long
# make test-slow   the tests that take long: real programs, hundreds of processes, large files, labelled documents
#
# Needs make, Python 3.11 or later, and a package registry for the first run. `make demo PYTHON=/path/to/python3.12`
# picks another interpreter, `VENV=` another place for the environment.

VENV ?= .venv
SAMPLE ?= fixtures/sample-policy.md
DEMO_PAGE ?= build/sample-report.html
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python; do \
	"$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { command -v "$$python"; break; }; done)

BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# pip compiles what it installs, but not what it leaves in place; where Python may not write bytecode (as in many containers),
# every start would then compile all modules again, which takes longer than a check that has nothing new to do.
COMPILE := $(BIN)/python -m compileall -q policylint

.DEFAULT_GOAL := help
.PHONY: help demo docs test test-slow lint format clean

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.installed ## install, and print the gap report of the sample policy; also as a web page
	@mkdir -p $(dir $(DEMO_PAGE))
	@for output in '' '--quiet --format html --output $(DEMO_PAGE)'; do \
		$(BIN)/policylint check $(SAMPLE) $$output && code=0 || code=$$?; \
		case $$code in \
		0|1) ;; \
		*) echo "make demo: policylint check ended with exit code $$code; 0 or 1 was expected." >&2; exit 1 ;; \
		esac; \
	done
	@echo
	@echo "The same report as a web page: open $(abspath $(DEMO_PAGE)) in a browser."

test: lint ## ruff, mypy and the tests, but those that take long
	$(PYTEST) -m 'not slow'

test-slow: $(VENV)/.installed-test ## the tests that take long
	$(PYTEST) -m slow

docs: $(VENV)/.installed-docs ## the documentation site, in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "The site: open $(abspath build/site/index.html) in a browser."

lint: $(VENV)/.installed-test ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-test ## let ruff reformat the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the environment and what the tools leave behind
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# The stamps say that this state of the files was installed: a second run goes straight to work. The install is
# editable, so a change of the code or of a rule needs no new one.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --editable .
	$(COMPILE)
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --editable '.[test,docs]'
	$(COMPILE)
	@touch $@ $(VENV)/.installed $(VENV)/.installed-docs

$(VENV)/.installed-docs: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --editable '.[docs]'
	$(COMPILE)
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "policylint needs Python 3.11 or later with the venv module, and none was found on the PATH." >&2; \
		echo "Install one, or name it: make demo PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi
	"$(PYTHON)" -m venv $(VENV)
