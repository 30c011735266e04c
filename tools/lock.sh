#!/usr/bin/env bash
# Makes package-lock.json anew in an empty folder and checks that `npm ci` takes it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp package.json "$folder/"
(cd "$folder" && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund && npm ci --dry-run --ignore-scripts --no-audit --no-fund >/dev/null)
cp "$folder/package-lock.json" package-lock.json
