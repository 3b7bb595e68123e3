// What a log adds to an audit: the same people and accounts with a log of so many entries, and without one.
//   node test/bench/logs.js [--rows 1000000] [--entries 5000000] [--runs 3]
// Seven entries of ten are logins, two are updates, the rest creates and switches; each names its account by id. Runs are interleaved; the figures are CPU
// seconds of the whole `lifegap audit`, medians, and its peak memory. Bars: the log adds at most half of what the audit takes without it, and 64 bytes for each
// entry that is used (all but the logins).
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { audit } from './audit.js';
import { generate } from './generate.js';
import { judge } from './judge.js';

const BAR = 0.5;
const BYTES = 64;
const AS_OF = Date.parse('2026-11-01T00:00:00Z');
const PERIOD = 100 * 86_400_000;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    entries: { type: 'string', default: '5000000' },
    runs: { type: 'string', default: '3' },
  },
});
const [rows, entries, runs] = ['rows', 'entries', 'runs'].map((name) => Number(flags[name]));

const folder = await generate(rows);
const log = path.join(folder, `log-${entries}.ndjson`);
if (!existsSync(log)) await writeLog(log);
const config = (name, text) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const plain = readFileSync(path.join(folder, 'ndjson.yaml'), 'utf8');
const without = config('without-log.yaml', plain);
const withLog = config(
  'with-log.yaml',
  plain.replace('    lifecycle:', `    log: [{ connector: file, path: ${path.basename(log)} }]\n    lifecycle:`),
);

const used = entries - Math.ceil(entries / 10) * 7;
const added = [];
const bytes = [];
for (let run = 0; run < runs; run++) {
  const bare = await audit(without);
  const { cpu, peak, report } = await audit(withLog);
  const told = report.apps[0].logs?.[0]?.entries;
  if (told !== entries) throw new Error(`${told} of ${entries} entries were read`);
  const of = (one) => `${one.cpu.toFixed(1)} CPU s, ${one.peak.toFixed(0)} MiB`;
  process.stdout.write(`${rows} people and accounts: ${of(bare)}; with ${entries} entries ${of({ cpu, peak })}\n`);
  added.push((cpu - bare.cpu) / bare.cpu);
  bytes.push(((peak - bare.peak) * 1024 * 1024) / used);
}
judge('what the log adds, of the time without it', added, BAR);
judge('bytes of memory that it adds for each entry that is used', bytes, BYTES);

/** The ids are those of the accounts, by way of a stride that is prime to their number. */
async function writeLog(file) {
  const ids = readFileSync(path.join(folder, 'accounts.ndjson'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line).id); // prettier-ignore
  const out = createWriteStream(file);
  for (let i = 0; i < entries; i++) {
    const at = new Date(AS_OF - PERIOD + Math.floor((i / entries) * PERIOD)).toISOString();
    const kind = i % 10;
    const action = kind < 7 ? 'login' : kind < 9 ? 'update' : i % 20 === 9 ? 'create' : 'disable';
    const set = action === 'update' ? ',"changed":["department"]' : '';
    const id = JSON.stringify(ids[(i * 7919) % ids.length]);
    const line = `{"id":"e${i}","at":"${at}","action":"${action}","outcome":"success","accountId":${id}${set},"by":"scim"}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
