// Properties draw the same values in every run, so that a red one is about the change in hand. LIFEGAP_SEED=N draws others, LIFEGAP_SEED=random
// whatever comes; fast-check names the seed of a failure, and CI draws at random once a week.
import { configureGlobal } from 'fast-check';

const SEED = 20_261_124;
const { LIFEGAP_SEED: asked = String(SEED) } = process.env;
const seed = asked === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(asked);
if (!Number.isInteger(seed)) throw new Error(`LIFEGAP_SEED is neither a whole number nor "random": ${asked}`);
configureGlobal({ seed });

export { default } from 'fast-check';
