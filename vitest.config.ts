import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { PROGRAM } from './test/compiled.js';
import { NIGHT } from './test/night.js';

/**
 * Files that a worker of their own runs: they measure memory, put another module in the place of one, leave more memory behind than all the
 * others together (the type checker of eslint), or have secrets that are ordinary words, which a process never forgets. The rest share two
 * workers, so that the program is read and compiled twice and not 230 times.
 */
const ALONE = [
  '**/disk/spool.test.ts',
  '**/memory.night.test.ts',
  '**/house/lint.test.ts',
  '**/house/contributing.test.ts',
  '**/secrets-as-values.test.ts',
];
/** Whole files that take long and show little more than their neighbours do by day: large inputs, a disk without room, benches. */
const BY_NIGHT = '**/*.night.test.ts';

const shared = {
  // Long enough for a machine that does other things as well: a test that hangs is told from one that waits for its turn.
  testTimeout: 60_000,
  hookTimeout: 180_000,
  // The compiled program is run as Node runs it.
  server: { deps: { external: [/\/dist\//] } },
};
const exclude = [...configDefaults.exclude, ...(NIGHT ? [] : [BY_NIGHT])];

export default defineConfig({
  test: {
    // Vitest leaves one processor to itself, which does next to nothing.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { ...shared, name: 'alone', include: ALONE, exclude } },
      {
        plugins: [...PROGRAM],
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...ALONE],
          isolate: false,
          globalSetup: 'test/scratch.ts',
        },
      },
    ],
  },
});
