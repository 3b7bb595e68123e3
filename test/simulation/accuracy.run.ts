// `npm run accuracy`: writes docs/accuracy.md from companies that nothing was calibrated on.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { test } from 'vitest';
import { STAGES } from '../../src/model/policy.js';
import { faults, sizeOf, tally, unprovenShare } from './accuracy.js';
import { TEMPERS } from './apps.js';
import { SMALL, type Tally, truthOf } from './tally.js';

const VERDICTS = ['covered', 'undeclared', 'partial', 'gap', 'contradicted', 'unproven'] as const;
const MECHANISMS = ['scim', 'jit', 'scim+jit', 'manual', 'mixed', 'unknown'] as const;
/** Seeds below this were looked at while rules and thresholds were made. */
const FIRST = 2001;
const ONCE = Number(process.env['LIFEGAP_SEEDS'] ?? 200);
const SIX = Number(process.env['LIFEGAP_SEEDS_SIX'] ?? 200);

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => FIRST + i);
/** What never happened is an empty cell, so that the eye finds what did. */
const row = (...cells: readonly (string | number)[]): string => `| ${cells.map((cell) => (cell === 0 ? '' : cell)).join(' | ')} |\n`;
const head = (...names: readonly string[]): string => `${row(...names)}|${names.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}\n`;
const WAYS = ['one audit', 'one audit, with logs', 'six audits', 'six audits, with logs'] as const;
const sideBySide = (name: string): string => `${row(name, ...WAYS)}${'|---'.repeat(WAYS.length + 1)}|\n`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function truths(sums: Tally): string {
  const keys = STAGES.flatMap((stage) => (['always', 'late', 'lossy', 'never', 'at login'] as const).map((truth) => `${stage} ${truth}`));
  return (
    head('stage, and the truth', ...VERDICTS) +
    keys
      .filter((key) => sums.verdicts.has(key))
      .map((key) => row(key, ...VERDICTS.map((verdict) => sums.count(key, verdict))))
      .join('')
  );
}

/** How often each word was said, without those that never were. */
const said = <W extends string>(words: readonly W[], count: (word: W) => number): string =>
  words.flatMap((word) => (count(word) === 0 ? [] : [`${count(word)} ${word}`])).join(', ');

function apps(...both: readonly Tally[]): string {
  const lines = TEMPERS.flatMap((temper) =>
    STAGES.map((stage) => {
      const counts = both.map((sums) => said(VERDICTS, (verdict) => sums.count(`${temper.name} / ${stage}`, verdict)));
      return row(`${temper.name}: ${stage} (${truthOf(temper, stage)})`, ...counts);
    }),
  );
  return sideBySide('app and stage (truth)') + lines.join('');
}

function mechanisms(...both: readonly Tally[]): string {
  const lines = TEMPERS.map((temper) => {
    const counts = both.map((sums) => said(MECHANISMS, (word) => sums.mechanisms.get(temper.name)?.get(word) ?? 0));
    return row(`${temper.name} (${temper.mechanism})`, ...counts);
  });
  return sideBySide('app (truth)') + lines.join('');
}

/** Of apps whose mechanism is one: how often it was named, and how often wrongly. */
function named(sums: Tally): string {
  const counts = { right: 0, wrong: 0, all: 0 };
  for (const { name, mechanism } of TEMPERS) {
    if (mechanism === 'unknown') continue;
    for (const [word, n] of sums.mechanisms.get(name) ?? []) {
      counts.all += n;
      if (word === mechanism) counts.right += n;
      else if (word !== 'unknown') counts.wrong += n;
    }
  }
  return `${percent(counts.right / counts.all)}, ${counts.wrong} wrong`;
}

/** The bar, and how it was met, for each way of auditing. */
function bars(...both: readonly Tally[]): string {
  const wrong = both.map((sums) => faults(sums).join('; ') || 'none');
  const unproven = both.map((sums) => percent(unprovenShare(sums)));
  const right = both.map((sums) => `${sums.containing} of ${sums.intervals} (${percent(sums.containing / sums.intervals)})`);
  return (
    head('', 'bar', ...WAYS) +
    row(
      'companies',
      '',
      ...[ONCE, ONCE].map((n) => `${n} of 30 to 5,000 people`),
      ...[SIX, SIX].map((n) => `${n} of 400 people, 15 days apart`),
    ) +
    row(
      'called `covered` or `undeclared` where nothing happens (or only at a login), or a `gap` or `contradicted` where it always does',
      'none',
      ...wrong,
    ) +
    row('`unproven` stages', 'with logs: 15 % at most of one audit, 5 % of six; six without: 10 %', ...unproven) +
    row(`… in companies of ${SMALL} people and more`, '', ...both.map(({ large }) => percent(large.unproven / large.all))) +
    row('mechanism named', 'with logs: 95 % at least', ...both.map(named)) +
    row('intervals that contain the true rate', '93 % at least', ...right)
  );
}

test('docs/accuracy.md', async () => {
  const log = { log: { actors: true } };
  const once = await tally(seeds(ONCE), sizeOf, 1);
  const logged = await tally(seeds(ONCE), sizeOf, 1, log);
  const six = await tally(seeds(SIX), () => 400, 6);
  const sixLogged = await tally(seeds(SIX), () => 400, 6, log);
  const all = [once, logged, six, sixLogged] as const;
  const text = `# How often is a verdict right?

Simulated companies have ${TEMPERS.length} apps each, and it is known what each app really does. lifegap audits them. This page compares its verdicts with the truth.

${bars(...all)}
What is true of a stage:

- *always*: it happens to everybody within the grace.
- *late*: it happens to everybody, to half of them after the grace (by hand, or by a weekly sweep). \`partial\` is right.
- *lossy*: it happens to some.
- *never*: nothing happens.
- *at login*: attributes are refreshed when their owner logs in.

What the verdicts mean: [coverage.md](coverage.md#verdicts). An empty cell is 0.

## Verdicts, one audit

${truths(once)}
## Verdicts, one audit with logs

${truths(logged)}
## Verdicts, six audits

${truths(six)}
## Verdicts, six audits with logs

${truths(sixLogged)}
## The mechanism

\`unknown\` is no mistake, only no answer.

${mechanisms(...all)}
## App by app

${apps(...all)}
## How it is measured

- Three years of joiners, movers, leavers, rehires, renames and leaves of absence. Audits and history are real ones; sources are in memory (\`test/simulation\`).
- In a third of the companies only real changes move the directory's change dates. In the others 30 % or 90 % of the people are touched besides.
- In one of seven, a job writes every record of the directory each night. In half, logins touch accounts.
- In a company of fewer than ${SMALL} people too few join and leave in three months: five trials are the least that prove anything, and nine that a stage is covered.
- With logs: each app's own log of the last 90 days is read, too. It names what was set, and what wrote it. Logs that are torn, lossy, silent, skewed or without actors are in \`test/simulation/logs.test.ts\`.
- Intervals are counted for stages whose rate is one number: not those at login, by hand, or partly managed.
- Rules and thresholds were made on seeds below ${FIRST}. These figures are of seeds from ${FIRST} on.
- \`LIFEGAP_SEEDS=${ONCE} LIFEGAP_SEEDS_SIX=${SIX} npm run accuracy\` writes this page. \`test/simulation/accuracy.test.ts\` holds a part of it.
`;
  const file = path.resolve(import.meta.dirname, '../../docs/accuracy.md');
  writeFileSync(file, await format(text, { parser: 'markdown', printWidth: 140 }));
}, 7_200_000);
