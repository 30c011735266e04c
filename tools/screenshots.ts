/** Pictures of every page in both languages and two widths, into docs/screenshots: the test that looks at every page takes them. */
import { spawnSync } from 'node:child_process'

const done = spawnSync('vitest', ['run', 'test/console/every-page.test.ts'], { stdio: 'inherit', env: { ...process.env, HUOSHUI_SCREENSHOTS: 'docs/screenshots' } })
process.exit(done.status ?? 1)
