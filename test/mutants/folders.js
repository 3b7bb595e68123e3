/**
 * The folders whose lines are mutated, and the tests that run them, in the order in which they run: those of the folder itself, then whole audits in memory. The
 * first that fails ends the run of a fault, so what takes long comes last, and what draws whole companies at random (test/properties.test.ts) is not here.
 */
export const FOLDERS = {
  gate: ['gate'],
  diff: [
    'diff',
    'docs/verdicts.test.ts',
    'review/without-proof.test.ts',
    'review/nothing-from-absence.test.ts',
    'diff/unread-dates.test.ts',
    'diff/by-column.test.ts',
  ],
  match: ['match', 'diff', 'review/without-proof.test.ts', 'diff/unread-dates.test.ts', 'diff/by-column.test.ts'],
  coverage: ['coverage', 'docs/verdicts.test.ts', 'review/nothing-from-absence.test.ts', 'review/without-proof.test.ts'],
  transitions: ['transitions/observe.test.ts', 'coverage', 'transitions'],
};

/** Folders and files of those tests. */
export function coveredBy(folder) {
  const places = FOLDERS[folder];
  if (places === undefined) throw new Error(`LIFEGAP_MUTANTS: expected one of ${Object.keys(FOLDERS).join(', ')}`);
  return places.map((place) => `test/${place}${place.endsWith('.ts') ? '' : '/'}`);
}

export const patternOf = (place) => (place.endsWith('/') ? `${place}**/*.test.ts` : place);
