// `npm run accuracy`: writes docs/accuracy.md from companies that nothing was calibrated on.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { test } from 'vitest';
import { STAGES } from '../../src/model/policy.js';
import { faults, sizeOf, tally, unprovenShare } from './accuracy.js';
import { TEMPERS } from './apps.js';
import { type Tally, truthOf } from './tally.js';

const VERDICTS = ['covered', 'undeclared', 'partial', 'gap', 'contradicted', 'unproven'] as const;
const MECHANISMS = ['scim', 'jit', 'scim+jit', 'manual', 'mixed', 'unknown'] as const;
/** Seeds below this were looked at while rules and thresholds were made. */
const FIRST = 2001;
const ONCE = Number(process.env['LIFEGAP_SEEDS'] ?? 200);
const SIX = Number(process.env['LIFEGAP_SEEDS_SIX'] ?? 200);

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => FIRST + i);
const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
const head = (...names: readonly string[]): string => `${row(...names)}|${names.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}\n`;
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

function apps(sums: Tally): string {
  const lines = TEMPERS.flatMap((temper) =>
    STAGES.map((stage) =>
      row(`${temper.name}: ${stage} (${truthOf(temper, stage)})`, ...VERDICTS.map((v) => sums.count(`${temper.name} / ${stage}`, v))),
    ),
  );
  return head('app and stage (truth)', ...VERDICTS) + lines.join('');
}

function mechanisms(sums: Tally): string {
  const lines = TEMPERS.map((temper) =>
    row(`${temper.name} (${temper.mechanism})`, ...MECHANISMS.map((word) => sums.mechanisms.get(temper.name)?.get(word) ?? 0)),
  );
  return head('app (truth)', ...MECHANISMS) + lines.join('');
}

function bars(sums: Tally): string {
  const wrong = faults(sums);
  return [
    `- Stages that do nothing, or wait for a login, and were called covered, or always work and were called a gap: ${wrong.length === 0 ? 'none' : wrong.join('; ')}.`,
    `- Unproven: ${percent(unprovenShare(sums))} of all stages.`,
    `- Intervals that contain the true rate: ${sums.containing} of ${sums.intervals} (${percent(sums.containing / sums.intervals)}).`,
    '',
  ].join('\n');
}

test('docs/accuracy.md', async () => {
  const once = await tally(seeds(ONCE), sizeOf, 1);
  const six = await tally(seeds(SIX), () => 400, 6);
  const text = `# How often is a verdict right?

Simulated companies over three years (joiners, movers, leavers, rehires, renames, leaves of absence), and in each ${TEMPERS.length} apps whose
mechanism is known: what lifegap says of them, against what is true. Rules and thresholds were made on seeds below ${FIRST}; the figures are of
seeds from ${FIRST} on, and were written by \`npm run accuracy\` (\`LIFEGAP_SEEDS=${ONCE} LIFEGAP_SEEDS_SIX=${SIX}\`). Audits are real ones, with a real history; the sources
stand in memory (\`test/simulation\`).

*always*: the stage is always followed through, within the grace. *late*: always too, and half of them later than the grace allows (by hand, or by a
weekly sweep): \`partial\` is the right word for it. *lossy*: for some, by chance or because they are left out. *never*: nothing happens. *at login*:
attributes are refreshed when their owner logs in. In a third of the companies nothing but real changes moves the directory's change
dates, in the others 30 % or 90 % of the people are touched besides; in one of seven a job writes every record of the directory each night; in half of
them logins touch accounts.

The bar: the first line of each list below says none, the share of unproven stages with six audits of 400 people is at most 10 %, and at least
93 % of the intervals contain the true rate (of stages whose rate is one number: not those at login, by hand, or partly managed).
A bounded part of this is a test (\`test/simulation/accuracy.test.ts\`).

## One audit, ${ONCE} companies of 30 to 5,000 people

${bars(once)}
${truths(once)}
## Six audits, fifteen days apart, ${SIX} companies of 400 people

${bars(six)}
${truths(six)}
## The mechanism, one audit

\`unknown\` is no mistake, only no answer.

${mechanisms(once)}
## The mechanism, six audits of 400 people

${mechanisms(six)}
## App by app, one audit

${apps(once)}
## App by app, six audits

${apps(six)}`;
  const file = path.resolve(import.meta.dirname, '../../docs/accuracy.md');
  writeFileSync(file, await format(text, { parser: 'markdown', printWidth: 140 }));
}, 7_200_000);
