#!/usr/bin/env bash
# Until the first release there is one migration: the schema as it stands, and the triggers.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf db/migrations
npx drizzle-kit generate --name foundation
printf -- '--> statement-breakpoint\n' >> db/migrations/0000_foundation.sql
cat db/triggers.sql >> db/migrations/0000_foundation.sql
