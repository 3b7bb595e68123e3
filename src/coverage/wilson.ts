/** The 97.5 % quantile of the normal distribution: a two-sided 95 % interval. */
const Z = 1.959963984540054;

/**
 * Wilson score interval of a success rate, 95 %: honest for few trials and for rates near 0 and 1, where the textbook
 * interval is not. Null without a trial. (Wilson 1927; Brown, Cai, DasGupta 2001.)
 */
export function wilson(successes: number, trials: number): readonly [number, number] | null {
  if (trials === 0) return null;
  const rate = successes / trials;
  const z2 = Z * Z;
  const centre = rate + z2 / (2 * trials);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  const low = successes === 0 ? 0 : Math.max(0, (centre - spread) / scale);
  const high = successes === trials ? 1 : Math.min(1, (centre + spread) / scale);
  return [low, high];
}
