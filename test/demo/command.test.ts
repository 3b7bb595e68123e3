import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { builtBin, lifegap, type Ran } from '../build.js';

const root = mkdtempSync(path.join(tmpdir(), 'lifegap-command-'));
beforeAll(() => builtBin(), 120_000);
afterAll(() => rmSync(root, { recursive: true }));

let number = 0;
function folder(): string {
  const made = path.join(root, `cwd-${number++}`);
  mkdirSync(made);
  return made;
}

/** With another folder for temporary files, of which only the process itself is asked. */
async function within(temporary: string, run: () => Promise<Ran>): Promise<Ran> {
  const usual = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  try {
    return await run();
  } finally {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  }
}

describe('lifegap demo', () => {
  it('shows the report on stdout, says on stderr how an audit would have ended, and exits with 0', async () => {
    const temporary = folder();
    const ran = await within(temporary, () => lifegap(['demo']));
    expect(ran.code).toBe(0);
    for (const word of ['COVERAGE', 'tickets', 'contradicted', 'm.ortega@meridian.example', 'Exit code 1'])
      expect(ran.stdout).toContain(word);
    expect(ran.stderr).toMatch(/An audit of this company exits with 1: \d+ proven findings reached --fail-on orphaned\./);
    expect(ran.stderr).toMatch(/demo --keep meridian\n/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('asks nothing of the environment, and says nothing with --quiet', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', LIFEGAP_DEMO_HR_TOKEN: 'not the one', LIFEGAP_DEMO_APP_TOKEN: 'not this one' };
    const ran = await lifegap(['demo', '--quiet', '--format', 'json', '--seed', '5', '--as-of', '2026-11-24T08:00:00Z'], { env });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const report = JSON.parse(ran.stdout) as Report;
    expect(report).toMatchObject({ schemaVersion: 1, asOf: '2026-11-24T08:00:00.000Z', run: { exitCode: 1 } });
    expect(report.apps.map(({ error }) => error)).toEqual(report.apps.map(() => null));
  });

  it('leaves a company that audits by itself, in a new folder or in that of an earlier demo', async () => {
    const cwd = folder();
    const kept = await lifegap(['demo', '-q', '--keep', 'meri dian', '--format', 'csv=ignored.csv'], { cwd });
    expect([kept.code, kept.stdout, kept.stderr]).toEqual([0, '', '']);
    const again = await lifegap(['demo', '--keep', 'meri dian'], { cwd });
    expect(again.code).toBe(0);
    const line = /^ {2}(?:node \S+|npx lifegap|lifegap) (audit --config 'meri dian\/lifegap\.yaml' --as-of (\S+))$/m.exec(again.stderr);
    const audited = await lifegap(['audit', '--config', 'meri dian/lifegap.yaml', '--as-of', line?.[2] ?? 'not said'], { cwd });
    expect(audited.code).toBe(1);
    expect(audited.stdout).toContain('contradicted');
  });

  it('touches no folder of somebody else', async () => {
    const cwd = folder();
    mkdirSync(path.join(cwd, 'mine'));
    writeFileSync(path.join(cwd, 'mine', 'lifegap.yaml'), 'version: 1\n');
    const ran = await lifegap(['demo', '--keep', 'mine'], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toBe("lifegap: --keep mine: the folder is not empty, and not an earlier demo's; choose a new one\n");
    expect(readFileSync(path.join(cwd, 'mine', 'lifegap.yaml'), 'utf8')).toBe('version: 1\n');
  });

  it.each([
    [['--seed', 'x'], 'lifegap: --seed x: expected a whole number from 0 to 4294967295\n'],
    [['--seed', '-1'], 'lifegap: --seed -1: expected a whole number from 0 to 4294967295\n'],
    [['--as-of', '1970-01-01'], 'lifegap: --as-of: the demo company lives between the years 2000 and 2099\n'],
    [
      ['--keep', path.join(process.execPath, 'x')],
      /^lifegap: --keep \S+: the folder could not be looked into \(ENOTDIR\); choose another\n$/,
    ],
    // Linux makes no folder there, and a recursive mkdir would try for ever.
    [['--keep', '/proc/lifegap'], /^lifegap: writing the demo company to \/proc\/lifegap failed \(E[A-Z]+\): choose a folder/],
    [['--format', 'xml'], /^lifegap: --format xml: expected one of /],
  ])('%j is a mistake of usage', async (args, message) => {
    const ran = await lifegap(['demo', ...args]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    if (typeof message === 'string') expect(ran.stderr).toBe(message);
    else expect(ran.stderr).toMatch(message);
  });

  it('says so when there is no room for its files', async () => {
    const ran = await within(path.join(root, 'nowhere'), () => lifegap(['demo'], { cwd: root }));
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^lifegap: making a folder for the demo company in \S+ failed \(ENOENT\): set TMPDIR to one that is writable\n$/,
    );
  });

  it('--serve keeps the servers up for audits from elsewhere, until Ctrl-C', async () => {
    const temporary = folder();
    const env = { PATH: process.env.PATH ?? '', TMPDIR: temporary };
    const child = spawn(process.execPath, [await builtBin(), 'demo', '--serve', '--quiet'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const closed = new Promise((resolve) => child.on('close', resolve));
    const { exports, command } = await servedLines(child.stderr);
    const audited: Ran = await lifegap(command.slice(command.indexOf('audit')), { env: exports });
    expect(audited.code).toBe(1);
    expect(audited.stdout).toContain('contradicted');
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

/** What `--serve` prints for the other terminal, once it is all there. */
async function servedLines(stderr: NodeJS.ReadableStream): Promise<{ exports: Record<string, string>; command: string[] }> {
  let text = '';
  for await (const chunk of stderr) {
    text += String(chunk);
    const command = /^.* audit --config .*\n/m.exec(text)?.[0].trim().split(' ');
    if (command === undefined) continue;
    const exports = [...text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]);
    return { exports: Object.fromEntries(exports) as Record<string, string>, command };
  }
  throw new Error(`the demo ended and had not said how to audit it: ${text}`);
}
