/** Says whether the median of the ratios is within the bar, for people and for the exit code. */
export function judge(what, ratios, bar) {
  const median = ratios.toSorted((a, b) => a - b)[ratios.length >> 1];
  process.stdout.write(`${what}: median ${median.toFixed(2)}, bar ${bar}: ${median <= bar ? 'held' : 'missed'}\n`);
  if (median > bar) process.exitCode = 1;
}
