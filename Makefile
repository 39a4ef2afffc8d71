# dabiao: reads targets and outcomes out of Chinese report PDFs.
#
#   make            build/dabiao                 make demo       everything for a first result
#   make test       the tests                    make asan       the tests under sanitizers
#   make check      lint and test                make valgrind   each document under valgrind
#   make lint       format, analysis, house rules   make format  sets the format right
#   make install PREFIX=/usr/local               make uninstall
#   make fuzz SECONDS=60   fuzzers (clang)      make torture N=500   broken PDFs
#   make bench      docs/BENCHMARKS.md, anew
#   make corpus     typesets the sample reports again, after a change of their sources
#   make slurm-test  shards on a real Slurm, one killed and requeued
#   make clean
#
# CC=clang, CFLAGS=-O0 and BUILD=/somewhere work as one expects; V=1 shows the commands.
ifeq ($(origin CC),default)
CC := gcc
endif
BUILD ?= build
PREFIX ?= /usr/local
PKGS := glib-2.0 gio-2.0 poppler-glib libpcre2-8 libutf8proc libcjson yaml-0.1 libqpdf libxml-2.0 libarchive libseccomp libzstd libcrypto

# What needs Tesseract and Leptonica is a module, loaded when a page is to be recognised; tests and tools have it linked in.
MODULE_SOURCES := extract/ocr.c extract/scan.c
SOURCES := $(filter-out $(MODULE_SOURCES),$(sort $(wildcard base/*.c extract/*.c parsers/*.c engine/*.c output/*.c join/*.c bulk/*.c cli/*.c)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MODULE_OBJECTS = $(if $(filter yes,$(OCR)),$(MODULE_SOURCES:%.c=$(BUILD)/%.o))
MODULE = $(if $(filter yes,$(OCR)),$(BUILD)/dabiao-ocr.so)
HEADERS := $(sort $(wildcard include/dabiao/*.h base/*.h extract/*.h parsers/*.h engine/*.h output/*.h join/*.h bulk/*.h cli/*.h))
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNITS := $(UNIT_SOURCES:%.c=$(BUILD)/%)

CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes -Wshadow -Wvla
HARDEN ?= -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
DEFINES := -D_GNU_SOURCE -I. -Iinclude
# Read when something is compiled, not for `make demo` on a machine that has no pkg-config yet.
# OCR is built in where Tesseract and Leptonica are; OCR=no leaves it out.
OCR = $(eval OCR := $(shell pkg-config --exists tesseract lept 2>/dev/null && echo yes || echo no))$(OCR)
OCR_CFLAGS = $(if $(filter yes,$(OCR)),$(shell pkg-config --cflags tesseract lept))
OCR_LIBS = $(if $(filter yes,$(OCR)),$(shell pkg-config --libs-only-L tesseract lept) -ltesseract -llept)
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)) $(OCR_CFLAGS))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lm)$(PKG_LIBS)
PIC := -fPIE
COMPILE = $(CC) -std=gnu11 $(WARN) $(HARDEN) $(PIC) $(CFLAGS) $(DEFINES) $(PKG_CFLAGS)
Q := $(if $(V),,@)
LINK = $(CC) $(CFLAGS) -Wl,-z,relro,-z,now,--build-id=sha1 $(LDFLAGS)

.PHONY: all demo test check asan valgrind bench lint format install uninstall clean deps test-deps corpus FORCE
all: $(BUILD)/dabiao

# -rdynamic: the module calls functions of the program.
$(BUILD)/dabiao: $(OBJECTS) $(MODULE) $(BUILD)/flags
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -rdynamic -o $@ $(OBJECTS) $(PKG_LIBS)
	$(if $(MODULE),,@rm -f $(BUILD)/dabiao-ocr.so)
	@# A build folder elsewhere finds the rules through a link; build/ finds ../rules by itself.
	@test "$(abspath $(BUILD)/..)" = "$(CURDIR)" || ln -sfn "$(CURDIR)/rules" $(BUILD)/rules
$(BUILD)/dabiao-ocr.so: $(MODULE_OBJECTS) $(BUILD)/flags
	@echo "  LINK  $@"
	$(Q)$(LINK) -shared -o $@ $(MODULE_OBJECTS) $(OCR_LIBS) -lm
$(MODULE_OBJECTS): PIC := -fPIC
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(filter-out $(BUILD)/cli/main.o,$(OBJECTS)) $(MODULE_OBJECTS)
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKG_LIBS) $(OCR_LIBS)
# Changes when the compiler or its flags do, so that nothing stale is linked.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS) $(HARDEN) $(LDFLAGS) OCR=$(OCR)' | cmp -s - $@ || \
	    echo '$(CC) $(CFLAGS) $(HARDEN) $(LDFLAGS) OCR=$(OCR)' > $@
-include $(OBJECTS:.o=.d) $(MODULE_OBJECTS:.o=.d) $(UNITS:=.d) $(wildcard $(BUILD)/tests/fuzz/*.d)
.SECONDARY: $(UNITS:=.o)

deps:
	@tools/deps.sh build
test-deps:
	@tools/deps.sh build ocr test
# Slurm is asked for only where its daemons could be started, and is no reason to stop where it cannot be had.
slurm-deps: test-deps
	@[ "$$(id -u)" -ne 0 ] || tools/deps.sh slurm || true
.PHONY: slurm-deps

demo: deps
	@$(MAKE) --no-print-directory all
	@tools/demo.sh $(BUILD)/dabiao

test: test-deps slurm-deps
	@$(MAKE) --no-print-directory all units
	@tests/run.sh $(BUILD)
.PHONY: units
units: $(UNITS)

check: lint test
	@$(MAKE) --no-print-directory fuzz SECONDS=60

# The same tests with every memory error and undefined step reported, and fatal.
asan: test-deps
	@$(MAKE) --no-print-directory BUILD=build/asan HARDEN= all units \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'
	@rm -f build/asan/report.*
	@ASAN_OPTIONS=detect_leaks=1:log_path=$(CURDIR)/build/asan/report UBSAN_OPTIONS=print_stacktrace=1:log_path=$(CURDIR)/build/asan/report \
	    LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 tests/run.sh build/asan

valgrind: all
	@tools/valgrind.sh $(BUILD)/dabiao

# A real Slurm of two nodes on this machine, as root; installs slurm-wlm and munge. `make test` as root does the same at its end.
slurm-test:
	@tools/deps.sh build slurm
	@$(MAKE) --no-print-directory all
	@tests/slurm/run.sh $(BUILD)
.PHONY: slurm-test

# Writes docs/BENCHMARKS.md: takes a quarter of an hour on an idle machine; the archive is kept in out/bench.
bench: all $(BUILD)/tools/bench-extract $(BUILD)/tools/bench-stages
	@tools/bench.sh $(BUILD)/dabiao

# Text extraction against Poppler's own, in one process: FILES=…, or the sample reports.
bench-extract: $(BUILD)/tools/bench-extract
	@$< $(or $(FILES),$(wildcard corpus/*/*.pdf))
.PHONY: bench-extract
bench-stages: $(BUILD)/tools/bench-stages
	@python3 tools/bench-stage.py $(BUILD)/tools/bench-stages out/bench/stage
.PHONY: bench-stages
$(BUILD)/tools/bench-stages: $(BUILD)/tools/bench-stages.o $(filter-out $(BUILD)/cli/%,$(OBJECTS)) $(MODULE_OBJECTS)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKG_LIBS) $(OCR_LIBS)
$(BUILD)/tools/bench-extract: $(BUILD)/tools/bench-extract.o $(filter-out $(BUILD)/cli/%,$(OBJECTS))
	@echo "  LINK  $@"
	$(Q)$(LINK) -pie -o $@ $^ $(PKG_LIBS)

# Each target of tests/fuzz for SECONDS seconds (libFuzzer, with every memory error and undefined step fatal).
SECONDS := 60
FUZZERS = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzzers/%,$(filter-out tests/fuzz/fuzz.c,$(sort $(wildcard tests/fuzz/*.c))))
$(BUILD)/fuzzers/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/fuzz.o $(filter-out $(BUILD)/cli/%,$(OBJECTS))
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
.PHONY: fuzz fuzzers torture
fuzzers: $(FUZZERS)
fuzz:
	@tools/deps.sh build fuzz
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang HARDEN= OCR=no fuzzers \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
	@tools/fuzz.sh $(BUILD)/fuzz $(SECONDS)

# N broken copies of the sample PDFs: none may stop the run, get lost or leave half a result.
N := 500
torture: test-deps
	@$(MAKE) --no-print-directory all
	@tools/torture.sh $(BUILD)/dabiao $(N)

lint:
	@tools/deps.sh lint
	@tools/lint.sh $(SOURCES) $(MODULE_SOURCES) $(UNIT_SOURCES) -- $(HEADERS) -- $(DEFINES)

format:
	@tools/deps.sh lint
	clang-format -i $(SOURCES) $(MODULE_SOURCES) $(UNIT_SOURCES) $(HEADERS)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/dabiao/rules $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/dabiao $(DESTDIR)$(PREFIX)/bin/dabiao
	$(if $(MODULE),install -d $(DESTDIR)$(PREFIX)/lib/dabiao && install -m 644 $(MODULE) $(DESTDIR)$(PREFIX)/lib/dabiao/)
	install -m 644 rules/*.yaml $(DESTDIR)$(PREFIX)/share/dabiao/rules/
	install -m 644 docs/*.schema.json $(DESTDIR)$(PREFIX)/share/dabiao/
	install -m 644 docs/dabiao.1 $(DESTDIR)$(PREFIX)/share/man/man1/
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/dabiao $(DESTDIR)$(PREFIX)/share/man/man1/dabiao.1
	rm -rf $(DESTDIR)$(PREFIX)/share/dabiao $(DESTDIR)$(PREFIX)/lib/dabiao

corpus:
	@corpus/typeset.sh

clean:
	rm -rf build out
