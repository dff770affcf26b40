#!/bin/sh
# Install the outside tools that the tests at the edges drive, into .tools/. Each is optional: what cannot be had is
# named, and the tests that need it are skipped.
cd "$(dirname "$0")/.." || exit 1
mkdir -p .tools
PYTHON=${PYTHON:-python3}

try() { # try NAME COMMAND...
  name=$1
  shift
  timeout 300 "$@" >/dev/null 2>&1 || echo "not installed, tests that need it are skipped: $name"
}

if command -v npm >/dev/null; then
  [ -e .tools/node/node_modules/.bin/single-file ] && [ -e .tools/node/node_modules/ajv ] ||
    try "single-file-cli, ajv (npm)" npm install --no-audit --no-fund --prefix .tools/node single-file-cli ajv ajv-formats
else
  echo "not installed, tests that need it are skipped: single-file-cli, ajv (npm is missing)"
fi
if [ ! -x .tools/pywb/bin/cdx-indexer ]; then
  "$PYTHON" -m venv .tools/pywb
  try "pywb (pip)" .tools/pywb/bin/pip install --quiet --disable-pip-version-check pywb 'setuptools<81'
fi
exit 0
