# Everything a newcomer or a server needs to call. The work is done in practicelens/local.

ARGS ?=
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
LOCAL = @test -n "$(PYTHON)" || { echo "PracticeLens needs Python 3.11 or later."; exit 1; }; \
	cd practicelens && exec $(PYTHON) -m local.bootstrap

.DEFAULT_GOAL := help
.PHONY: help demo manage test briefing check bench seed clean

help:  ## List what can be run
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name words; do \
		printf '  make %-9s %s\n' "$$name" "$$words"; done

demo:  ## Run PracticeLens with made-up data; Ctrl-C stops it
	$(LOCAL) demo

manage:  ## Run a management command: make manage ARGS="recount --check"
	$(LOCAL) manage $(ARGS)

test:  ## Run the tests: make test ARGS="tests/people -x"
	$(LOCAL) test $(ARGS)

briefing:  ## Take one note all the way to an issued briefing, and say where it is
	$(LOCAL) briefing $(ARGS)

check:  ## Look for faults of style, missing migrations and unsafe settings
	$(LOCAL) check

bench:  ## Time the product, or see how well it reads: make bench ARGS="--data FOLDER"
	$(LOCAL) bench $(ARGS)

seed:  ## Fill an empty database with made-up data
	$(LOCAL) seed $(ARGS)

clean:  ## Remove what was installed, built and stored here
	$(LOCAL) clean
