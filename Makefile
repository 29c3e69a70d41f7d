# `make run` starts the kiosk on this terminal, `make test` runs the tests. Nothing else has to be installed by hand.
# After each change: `make quick`. Before handing it over: `make test`. What is asked of a commit: `make check`.
# Options for the program or for pytest go into ARGS: make run ARGS="--practice".

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
PYTEST := $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

.PHONY: run region packs quick test full check types lint walls faults bench fuzz soak machine pins clean

run: $(VENV)/.run
	@$(BIN)/kiosk $(ARGS)

# The two extras, each file checked by hash: a region's PostgreSQL; words and forms for whoever writes packs.
region packs: $(VENV)/.run
	@.ci/venv $(VENV) pins/$@.txt

# Decisions and pages in this process, a few minutes: no terminal, no server, no cross of many cases.
quick: $(VENV)/.dev
	$(PYTEST) --round quick tests/unit tests/screens $(ARGS)

# What must hold.
test: $(VENV)/.dev
	$(PYTEST) $(ARGS)

# With every cell of every cross.
full: $(VENV)/.dev
	$(PYTEST) --round full $(ARGS)

# Types beside the tests: one waits for the processor where the others wait for a terminal.
check: lint walls
	@$(MAKE) --no-print-directory -j2 types full

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

walls: $(VENV)/.dev
	$(BIN)/lint-imports

# Writes the catalogue of faults anew: every test that tries one, and how it ended.
faults: $(VENV)/.dev
	$(PYTEST) --round full --catalogue=docs/faults.md $(ARGS)

# Longer than a commit should wait for.
fuzz: $(VENV)/.dev
	@$(BIN)/python bench/fuzz_all.py $(ARGS)
	KIOSK_SWEEP=1 $(BIN)/python -m pytest tests/faults/test_scarce.py

bench: $(VENV)/.dev
	@$(BIN)/python bench/bench.py $(ARGS)

soak: $(VENV)/.dev
	@$(BIN)/python bench/soak.py $(ARGS)
	KIOSK_SITTINGS=1000 $(BIN)/python -m pytest tests/faults/test_many_sittings.py

# A whole Debian with its own systemd and the console's recipe, emulated; says which packages it needs. About five minutes.
machine: $(VENV)/.dev
	$(BIN)/python -m tests.machine

$(VENV)/.run: pyproject.toml hatch_build.py pins/run.txt .ci/venv
	@.ci/venv $(VENV) pins/run.txt
	@touch $@

$(VENV)/.dev: pyproject.toml hatch_build.py pins/dev.txt .ci/venv
	@.ci/venv $(VENV) pins/dev.txt
	@touch $@ $(VENV)/.run

# Looks for newer versions of everything; needs uv. Pins hold hashes and no addresses. What is installed anywhere is
# what was tested: each file keeps to the versions of the one before it.
pins:
	.ci/pins pins/run.txt --group build
	.ci/pins pins/dev.txt --group build --group dev --constraint pins/run.txt
	.ci/pins pins/region.txt --group build --extra region --constraint pins/dev.txt
	.ci/pins pins/packs.txt --group build --extra packs --constraint pins/dev.txt
	.ci/pins pins/desk.txt --group build --extra desk --constraint pins/dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
