# `make demo` sets up everything and grades a sample class; `make test` sets up everything and runs the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
LESSON := logistic_regression
# One BLAS thread: two on two cores make small matrix products slower.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1
# nbgrader starts programs of the environment by name.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help env demo pictures site quick test laptop lowest lab build findings words wheels release lint bench clean
help:
	@echo "make demo   set up, build, grade a sample class and show the results"
	@echo "make env    set up alone: an environment in $(VENV) with everything that is needed here"
	@echo "make quick  ruff, mypy and the engine on the example course, in less than a minute"
	@echo "make pictures after demo: make the pictures of README anew (chromium and chromedriver)"
	@echo "make site   set up and build the website into build/site; COURSE=FOLDER of another course, LESSONS=01-03 of a release"
	@echo "make test   set up and run all tests"
	@echo "make laptop set up, compile the WebAssembly interpreter (a minute of CPU, once) and run the tests of isolation wasm"
	@echo "make lowest run a good part of the tests on the lowest versions of every dependency"
	@echo "make lab    set up and open the notebooks in JupyterLab"
	@echo "make build  set up and build notebooks/ and packs/ from source_solutions/"
	@echo "make findings what students read of three wrong solutions of every exercise, in build/findings.md"
	@echo "make words  set up and add new sentences to the catalogues for translators, and compile them"
	@echo "make wheels set up and build the wheels for students into dist/: the course, and the solutions apart"
	@echo "make release say what stands in the way of a release (translations, versions, changelog), then build the wheels"
	@echo "make lint   set up and run ruff, mypy and 'grader build --check'"
	@echo "make bench  set up and measure (make bench LONG=--long: beside every peer, about half an hour)"
	@echo "make clean  remove the environment and everything made by demo and test"

# What teaching and grading need is in one stamp, what testing needs besides in another: `make demo` waits for the first alone.
READY := $(VENV)/.ready
TESTABLE := $(VENV)/.testable

env: $(TESTABLE)
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	.ci/install $(BIN)/python requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
$(TESTABLE): $(READY) requirements-dev.lock
	.ci/install $(BIN)/python requirements-dev.lock
	@touch $@

build: $(READY)
	grader build

# What is said of wrong solutions, to be read: after a change of a solution, a declaration or a sentence.
findings: $(READY)
	@mkdir -p build
	grader findings > build/findings.md
	@echo "Read build/findings.md as a student would."

words: $(READY)
	python grader/locale/update.py
	python site/update_words.py

# The sample class has one damaged file, for which `grade` and `report` end with 2.
demo: build
	@rm -rf build/demo/class
	python demo/large_class.py build/demo/class
	grader grade build/demo/class --lesson $(LESSON) --out build/demo/results --seed 1 --timeout 3 || test $$? -eq 2
	@grader report build/demo/results --format json > build/demo/results.jsonl || test $$? -eq 2
	@test $$(wc -l < build/demo/results.jsonl) -ge 12
	@echo "Every detail, one line of JSON per student: build/demo/results.jsonl"
	@echo; echo "What one of these students sees in the notebook, under propagate:"; echo
	@grader check "build/demo/class/Dana Okafor.ipynb" --lesson $(LESSON) --exercise propagate || test $$? -eq 1
	@echo; grader report build/demo/results --format html || test $$? -eq 2

# After a change of what the demo shows; needs chromium and chromedriver.
pictures: demo $(TESTABLE)
	python demo/pictures.py

# The website of this course or another one. Its first build executes every lesson, which takes some minutes; later ones do not.
COURSE ?= .
LESSONS ?=
SITE ?= build/site
MODULES := site/node_modules/.ready
$(MODULES): site/package-lock.json
	@command -v npm >/dev/null || { echo "The website is built with Node.js 20 or newer and its npm: install them first."; exit 1; }
	npm ci --silent --prefix site
	@touch $@
site: $(TESTABLE) $(MODULES)
	python site/build_site.py "$(SITE)" --course "$(COURSE)" --lessons "$(LESSONS)"

wheels: build
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist . ./solutions_package

# What must be true of a release and need not be so every day: everything translated, one version, a changelog that has it.
release: $(READY)
	$(BIN)/python .ci/release.py
	$(MAKE) wheels

# After every change; `make test` before it is handed in.
quick: env
	ruff check
	ruff format --check
	mypy
	python -m pytest -q --course examples

lint: env
	ruff check
	ruff format --check
	mypy
	grader build --check

test: lint
	python -m pytest -n 2

# On the lowest versions that pyproject.toml names, in an environment of its own; a few minutes.
lowest:
	.ci/lowest

# What the tests of `make test` that need the compiled interpreter skip until it is there.
laptop: $(TESTABLE)
	python -m grader.sandbox.wasm
	pytest tests/test_wasm.py

lab: build
	jupyter lab --notebook-dir notebooks

# Long: `make bench LONG=--long` measures every peer and writes docs/benchmarks.md.
bench: env
	python -m benchmarks.bench $(LONG)

clean:
	rm -rf $(VENV) build dist site/node_modules source release submitted autograded feedback gradebook.db
