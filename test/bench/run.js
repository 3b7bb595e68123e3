// The whole audit beside what one would otherwise use for the bare diff, each as a process of its own, in one run.
//   npm run bench -- [--rows 1000000] [--runs 3] [--only lifegap,python] [--markdown]
// Rounds are interleaved, so that a slow minute of the machine hits every contender; figures are medians, ratios are what counts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate, SHARE } from './generate.js';

const HERE = import.meta.dirname;
const BIN = path.resolve(HERE, '../../bin/lifegap.js');
/** Installed on demand, into test/bench/node_modules: DuckDB alone is 70 MB. */
const ON_DEMAND = ['@duckdb/node-api@1.5.6-r.1', 'node-sqlite3-wasm@0.8'];

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    markdown: { type: 'boolean', default: false },
  },
});
const rows = Number(flags.rows);
const runs = Number(flags.runs);

const folder = await generate(rows);
const stdout = path.join(folder, 'stdout');
const files = (format) => [path.join(folder, `people.${format}`), path.join(folder, `accounts.${format}`)];
const audit = (format) => [process.execPath, BIN, 'audit', '--config', path.join(folder, `${format}.yaml`), '--format', 'json', '--quiet', '--as-of', '2026-11-01T00:00:00Z']; // prettier-ignore
const script = (name, format) => [
  name.endsWith('.py') ? 'python3' : process.execPath,
  path.join(HERE, 'contenders', name),
  ...files(format),
];

/** What the contender printed, as orphaned, stale, missing. */
const plain = (text) => text.trim().split(' ').map(Number); // prettier-ignore
const report = (text) => {
  const { summary } = JSON.parse(text);
  return [summary.orphaned, summary.stale, summary.missing];
};

const CONTENDERS = [
  { name: 'lifegap audit, NDJSON', command: audit('ndjson'), counts: report, code: 1 },
  { name: 'lifegap audit, CSV', command: audit('csv'), counts: report, code: 1 },
  { name: 'Python csv.DictReader, CSV', command: script('bare_diff.py', 'csv'), counts: plain, code: 0 },
  { name: 'Python csv.reader tuned, CSV', command: script('bare_diff_tuned.py', 'csv'), counts: plain, code: 0 },
  { name: 'DuckDB, NDJSON', command: script('duckdb.js', 'ndjson'), counts: plain, code: 0 },
  { name: 'DuckDB, CSV', command: script('duckdb.js', 'csv'), counts: plain, code: 0 },
  { name: 'SQLite, NDJSON', command: script('sqlite.js', 'ndjson'), counts: plain, code: 0 },
].filter(({ name }) => flags.only === '' || flags.only.split(',').some((word) => name.toLowerCase().includes(word.toLowerCase())));

if (CONTENDERS.some(({ name }) => /duckdb|sqlite/i.test(name)) && !existsSync(path.join(HERE, 'node_modules/node-sqlite3-wasm'))) {
  process.stderr.write(`installing ${ON_DEMAND.join(' and ')} into test/bench/node_modules\n`);
  execFileSync('npm', ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', HERE, ...ON_DEMAND], { stdio: ['ignore', 'ignore', 'inherit'] }); // prettier-ignore
}

function measure({ name, command, counts, code }) {
  const { stdout: out, stderr, status } = spawnSync('python3', [path.join(HERE, 'measure.py'), stdout, ...command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: could not be measured: ${stderr}`);
  const used = JSON.parse(out);
  const found = used.code === code ? counts(readFileSync(stdout, 'utf8')) : [];
  const each = Math.round(rows * SHARE);
  // A contender that is fast and wrong is not in the race.
  if (found.join() !== [each, each, each].join())
    throw new Error(`${name}: exit ${used.code}, found ${found}, expected ${each} of each\n${stderr}`);
  return used;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const measured = new Map(CONTENDERS.map((contender) => [contender, []]));
for (let round = 1; round <= runs; round++) {
  for (const contender of CONTENDERS) {
    const used = measure(contender);
    measured.get(contender).push(used);
    process.stderr.write(`round ${round}: ${contender.name}: ${used.wall.toFixed(2)} s\n`);
  }
}

const figures = CONTENDERS.map((contender) => {
  const of = (key) => median(measured.get(contender).map((used) => used[key]));
  return { name: contender.name, wall: of('wall'), cpu: of('cpu'), peakMiB: of('peakMiB') };
});
const base = (word) => figures.find(({ name }) => name.startsWith(word))?.wall;
const ratio = (wall, word) => (base(word) === undefined ? '' : (wall / base(word)).toFixed(2));
const table = [
  ['', 'wall s', 'cpu s', 'peak MiB', 'wall / Python', 'wall / DuckDB'],
  ...figures.map(({ name, wall, cpu, peakMiB }) => [name, wall.toFixed(2), cpu.toFixed(2), peakMiB.toFixed(0), ratio(wall, 'Python csv.DictReader'), ratio(wall, 'DuckDB, NDJSON')]), // prettier-ignore
];
const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
const lines = table.map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))));
const print = flags.markdown ? (line) => `| ${line.join(' | ')} |` : (line) => line.join('  ');
process.stdout.write(
  `${rows} people, ${rows} accounts, medians of ${runs}; Node ${process.version}, ${os.availableParallelism()} cores\n\n`,
);
lines.forEach((line, i) => {
  process.stdout.write(`${print(line)}\n`);
  if (i === 0 && flags.markdown) process.stdout.write(`|---|${'---:|'.repeat(table[0].length - 1)}\n`);
});
