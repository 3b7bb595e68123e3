// Whole audits of simulated companies whose apps have logs: what a log may do to a verdict, and what a broken one may not.
import { describe, expect, it } from 'vitest';
import { STAGES } from '../../src/model/policy.js';
import { cases, NIGHT } from '../night.js';
import { faults, unprovenShare } from './accuracy.js';
import { TEMPERS } from './apps.js';
import { auditSeries, SERIES } from './audit.js';
import { company } from './company.js';
import { BROKEN, type LogManner } from './logs.js';
import { Tally } from './tally.js';

const SEEDS = Array.from({ length: cases(12, 2) }, (_, i) => 5101 + i);
const SIZES = NIGHT ? [60, 200, 800] : [60, 110, 110];

interface Said {
  readonly tally: Tally;
  /** By company, app and stage. */
  readonly verdicts: ReadonlyMap<string, string>;
}

const known = new Map<LogManner | undefined, Promise<Said>>();

/** What is said of all companies; each way of having logs is audited once. */
function said(log?: LogManner): Promise<Said> {
  let found = known.get(log);
  if (found === undefined) known.set(log, (found = audited(log)));
  return found;
}

async function audited(log: LogManner | undefined): Promise<Said> {
  const tally = new Tally();
  const verdicts = new Map<string, string>();
  for (const seed of SEEDS) {
    const size = SIZES[seed % 3] ?? 60;
    const reports = await auditSeries(company(seed, size), SERIES.slice(-1), undefined, log === undefined ? {} : { log });
    for (const temper of TEMPERS) {
      const report = reports.get(temper.name);
      if (report === undefined) throw new Error(`${temper.name} was not audited`);
      tally.add(temper, report, size);
      for (const stage of STAGES) verdicts.set(`${seed} ${temper.name} ${stage}`, report.coverage[stage].verdict);
    }
  }
  return { tally, verdicts };
}

const WHOLE: LogManner = { actors: true };
const LONG = 240_000;

describe('a log', () => {
  it(
    'proves what one audit alone cannot, and never what is not so',
    async () => {
      const { tally } = await said(WHOLE);
      expect(faults(tally)).toEqual([]);
      expect(unprovenShare(tally)).toBeLessThan(unprovenShare((await said()).tally) * 0.7);
      for (const { name, mechanism } of TEMPERS)
        for (const word of tally.mechanisms.get(name)?.keys() ?? []) expect([mechanism, 'unknown'], name).toContain(word);
    },
    LONG,
  );

  it.each(Object.entries(BROKEN))('of the kind "%s" calls nothing covered that is not, and nothing a gap that is none', async (_, log) => {
    expect(faults((await said(log)).tally)).toEqual([]);
  }, LONG); // prettier-ignore

  it.each(['torn', 'silent', 'of pushes that were not carried out'])('changes no verdict where it is %s', async (name) => {
    expect((await said(BROKEN[name])).verdicts).toEqual((await said()).verdicts);
  }, LONG); // prettier-ignore

  it('says the same in any order, and if everything comes twice', async () => {
    expect((await said(BROKEN['in disorder, and twice'])).verdicts).toEqual((await said(WHOLE)).verdicts);
  }, LONG); // prettier-ignore

  it(
    'of nothing but failures betters no verdict',
    async () => {
      const before = (await said()).verdicts;
      const better = [...(await said(BROKEN['of failures'])).verdicts].filter(
        ([key, verdict]) => (verdict === 'covered' || verdict === 'undeclared') && before.get(key) !== verdict,
      );
      expect(better).toEqual([]);
    },
    LONG,
  );
});
