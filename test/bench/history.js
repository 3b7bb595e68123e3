// What recording and reading the history adds to an audit: 100,000 people, 20 apps of as many accounts, 1 % changed since the last audit.
//   node test/bench/history.js [--rows 100000] [--apps 20] [--runs 3]
// Both contenders are the same audit of the same files in one run, with and without history; each recording run starts from a copy of the same file, in
// which one audit is recorded. That first audit is kept beside the data, and made again only when the compiled code has changed. The bar: at most half of
// the audit's own time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { COMPARED, generate } from './generate.js';

const HERE = import.meta.dirname;
const BIN = path.resolve(HERE, '../../bin/lifegap.js');
const BAR = 0.5;

const { values: flags } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, apps: { type: 'string', default: '20' }, runs: { type: 'string', default: '3' } },
});
const rows = Number(flags.rows);
const folder = await generate(rows);
const file = (name) => path.join(folder, name);

/** Every hundredth row has another department. */
for (const name of ['people', 'accounts']) {
  if (existsSync(file(`${name}-changed.ndjson`))) continue;
  const lines = readFileSync(file(`${name}.ndjson`), 'utf8')
    .trimEnd()
    .split('\n');
  const changed = lines.map((line) => {
    const row = JSON.parse(line);
    const owner = row.externalId ?? row.id;
    return Number.parseInt(owner.slice(2).split('-')[0], 36) % 100 === 0 ? JSON.stringify({ ...row, department: 'Moved 01' }) : line;
  });
  writeFileSync(file(`${name}-changed.ndjson`), `${changed.join('\n')}\n`);
}
const app = (suffix) => `{ connector: file, path: accounts${suffix}.ndjson, fields: { emails: [email] }, status: { from: status }, match: [externalId=id, email], compare: [${COMPARED.join(', ')}] }`; // prettier-ignore
const apps = (suffix) => Array.from({ length: Number(flags.apps) }, (_, i) => `  app-${String(i + 1).padStart(2, '0')}: ${app(suffix)}`);
const config = (suffix) => `version: 1
directory: { name: hr, connector: file, path: people${suffix}.ndjson, fields: { emails: [email] }, state: { from: state } }
apps:
${apps(suffix).join('\n')}
history: history.db
`;
writeFileSync(file('history-first.yaml'), config(''));
writeFileSync(file('history.yaml'), config('-changed'));

/** The file with the first audit, by name: what one version of the code wrote is no start for another. */
function firstAudit() {
  const dist = path.resolve(HERE, '../../dist');
  const hash = createHash('sha256');
  const parts = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.js'));
  for (const name of parts.toSorted()) hash.update(name).update(readFileSync(path.join(dist, name)));
  const name = `history-${flags.apps}-apps-${hash.digest('hex').slice(0, 12)}.db`;
  if (existsSync(file(name))) return name;
  for (const old of readdirSync(folder).filter((one) => /^history.*\.db/.test(one))) rmSync(file(old), { recursive: true });
  say(`first audit, everything is new: ${shown(audit('history-first.yaml', '--history'))}; the file has ${sizeOf('history.db')}`);
  renameSync(file('history.db'), file(name));
  return name;
}

function audit(name, ...more) {
  const command = [process.execPath, BIN, 'audit', '--config', file(name), '--format', 'json', '--quiet', ...more];
  const { stdout, stderr, status } = spawnSync('python3', [path.join(HERE, 'measure.py'), file('stdout'), ...command], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const measured = JSON.parse(stdout);
  if (![0, 1].includes(measured.code) || stderr.includes('not recorded')) throw new Error(`exit ${measured.code}: ${stderr}`);
  return measured;
}

const shown = ({ wall, cpu, peakMiB }) => `wall ${wall.toFixed(2)} s, cpu ${cpu.toFixed(2)} s, peak ${Math.round(peakMiB)} MiB`;
const say = (line) => process.stdout.write(`${line}\n`);
const sizeOf = (name) => `${(statSync(file(name)).size / 2 ** 20).toFixed(0)} MiB`;
const before = firstAudit();
const without = [];
const recording = [];
for (let i = 0; i < Number(flags.runs); i++) {
  without.push(audit('history.yaml', '--no-history'));
  say(`without history: ${shown(without.at(-1))}`);
  copyFileSync(file(before), file('history.db'));
  recording.push(audit('history.yaml'));
  say(`with history:    ${shown(recording.at(-1))}; the file has ${sizeOf('history.db')}`);
}
const median = (list, of) => {
  const sorted = list.map(of).toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};
/** How far the runs lie apart: a machine that is busy with other things shows here. */
const spread = (list, of) => `${Math.round((Math.max(...list.map(of)) / Math.min(...list.map(of)) - 1) * 100)} %`;
for (const [name, of] of [
  ['wall', (m) => m.wall],
  ['cpu', (m) => m.cpu],
]) {
  const added = median(recording, of) / median(without, of) - 1;
  say(
    `${name}: adds ${(added * 100).toFixed(0)} % (medians of ${flags.runs}, spread ${spread(without, of)} and ${spread(recording, of)}), bar ${BAR * 100} %: ${added <= BAR ? 'held' : 'missed'}`,
  );
  if (added > BAR) process.exitCode = 1;
}
