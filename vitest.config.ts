import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    conditions: ['baton-source'],
    // A project's read models run in the tests themselves, and Vite does not find a package by its own name.
    alias: { 'baton/read-models': fileURLToPath(new URL('src/read-models/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers start in some tests; on a small machine that takes a while.
    testTimeout: 60_000,
    hookTimeout: 600_000,
    // Two workers: the servers that the tests start need the cores more than the tests do.
    maxWorkers: 2,
  },
});
