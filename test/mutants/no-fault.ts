import { afterEach, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    globalNamespace?: string;
    activeMutant?: string;
  }
}

/** What is left in the thread of the run before. */
const kept = globalThis as { noticed?: string | undefined } & Record<string, { activeMutant?: string } | undefined>;

// Its fault is still there while the next test file is read, and makes its tables.
const faults = kept[inject('globalNamespace') ?? ''];
if (faults !== undefined) delete faults.activeMutant;

// One test is enough: no further file is read for a fault that one has noticed.
const fault = inject('activeMutant');
if (fault !== undefined && kept.noticed === fault) throw new Error('noticed already');
afterEach(({ task }) => {
  if (task.result?.state === 'fail') kept.noticed = fault;
});
