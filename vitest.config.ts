import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // Rules, rooms and plugs: fast, run at every commit.
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.db.test.ts', 'src/platform/embedded-postgres/**'],
          // Properties are tried on many cases, and a busy machine may be ten times slower.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          setupFiles: ['test/plans/recorder.ts'],
          include: ['src/**/*.db.test.ts', 'test/architecture.test.ts'],
          globalSetup: ['test/world/database.setup.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'journeys',
          setupFiles: ['test/plans/recorder.ts'],
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/world/database.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // The built program, killed and frozen; real clients; a real browser.
      { test: { name: 'crash', include: ['test/crash/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false } },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          globalSetup: ['test/world/database.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      // Attacks of every kind, with a bounded seed here and at full length in `npm run attack`: test/attack/size.ts.
      {
        test: {
          name: 'attack',
          include: ['test/attack/**/*.test.ts'],
          globalSetup: ['test/world/database.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      // Every statement that the db and journeys tests sent, explained on a big database: run after them.
      {
        test: {
          name: 'plans',
          include: ['test/plans/**/*.test.ts'],
          globalSetup: ['test/world/database.setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      { test: { name: 'postgres', include: ['src/platform/embedded-postgres/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
})
