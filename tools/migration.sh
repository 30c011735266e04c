#!/usr/bin/env bash
# Adds the next migration: what db/schema says now and the last one does not. A migration that stands is never changed: installations have run it.
# SQL that drizzle-kit cannot know (triggers, partitions, moving data) is written into the new file by hand; `--custom` gives an empty one for it.
set -euo pipefail
cd "$(dirname "$0")/.."
name="${1:?a name for the migration: tools/migration.sh NAME [--custom]}"
npx drizzle-kit generate --name "$name" ${2:+"$2"}
