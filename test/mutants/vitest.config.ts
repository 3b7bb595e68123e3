import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type PoolOptions, type TestSpecification } from 'vitest/node';
import { coveredBy, patternOf } from './folders.js';
import { endThread, KeptThread } from './kept-thread.js';

const places = coveredBy(process.env['LIFEGAP_MUTANTS'] ?? '');

/** In the order of the list; a file that is named beside its folder comes where it is named. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number =>
      places.findLastIndex((one) => path.relative(project.config.root, moduleId).startsWith(one));
    return files.sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: places.map(patternOf),
    setupFiles: 'test/mutants/no-fault.ts',
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: AsListed },
  },
  plugins: [
    {
      name: 'kept-thread',
      // Stryker asks for threads; a pool of one's own can be given here alone.
      configureVitest({ project, vitest }) {
        const poolRunner = { name: 'kept-thread', createPoolWorker: (options: PoolOptions) => new KeptThread(options) };
        vitest.onClose(endThread);
        Object.assign(project.config, { pool: poolRunner.name, poolRunner });
      },
    },
  ],
});
