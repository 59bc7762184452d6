# make brief   set everything up and write out/brief.html and out/brief.pdf
# make test    set everything up and run the tests
# make site    set everything up and write the pages of docs/ as a site to build/site
# All need any Python 3, make and git; they bring the rest themselves.

PYTHON ?= python3
OUT ?= out
BIN = .venv/bin

.PHONY: brief test check site wheel lock clean

brief:
	@$(PYTHON) tools/environment.py run
	@$(BIN)/amur brief --out $(OUT)

test:
	@$(PYTHON) tools/environment.py test
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal --durations 40 --durations-min 5

check:
	@$(PYTHON) tools/environment.py test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/amur record check
	@$(MAKE) --no-print-directory wheel

# Opens from disk (build/site/index.html) and loads nothing from elsewhere. The notice is about MkDocs 2, which is not used.
site:
	@$(PYTHON) tools/environment.py test
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# The wheel holds all its data: unpacked elsewhere, it answers from the record without the checkout.
wheel:
	@rm -rf build/wheel && mkdir -p build/wheel
	@$(BIN)/python -m hatchling build -t wheel -d build/wheel > /dev/null
	@cd build/wheel && ../../$(BIN)/python -m zipfile -e *.whl . && PYTHONPATH=$$PWD ../../$(BIN)/python -P -c "import amur.record as r; \
	  assert 'build/wheel' in r.__file__, r.__file__; print('wheel:', r.load(overlay=False).summary()['observations'], 'observations')"

# Locks hold names, versions and hashes, and no address of an index.
UV = $$(command -v uv || echo .tools/uv/bin/uv)
COMPILE = $(UV) pip compile --quiet --overrides requirements/override.in --universal --python-version 3.12 --generate-hashes --no-annotate \
  --custom-compile-command "make lock" $(UPGRADE)

lock:
	@$(PYTHON) tools/environment.py run
	$(COMPILE) pyproject.toml requirements/build.in --extra all -o requirements/run.lock
	$(COMPILE) pyproject.toml requirements/build.in --extra all --group test -c requirements/run.lock -o requirements/test.lock
	$(UV) pip compile --quiet --universal --python-version 3.8 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" $(UPGRADE) requirements/uv.in -o requirements/uv.lock

clean:
	rm -rf .venv .tools build out
