// `lifegap compare` of two CSV files beside DuckDB's bare full outer join of the same files, each as a process of its own, rounds interleaved.
//   npm run bench:compare -- [--rows 100000] [--runs 5]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate, SHARE } from './generate.js';

const HERE = import.meta.dirname;
const BIN = path.resolve(HERE, '../../bin/lifegap.js');
/** Installed on demand, into test/bench/node_modules: 70 MB. */
const DUCKDB = '@duckdb/node-api@1.5.6-r.1';
const BAR = 1.3;

const { values: flags } = parseArgs({ options: { rows: { type: 'string', default: '100000' }, runs: { type: 'string', default: '5' } } });
const rows = Number(flags.rows);
const folder = await generate(rows);
const [people, accounts] = ['people.csv', 'accounts.csv'].map((file) => path.join(folder, file));
const stdout = path.join(folder, 'stdout');

if (!existsSync(path.join(HERE, 'node_modules/@duckdb'))) {
  process.stderr.write(`installing ${DUCKDB} into test/bench/node_modules\n`);
  execFileSync('npm', ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', HERE, DUCKDB], { stdio: ['ignore', 'ignore', 'inherit'] }); // prettier-ignore
}

const report = (text) => {
  const { summary } = JSON.parse(text);
  return [summary.orphaned, summary.stale, summary.missing];
};
const CONTENDERS = [
  { name: 'lifegap compare', command: [process.execPath, BIN, 'compare', people, accounts, '--format', 'json', '--quiet', '--as-of', '2026-11-01T00:00:00Z'], counts: report, code: 1 }, // prettier-ignore
  { name: 'DuckDB, full outer join', command: [process.execPath, path.join(HERE, 'contenders/duckdb.js'), people, accounts], counts: (text) => text.trim().split(' ').map(Number), code: 0 }, // prettier-ignore
];

function measure({ name, command, counts, code }) {
  const { stdout: out, stderr, status } = spawnSync('python3', [path.join(HERE, 'measure.py'), stdout, ...command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: could not be measured: ${stderr}`);
  const used = JSON.parse(out);
  const found = used.code === code ? counts(readFileSync(stdout, 'utf8')) : [];
  const each = Math.round(rows * SHARE);
  // A contender that is fast and wrong is not in the race.
  if (found.join() !== [each, each, each].join()) throw new Error(`${name}: exit ${used.code}, found ${found}, expected ${each} of each\n${stderr}`); // prettier-ignore
  return used;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const measured = new Map(CONTENDERS.map((contender) => [contender, []]));
for (let round = 1; round <= Number(flags.runs); round++) {
  for (const contender of CONTENDERS) {
    const used = measure(contender);
    measured.get(contender).push(used);
    process.stderr.write(`round ${round}: ${contender.name}: ${used.wall.toFixed(2)} s, ${used.cpu.toFixed(2)} s of processors\n`);
  }
}

const [lifegap, duckdb] = CONTENDERS.map((contender) => {
  const of = (key) => median(measured.get(contender).map((used) => used[key]));
  return { name: contender.name, wall: of('wall'), cpu: of('cpu'), peakMiB: of('peakMiB') };
});
process.stdout.write(
  `${rows} people, ${rows} accounts, medians of ${flags.runs}; Node ${process.version}, ${os.availableParallelism()} cores\n`,
);
for (const { name, wall, cpu, peakMiB } of [lifegap, duckdb]) process.stdout.write(`${name}: ${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of processors, ${peakMiB.toFixed(0)} MiB\n`); // prettier-ignore
const ratio = lifegap.wall / duckdb.wall;
process.stdout.write(`${ratio.toFixed(2)} times; the bar is ${BAR}: ${ratio <= BAR ? 'met' : 'not met'}\n`);
