# One entry for people and CI. Everything is built in .venv at the repository root.
# Windows without make: the README gives the plain `pip install` way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types rooms check unit bench lock clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml requirements.lock
	$(PYTHON) tools/make_environment.py $(VENV)
	@touch $(READY)

demo: $(READY)  ## the whole main job on real Mexican data; prints where the report is
	@$(BIN)/testigo demo mexico

test: lint types rooms unit  ## every check

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell src tests docs tools benchmarks README.md CHANGELOG.md CONTRIBUTING.md

types: $(READY)
	$(BIN)/mypy

rooms: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/python tools/install_browser.py
	$(BIN)/python tools/install_java.py
	$(BIN)/pytest -n 2 --dist loadgroup

bench: $(READY)  ## measures speed as ratios and writes docs/benchmarks.md
	$(BIN)/python benchmarks/run.py

lock: $(READY)  ## pins every dependency anew
	$(BIN)/python tools/make_lock.py

clean:  ## leaves the copies of the examples: they are yours
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
