# Two commands do all set-up they need: make demo, make test. See README.md.
VENV := .venv
PYTHON := $(VENV)/bin/python
OUT := out/demo
# Each core takes a half of the tests in their order, so that what neighbours share is made once; who is done first
# takes from the other.
SHARED_OUT := -n auto --dist worksteal

.PHONY: demo test test-all lint pictures clean

demo: $(VENV)/.ready-run
	$(VENV)/bin/qbrgen build -w sample_accounts --out $(OUT)
	@echo
	@$(VENV)/bin/qbrgen summary -w sample_accounts
	@echo
	@echo "Decks and success plans for customers: $(OUT)/for-customers"
	@echo "Briefs and portfolio for leadership: $(OUT)/internal/*.pdf"

# Linters, types, the house's import contracts, and every test that needs no heavy parts.
test: lint
	$(PYTHON) -m pytest $(SHARED_OUT) -m "not slow"

# Also LibreOffice pictures and long random runs: run before an issue is called resolved.
test-all: lint $(VENV)/.ready-heavy
	$(PYTHON) -m pytest $(SHARED_OUT)

lint: $(VENV)/.ready-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy --num-workers 2
	$(VENV)/bin/lint-imports --no-cache

# Pictures for the README, made by the project.
pictures: $(VENV)/.ready-heavy
	$(PYTHON) scripts/make_pictures.py

$(VENV)/.ready-run: pyproject.toml constraints.txt scripts/setup.sh
	sh scripts/setup.sh run

$(VENV)/.ready-dev: pyproject.toml constraints.txt scripts/setup.sh
	sh scripts/setup.sh dev

$(VENV)/.ready-heavy: $(VENV)/.ready-dev
	sh scripts/setup.sh heavy

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
