import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a machine that does other things as well: a test that hangs is told from one that waits for its turn.
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // The compiled program is run as Node runs it.
    server: { deps: { external: [/\/dist\//] } },
  },
});
