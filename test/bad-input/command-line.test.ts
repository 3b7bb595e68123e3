import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { builtBin } from '../build.js';
import { stallHeaders, startFaultServer } from '../http/fault-server.js';
import { bad, config, folder, SECRET } from './run.js';

const GOOD = config('{ connector: file, path: crm.csv }');

it.each<[string, readonly string[], RegExp]>([
  ['an unknown format', ['--format', 'jsn'], /--format jsn: expected one of table, json/],
  ['a format without its file', ['--format', 'json='], /a file name is missing/],
  ['two formats on standard output', ['--format', 'json', '--format', 'csv'], /only one format/],
  ['an unknown app', ['--app', 'cmr'], /no app "cmr".*crm/],
  ['an unknown class', ['--fail-on', 'orphand'], /Did you mean orphaned\?/],
  ['no class', ['--fail-on', ''], /one word at least, or none/],
  ['no date', ['--as-of', 'yesterday'], /--as-of yesterday: expected a date/],
  ['a day that there is not', ['--as-of', '2026-02-30'], /--as-of 2026-02-30: expected a date/],
  ['a limit that is no number', ['--limit', 'x'], /--limit x/],
  ['an unknown flag', ['--colour'], /unknown option '--colour'.*--color/],
  ['an argument too many', ['crm'], /too many arguments/],
  [
    'an output below a file',
    ['--format', 'json=lifegap.yaml/such/report.json'],
    /report\.json failed \(ENOTDIR\): \S+lifegap\.yaml is no folder/,
  ],
  ['an output that is a folder', ['--format', 'json=out'], /out failed \(EISDIR\): it is a folder/],
  ['an output in another', ['--format', 'json=new/a', '--format', 'csv=new/a/b.csv'], /new\/a\/b\.csv lies in new\/a, which/],
  ['an output in the evidence', ['--format', 'json=new/a.json', '--evidence', './new'], /new\/a\.json lies in \.\/new, which/],
])('%s: exit 2 and one line', async (_, args, message) => {
  const dir = await folder({ 'lifegap.yaml': GOOD, 'out/.keep': '' });
  const ran = await bad(dir, ['audit', ...args]);
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toMatch(message);
  expect(ran.stderr).toMatch(/^lifegap: .*\n$/);
});

it('output that is closed early is not taken for a whole report', async () => {
  // More than a pipe holds, so that the writer meets the closed end.
  const accounts = Array.from({ length: 3000 }, (_, i) => `x${i},stranger${i},active`).join('\n');
  const dir = await folder({ 'lifegap.yaml': `${GOOD}policy: { guard: { unmatched: 100% } }\n`, 'crm.csv': `id,userName,status\n${accounts}\n` }); // prettier-ignore
  const child = spawn(process.execPath, [await builtBin(), 'audit', '--format', 'json'], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, stderr]).toEqual([141, '']);
});

it('SIGINT ends the run with 130, one line, and no report', async () => {
  const server = await startFaultServer([stallHeaders]);
  try {
    const dir = await folder({ 'lifegap.yaml': config(`{ connector: scim, url: "${server.origin}/scim/v2", token: "\${env:TOKEN}" }`) });
    const child = spawn(process.execPath, [await builtBin(), 'audit', '--format', 'json=report.json'], { cwd: dir, env: { PATH: process.env['PATH'] ?? '', TOKEN: SECRET }, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await expect.poll(() => server.seen.length, { timeout: 15_000 }).toBeGreaterThan(0);
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, text]).toEqual([130, 'lifegap: interrupted\n']);
    expect(existsSync(path.join(dir, 'report.json'))).toBe(false);
  } finally {
    await server.close();
  }
});
