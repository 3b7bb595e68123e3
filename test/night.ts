// What proves little more after the first minute draws fewer cases by day; LIFEGAP_NIGHT=1 (`npm run test:night`) draws them all.
export const NIGHT = process.env['LIFEGAP_NIGHT'] === '1';

/** `npm run mutants` runs the tests for each of thousands of faults: there an eighth is drawn, and what only the rest would notice counts as not noticed. */
const PART = process.env['LIFEGAP_MUTANTS'] === undefined ? 1 : 8;

/** So many by night, and so many in `npm test`. */
export const cases = (byNight: number, byDay: number): number => Math.ceil((NIGHT ? byNight : byDay) / PART);
