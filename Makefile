# make help lists the targets. Each first installs what it lacks and says so.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# APT=no: everything needed is there, though not as Debian packages.
APT ?= yes
# The folder of a lock bench (score.py) and its mutants of that kernel; `make bench` then scores them.
LOCKBENCH ?=
LOCKBENCH_MUTANTS ?= $(LOCKBENCH)/A
# A table of pairs of functions, labelled dup or not; `make bench` then scores them.
CLONE_PAIRS ?=
# The unpacked sources of an older kernel; `make bench` then reviews what was added since.
OLDER_KERNEL ?=
# A prepared kernel tree to use instead of fetching one.
LOCKSTEP_KERNEL ?=

build_packages = git pkg-config libgit2-dev libclang-19-dev
kernel_packages = linux-source-6.12 xz-utils gcc make flex bison bc libelf-dev libssl-dev
test_packages = git-email libmailtools-perl python3-venv chromium-headless-shell
release = $(SWIFT) build -c release --product lockstep

.PHONY: help demo build test test-kernel bench lint install soak clean packages test-packages kernel-packages

help:
	@echo 'make demo         build lockstep and review the example series'
	@echo 'make test         build everything and run the tests'
	@echo 'make test-kernel  fetch and prepare Linux 6.12, then run the tests that need it'
	@echo 'make bench        measure reviews against a bare parse, and the tree index;'
	@echo '                  with LOCKBENCH=DIR also what the lock check finds of planted bugs,'
	@echo '                  with CLONE_PAIRS=FILE also which labelled pairs are called duplicates,'
	@echo '                  with OLDER_KERNEL=DIR also what is said of functions added since'
	@echo 'make soak         run the tests of the index at full size, then scan the whole kernel'
	@echo '                  tree, folder by folder; takes hours'
	@echo 'make lint         check the formatting of the code'
	@echo 'make install      install the program, completions and manual (PREFIX=$(PREFIX))'

packages:
ifeq ($(APT),yes)
	@scripts/install-packages $(build_packages)
endif

test-packages: packages
ifeq ($(APT),yes)
	@scripts/install-packages $(test_packages)
endif

kernel-packages: packages
ifeq ($(APT),yes)
ifeq ($(LOCKSTEP_KERNEL),)
	@scripts/install-packages $(kernel_packages)
endif
endif

build: packages
	$(SWIFT) build

demo: packages
	@$(SWIFT) build --quiet --product lockstep
	@$$($(SWIFT) build --show-bin-path)/lockstep demo

test: test-packages
	$(SWIFT) build --build-tests
	tools=$$(scripts/python-tools) && LOCKSTEP_TOOLS=$$tools $(SWIFT) test --skip-build

test-kernel: kernel-packages test-packages
	$(release)
	$(SWIFT) build --build-tests
	kernel=$${LOCKSTEP_KERNEL:-$$(scripts/kernel-tree)} && tools=$$(scripts/python-tools) && \
	LOCKSTEP_KERNEL=$$kernel LOCKSTEP_TOOLS=$$tools \
	LOCKSTEP_PROGRAM=$$($(SWIFT) build -c release --show-bin-path)/lockstep \
	$(SWIFT) test --skip-build --filter KernelTests

bench: kernel-packages
ifeq ($(APT),yes)
	@scripts/install-packages time
endif
	$(release)
	$(SWIFT) build -c release --product bare-parse
	$(SWIFT) build -c release --product tree-figures
	$(SWIFT) build --build-tests
	kernel=$${LOCKSTEP_KERNEL:-$$(scripts/kernel-tree)} && \
	programs=$$($(SWIFT) build -c release --show-bin-path) && \
	LOCKSTEP_KERNEL=$$kernel LOCKSTEP_PROGRAM=$$programs/lockstep \
	LOCKSTEP_BARE_PARSE=$$programs/bare-parse LOCKSTEP_SAMPLE=$${LOCKSTEP_SAMPLE:-500} \
	LOCKSTEP_CLONE_PAIRS='$(CLONE_PAIRS)' \
	LOCKSTEP_OLDER_KERNEL='$(OLDER_KERNEL)' LOCKSTEP_EXPORT_EDITS=200 $(SWIFT) test --skip-build --no-parallel --filter \
	  'ReviewBenchmark|VersionBenchmark|MadeUpTreeTests|ScanTests|ExportLedgerTests|EditedExportSeriesTests|DuplicateBenchmark' && \
	$$programs/tree-figures $$kernel $$kernel
ifneq ($(LOCKBENCH),)
	kernel=$${LOCKSTEP_KERNEL:-$$(scripts/kernel-tree)} && \
	LOCKSTEP=$$($(SWIFT) build -c release --show-bin-path)/lockstep \
	python3 $(LOCKBENCH)/score.py --tree $$kernel --mutants $(LOCKBENCH_MUTANTS) \
	--cache $$(mktemp -d) --tool lockstep='python3 scripts/lockbench-adapter'
endif

soak: kernel-packages
	$(SWIFT) build --build-tests
	LOCKSTEP_SOAK=1 $(SWIFT) test --skip-build --filter 'StoreTests|IndexInterruptionTests'
	$(release)
	kernel=$${LOCKSTEP_KERNEL:-$$(scripts/kernel-tree)} && \
	scripts/soak "$$($(SWIFT) build -c release --show-bin-path)/lockstep" "$$kernel"

lint:
	$(SWIFT) format lint -r --strict Package.swift Sources Tests Benchmarks rules fixtures

install: packages
	$(release) --static-swift-stdlib
	install -D -m 755 "$$($(SWIFT) build -c release --show-bin-path)/lockstep" \
	  "$(DESTDIR)$(PREFIX)/bin/lockstep"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(SWIFT) build --product generate-manual
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1"
	"$$($(SWIFT) build --show-bin-path)/generate-manual" "$(DESTDIR)$(PREFIX)/bin/lockstep" \
	  --multi-page --output-directory "$(DESTDIR)$(PREFIX)/share/man/man1"
	scripts/finish-manual "$(DESTDIR)$(PREFIX)/share/man/man1"
	"$(DESTDIR)$(PREFIX)/bin/lockstep" --generate-completion-script bash \
	  >"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/lockstep"
	"$(DESTDIR)$(PREFIX)/bin/lockstep" --generate-completion-script zsh \
	  >"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lockstep"
	"$(DESTDIR)$(PREFIX)/bin/lockstep" --generate-completion-script fish \
	  >"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lockstep.fish"

clean:
	$(SWIFT) package clean
