import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['baton-source'] },
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers start in some tests; on a small machine that takes a while.
    testTimeout: 60_000,
    hookTimeout: 600_000,
    // Two workers: the servers that the tests start need the cores more than the tests do.
    maxWorkers: 2,
  },
});
