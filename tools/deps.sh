#!/bin/sh
# Sees to what is needed: `deps.sh build`, `deps.sh build test`, `deps.sh lint`. On Debian and its kin it names the
# missing packages and installs them; elsewhere it says which library or program is missing and exits 2.
set -eu

debian_packages() {
    case $1 in
    build) echo gcc libc6-dev make pkg-config libglib2.0-dev libpoppler-glib-dev poppler-data libpcre2-dev libutf8proc-dev \
        libcjson-dev libyaml-dev libqpdf-dev libxml2-dev libarchive-dev libseccomp-dev libzstd-dev libssl-dev ;;
    ocr) echo libtesseract-dev libleptonica-dev tesseract-ocr-chi-sim tesseract-ocr-chi-sim-vert ;;
    test) echo python3 python3-jsonschema ;;
    lint) echo clang-format cppcheck ;;
    slurm) echo slurm-wlm munge ;;
    fuzz) echo clang libclang-rt-dev ;;
    bench) echo hyperfine qpdf poppler-utils mupdf-tools python3-pdfminer pcre2-utils python3-yaml ;;
    corpus) echo chromium weasyprint libreoffice-writer libreoffice-calc fonts-noto-cjk fonts-wqy-zenhei fonts-wqy-microhei \
        fonts-arphic-uming fonts-arphic-ukai ;;
    esac
}

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# gcc is only wanted where there is no C compiler at all; pkgconf stands in for pkg-config on newer systems.
stands_in() {
    case $1 in
    gcc) command -v "${CC:-cc}" >/dev/null 2>&1 ;;
    make | pkg-config | python3 | clang-format | cppcheck | chromium | weasyprint) command -v "$1" >/dev/null 2>&1 ;;
    *) return 1 ;;
    esac
}

# Packages with daemons start them when they are installed; ours want none but those that a test starts itself.
without_daemons() {
    policy=/usr/sbin/policy-rc.d
    [ "$1" = root ] && ! [ -e $policy ] && [ -w /usr/sbin ] || return 0
    printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy
    trap 'rm -f $policy' EXIT
}

on_debian() {
    missing=
    for group in "$@"; do
        for package in $(debian_packages "$group"); do
            stands_in "$package" || installed "$package" || missing="$missing $package"
        done
    done
    [ -n "$missing" ] || return 0
    echo "These packages are missing and will be installed:$missing"
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "You are not root and there is no sudo. Ask an administrator for: apt-get install$missing" >&2
            exit 2
        }
        sudo=sudo
    fi
    case $missing in *slurm*) without_daemons "${sudo:-root}" ;; esac
    # shellcheck disable=SC2086 # a list of words
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >/dev/null &&
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing </dev/null >/dev/null || {
        echo "apt-get could not install them. By hand: apt-get update && apt-get install$missing" >&2
        exit 2
    }
}

elsewhere() {
    missing=
    for group in "$@"; do
        case $group in
        build)
            if ! command -v pkg-config >/dev/null 2>&1; then
                missing="$missing pkg-config"
            else
                for library in glib-2.0 gio-2.0 poppler-glib libpcre2-8 libutf8proc libcjson yaml-0.1 libqpdf libxml-2.0 libarchive libseccomp libzstd libcrypto; do
                    pkg-config --exists "$library" || missing="$missing $library"
                done
            fi
            command -v "${CC:-cc}" >/dev/null 2>&1 || missing="$missing C-compiler"
            ;;
        test) python3 -c 'import jsonschema' 2>/dev/null || missing="$missing python3-with-jsonschema" ;;
        slurm)
            for program in munged slurmctld slurmd sbatch; do
                command -v $program >/dev/null 2>&1 || missing="$missing $program"
            done
            ;;
        lint)
            for program in clang-format cppcheck; do command -v $program >/dev/null 2>&1 || missing="$missing $program"; done
            ;;
        esac
    done
    [ -z "$missing" ] && return 0
    echo "Missing:$missing" >&2
    echo "Install them (names as pkg-config knows them; on Debian this would be done for you) and try again." >&2
    exit 2
}

if [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; then
    on_debian "$@"
else
    elsewhere "$@"
fi
