import type { Today } from '../../src/transitions/scene.js';
import { POLICY } from '../in-memory.js';

/** An audit in which everybody is expected, and nothing is amiss. */
export const TODAY: Today = {
  policy: POLICY,
  expects: () => true,
  isSucceeded: () => false,
  isUnclear: () => false,
  holds: () => false,
  differs: () => true,
  logins: undefined,
  datedChanges: true,
  isJit: false,
  isFiltered: false,
};
