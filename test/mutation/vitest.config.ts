import { defineConfig } from 'vitest/config'

/** Rules are held by the tests that stand beside them. */
export default defineConfig({
  test: { include: process.env.TOCSIN_RULE_TESTS!.split(','), testTimeout: 30_000 },
})
