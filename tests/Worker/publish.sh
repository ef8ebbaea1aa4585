#!/usr/bin/env bash
# Publishes the app as infra/deploy.sh does, for the tests that run it. Beside the build's own folders, so that neither undoes the other's work.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet publish functions -c Release --use-current-runtime --no-self-contained --artifacts-path tests/bin/published -o tests/bin/published/app \
  --nologo --verbosity quiet
touch tests/bin/published/app/published.stamp
