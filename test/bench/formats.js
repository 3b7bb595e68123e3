// The same audit of many findings written in every format, each a process of its own: wall time and peak memory of the whole audit.
//   npm run bench:formats -- [--findings 200000] [--only sarif,html]
// Half of the findings are accounts of nobody, the other half people without an account.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FORMATS } from '../../dist/report/formats.js';

const HERE = import.meta.dirname;
const BIN = path.resolve(HERE, '../../bin/lifegap.js');
const BAR_MIB = 1024;

const { values: flags } = parseArgs({
  options: { findings: { type: 'string', default: '200000' }, only: { type: 'string', default: Object.keys(FORMATS).join() } },
});
const half = Number(flags.findings) / 2;
const folder = path.join(HERE, 'data', `formats-${flags.findings}`);
mkdirSync(folder, { recursive: true });

async function rows(file, head, line) {
  const out = createWriteStream(path.join(folder, file));
  out.write(head);
  for (let i = 0; i < half; i++) if (!out.write(line(i))) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}
await rows('people.csv', 'id,userName,email,state\n', (i) => `p${i},person${i},person${i}@corp.example,active\n`);
await rows('app.csv', 'id,userName,email,status\n', (i) => `a${i},stranger${i},stranger${i}@elsewhere.example,active\n`);
const config = path.join(folder, 'lifegap.yaml');
writeFileSync(
  config,
  `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  app: { connector: file, path: app.csv, lifecycle: { delete: { by: none } } }
policy: { guard: { unmatched: 100% } }
history: false
`,
);

let held = true;
for (const format of flags.only.split(',')) {
  const out = path.join(folder, `out.${format}`);
  const audit = [BIN, 'audit', '--config', config, '--as-of', '2026-11-01T00:00:00Z', '--format', `${format}=${out}`];
  const { stdout, stderr, status } = spawnSync('python3', [path.join(HERE, 'measure.py'), path.join(folder, 'stdout'), process.execPath, ...audit], { encoding: 'utf8' }); // prettier-ignore
  if (status !== 0) throw new Error(`${format}: could not be measured: ${stderr}`);
  const { wall, peakMiB, code } = JSON.parse(stdout);
  // Without the findings there would be nothing to write.
  if (code !== 1 || !stderr.includes(`${half} proven findings`)) throw new Error(`${format}: exit ${code}: ${stderr}`);
  held &&= peakMiB < BAR_MIB;
  process.stdout.write(`| ${format} | ${wall.toFixed(1)} | ${peakMiB.toFixed(0)} | ${(statSync(out).size / 2 ** 20).toFixed(1)} |\n`);
}
process.stdout.write(`bar of ${BAR_MIB} MiB: ${held ? 'held' : 'missed'}\n`);
process.exitCode = held ? 0 : 1;
