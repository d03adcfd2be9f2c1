# One door for everybody: developers, CI and newcomers. Every target does its own set-up.
.PHONY: help install run test check audit bench talk attack soak bench-cluster eval eval-extraction fuzz pictures fix
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
ON_ALL_CORES := -n logical --dist worksteal

# Each worker, and each process that a test starts, would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

# It holds the folder that .venv was made for: .venv does not survive a move.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

help:  ## show this
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 17

# Touches the network only when the lock file has changed.
$(READY): pyproject.toml uv.lock $(wildcard retrieval/kernels/*.py)
	@[ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] || rm -rf .venv
	@python3 .ci/uv.py sync --frozen
	@echo "Preparing the search, once …" >&2
	@$(BIN)/python -c "import bot.application; from retrieval.collection.loops import compile_loops; compile_loops()"
	@echo "$(CURDIR)" > $@

install: $(READY)  ## set up everything in .venv

run: $(READY)  ## start the Telegram bot, or chat here while there is no token
	@$(BIN)/hoibao

test: $(READY)  ## run the tests, on all cores
	@$(BIN)/pytest $(ON_ALL_CORES)

check: $(READY)  ## format, lint, types, tests: all that CI asks
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest $(ON_ALL_CORES)

audit: $(READY)  ## ask whether a library has a known weakness; skipped without network
	@python3 .ci/audit.py

fix: $(READY)  ## format, and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)  ## measure speed and memory beside peers, from stages to millions of passages: HOW="--help"
	@$(BIN)/python -m benchmarks.growth $(HOW)

talk: $(READY)  ## measure how fast the whole bot answers many people at once
	@PYTHONPATH=tests/telegram $(BIN)/python -m benchmarks.conversation
	@PYTHONPATH=tests/telegram $(BIN)/python -m benchmarks.message

attack: $(READY)  ## kill it, cut its connections, fill its ears; HOW=--short takes a few minutes
	@PYTHONPATH=tests:tests/telegram $(BIN)/python -m benchmarks.attack $(HOW)

soak: $(READY)  ## an hour of thirty questions a second; HOW="--minutes 5" is shorter
	@PYTHONPATH=tests/telegram $(BIN)/python -m benchmarks.soak $(HOW)

bench-cluster: $(READY)  ## measure a search cluster beside the embedded index; HOW="--only scale" is a part
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.cluster $(HOW)

eval: $(READY)  ## measure the quality of answers, beside peers and targets
	@$(BIN)/python -m benchmarks.quality
	@$(BIN)/python -m benchmarks.followups
	@$(BIN)/python -m benchmarks.people

eval-extraction: $(READY)  ## measure how well web pages are read, beside other readers
	@$(BIN)/python -m benchmarks.extraction --worst 10

fuzz: $(READY)  ## send changed documents and hostile questions for ten minutes each
	@FUZZ_MINUTES=10 $(BIN)/pytest -q tests/readers/test_fuzz.py tests/test_budget.py
	@python3 .ci/uv.py sync --quiet --frozen --group fuzz
	@FUZZ_MINUTES=10 PYTHONPATH=tests $(BIN)/python -m benchmarks.fuzz

pictures: $(READY)  ## draw the README's pictures anew, from the golden messages
	@$(BIN)/python -m docs.pictures
