import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    globalNamespace?: string;
  }
}

// The fault of the run before is still in the thread while the next test file is read, and makes its tables.
const faults = (globalThis as Record<string, { activeMutant?: string } | undefined>)[inject('globalNamespace') ?? ''];
if (faults !== undefined) delete faults.activeMutant;
