import { defineConfig } from 'vitest/config'

/** One run, one set of shared services: engines are expensive, so files run in a few processes, not one a core. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
    // Wide: they tell what hangs from what is slow, on two cores that something else may have.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
    // In CI a browser shares two cores with whatever else runs: what fails is tried again, and the report says so. Never at a desk.
    retry: process.env['CI'] === undefined ? 0 : 2,
  },
})
