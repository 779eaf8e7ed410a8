# Amends: everything a person or a machine needs to do with this repository.
#   make run       the program with its demonstration house     make check   laws, types, style, generated files
#   make install   .venv from the lock file                      make bench   measured workloads
#   make test      every test, also those in a browser           make docs    the pages that are made from the code
#   make messages  collect what is to be translated, compile what was
#   make year      a simulated year of 20,000 complaints, with workers killed; make clocks: a million open clocks
#   make coach     train the language coach’s classifiers again from corpus/coach
#   make screenshots  the main pages as pictures in docs/screenshots (needs Chromium)

PY := .venv/bin/python
INSTALLED := .venv/.installed
PORT ?= 8000

.PHONY: help run install test check bench year clocks docs messages screenshots coach
help:
	@sed -n 's/^# \{0,1\}//p' Makefile

run: install
	@.venv/bin/amends serve --demo --port $(PORT)

coach: install
	@$(PY) -m tools.coach_train

install: $(INSTALLED)
$(INSTALLED): requirements.lock pyproject.toml tools/install
	@tools/install
	@touch $@

test: install
	@$(PY) -m tools.browser
	@$(PY) -m pytest -n 2 --dist loadfile $(ARGS)

check: install
	@tools/check

bench: install
	@$(PY) -m bench.measure $(ARGS)

year: install
	@$(PY) -m bench.year $(ARGS)

clocks: install
	@$(PY) -m bench.clocks $(ARGS)

docs: install
	@tools/docs

messages: install
	@$(PY) -m tools.messages

screenshots: install
	@$(PY) -m tools.screenshots
