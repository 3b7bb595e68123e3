// What proves little more after the first minute draws fewer cases by day; LIFEGAP_NIGHT=1 (`npm run test:night`) draws them all.
export const NIGHT = process.env['LIFEGAP_NIGHT'] === '1';

/** So many by night, and so many in `npm test`. */
export const cases = (byNight: number, byDay: number): number => (NIGHT ? byNight : byDay);
