# Two commands are enough: `make run` serves the product, `make test` proves it.
# Both set up what is missing, each time, in a second when nothing is. All paths are relative: a
# clone may lie below a folder with spaces in its name.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run setup test unit lint bench chaos drill probe docs

# The first Python of this machine that is recent enough; `make run PYTHON=…` chooses another.
FIND_PYTHON = for p in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11 python3 python; do \
	[ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& break; p=; done; [ -n "$$p" ] || { \
	echo "Python 3.11 이상이 필요합니다. 예: make run PYTHON=/usr/bin/python3.11" >&2; exit 1; }
SET_UP = $(FIND_PYTHON); "$$p" platform/bootstrap.py
BIN = .venv/bin/python -m
PYTEST = $(BIN) pytest -q -n 2

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup:  ## packages, front end and catalogues, without starting anything
	@$(SET_UP) test

run:  ## set up and serve the product with its demo world, until Ctrl-C
	@$(SET_UP) run && exec $(BIN) sodam.cli up $(if $(PORT),--port $(PORT))

# Two runs, because the browser's event loop may not live in a process that also meets the database.
# Three workers on two cores in the first: a third of its time is waiting for servers.
test: setup  ## the whole suite, browser tests included
	@SODAM_CHROMIUM=$$($(BIN) sodam.runtime.chromium) || exit 1; export SODAM_CHROMIUM; \
	$(PYTEST) -n 3 --dist loadgroup --ignore tests/browser; house=$$?; \
	$(PYTEST) --dist loadgroup tests/browser; pages=$$?; \
	[ $$house -eq 0 ] && [ $$pages -eq 0 ]

unit: setup  ## the tests that start no browser and no whole product
	@exec $(PYTEST) --dist loadgroup --ignore tests/browser -m "not runtime"

lint: setup  ## style, types, floors, lock files, shell
	@$(BIN) ruff check .
	@$(BIN) ruff format --check .
	@$(BIN) mypy
	@.venv/bin/lint-imports
	@$(BIN) sodam.runtime.lock_files
	@$(BIN) tests.support.safe_migrations
	@for f in .ci/run; do sh -n "$$f" || exit 1; done

docs: setup  ## the tutorial's pictures anew, and the links inside docs/
	@chromium=$$($(BIN) sodam.runtime.chromium) || exit 1; \
	SODAM_CHROMIUM="$$chromium" SODAM_SCREENSHOTS=docs/tutorials/images \
	$(BIN) pytest -q -n 0 tests/architecture/test_docs.py tests/browser/test_the_journey.py -k "docs or latin"

bench:  ## measurements as JSON lines; some of them: ONLY="opening paging"
	@{ $(SET_UP) test; } >&2 && exec $(BIN) tests.benchmarks $(ONLY)

chaos:  ## faults under load
	@echo "chaos: 아직 장애 시험이 없습니다 (no chaos suite yet)." >&2; exit 1

drill:  ## upgrade and restore while people use it, as JSON lines; one of them: ONLY=restore
	@{ $(SET_UP) test; } >&2 && exec $(BIN) tests.drills $(ONLY)

probe:  ## the walls between cities, tried; some of it: ONLY="routes escapes" CITIES=4
	@{ $(SET_UP) test; } >&2 && exec $(BIN) tests.probes $(ONLY) $(if $(CITIES),--cities $(CITIES))
