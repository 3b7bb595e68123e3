/** The folders whose lines are mutated, and the tests that run them: those of the folder itself, and whole audits in memory. */
export const FOLDERS = {
  gate: ['gate'],
  diff: [
    'diff',
    'population',
    'places',
    'docs/verdicts.test.ts',
    'review/without-proof.test.ts',
    'review/nothing-from-absence.test.ts',
    'properties.test.ts',
  ],
  match: ['match', 'places', 'diff', 'transitions', 'review/without-proof.test.ts', 'properties.test.ts'],
  coverage: ['coverage', 'review', 'diff/unread-dates.test.ts', 'docs/verdicts.test.ts', 'properties.test.ts'],
  transitions: ['transitions', 'coverage', 'properties.test.ts'],
};

/** Patterns of those tests. */
export function coveredBy(folder) {
  const places = FOLDERS[folder];
  if (places === undefined) throw new Error(`LIFEGAP_MUTANTS: expected one of ${Object.keys(FOLDERS).join(', ')}`);
  return places.map((place) => (place.endsWith('.ts') ? `test/${place}` : `test/${place}/**/*.test.ts`));
}
