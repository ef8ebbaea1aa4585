#!/usr/bin/env bash
# Sets up what the tests need and runs them all. Needs the .NET 10 SDK and Node.js 20 or later; what else the tests use
# (PostgreSQL, readers of the formats) is installed from Debian when this machine allows it. Ends with "N passed, N failed".
# --unit runs only those that start no programs and take no seconds; they need nothing but the SDK.
set -euo pipefail
cd "$(dirname "$0")"

filter=()
unit=""
if [ "${1:-}" = "--unit" ]; then
  shift
  unit=1
  filter=(--filter-not-trait "Kind=Integration" --filter-not-trait "Kind=Exhaustive")
fi

install_tools() {
  # Command or file that shows the tool is there, then the Debian package that brings it.
  tools=(
    "/usr/lib/postgresql/*/bin/initdb=postgresql"
    "/usr/bin/pdftotext=poppler-utils"
    "/usr/bin/qpdf=qpdf"
    "/usr/lib/python3/dist-packages/openpyxl=python3-openpyxl"
    "/usr/lib/python3/dist-packages/aiosmtpd=python3-aiosmtpd"
    "/usr/bin/soffice=libreoffice-calc-nogui"
    "/usr/bin/ssconvert=gnumeric"
    "/usr/bin/xlsx2csv=xlsx2csv"
    "/usr/bin/7z=p7zip-full"
    "/usr/bin/shellcheck=shellcheck"
    "/usr/lib/*/faketime/libfaketimeMT.so.1=libfaketime"
    "/usr/share/unicode/BidiCharacterTest.txt=unicode-data"
    "/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf=fonts-urw-base35"
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc=fonts-noto-cjk"
  )

  missing=()
  for tool in "${tools[@]}"; do
    compgen -G "${tool%%=*}" >/dev/null || missing+=("${tool##*=}")
  done

  if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    if [ -z "$sudo" ] || $sudo true 2>/dev/null; then
      echo "Installing ${missing[*]} for the tests."
      export DEBIAN_FRONTEND=noninteractive
      $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        echo "Could not install ${missing[*]}; the tests that need them are skipped."
    else
      echo "The tests that need ${missing[*]} are skipped: install them, or run as root."
    fi
  fi

  (cd local/Azurite && { [ -d node_modules/azurite ] || npm ci --no-audit --no-fund --loglevel=error; })
  (cd tests/Formats/Xlsx/Readers/Node && { [ -d node_modules/exceljs ] || npm ci --no-audit --no-fund --loglevel=error; })
  (cd tests/Notifications/Webhooks/Receiver && { [ -d node_modules/standardwebhooks ] || npm ci --no-audit --no-fund --loglevel=error; })
  (cd tests/Infra/Linters && { [ -d node_modules/kubernetes-models ] || npm ci --no-audit --no-fund --loglevel=error; })
  (cd tests/Formats/Records/Readers && { [ -d node_modules/papaparse ] || npm ci --no-audit --no-fund --loglevel=error; })
}

[ -n "$unit" ] || install_tools
dotnet build ExportFunctions.sln --nologo --verbosity quiet
# The app as it is deployed, which tests/Worker runs.
[ -n "$unit" ] || tests/Worker/publish.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet run --project tests --no-build -- --progress off --ansi off "${filter[@]}" "$@" 2>&1 | tee "$log" || status=$?

# Colours, where a terminal asked for them, must not hide the counts.
count() { sed -E 's/\x1b\[[0-9;]*m//g' "$log" | sed -nE "s/^ *$1: ([0-9]+).*/\1/p" | tail -n 1; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
if [ -n "${CI:-}" ] && [ "${skipped:-0}" -gt 0 ]; then
  echo "In CI no test may be skipped; ${skipped} were."
  status=1
fi
[ "${passed:-0}" -gt 0 ] || status=1
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
