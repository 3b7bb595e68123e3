// docs/history.md, walked from a packed and installed lifegap: every command as it is written there, and the transcript to the letter.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lifegap } from '../build.js';
import { NIGHT } from '../night.js';
import { giveTool } from '../packed.js';

let dir: string;
let page: string;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-page-'));
  await giveTool(dir);
  page = readFileSync(path.join(dir, 'node_modules/lifegap/docs/history.md'), 'utf8');
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail] }, state: { from: state } }
apps: { crm: { connector: file, path: crm.csv, fields: { emails: [mail] }, status: { from: enabled } } }
`,
  );
}, 240_000);
afterAll(() => rmSync(dir, { recursive: true }));

/** As somebody types it, in a shell. */
function type(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const PATH = `${path.join(dir, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], { cwd: dir, env: { PATH } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** The thirty of the page: the first six have left, their accounts are off or gone. Number three is Ada. */
async function audit(day: number, left: number, accounts: 'on' | 'off' | 'gone'): Promise<void> {
  const people = ['id,mail,state'];
  const rows = ['id,externalId,mail,enabled'];
  for (let i = 1; i <= 30; i++) {
    const mail = i === 3 ? 'ada@corp.example' : `p${i}@corp.example`;
    people.push(`${i},${mail},${i <= left ? 'terminated' : 'active'}`);
    if (accounts !== 'gone' || i !== 3) rows.push(`a${i},${i},${mail},${i <= left && accounts !== 'on' ? 'deactivated' : 'active'}`);
  }
  writeFileSync(path.join(dir, 'people.csv'), `${people.join('\n')}\n`);
  writeFileSync(path.join(dir, 'crm.csv'), `${rows.join('\n')}\n`);
  const { code, stderr } = await lifegap(['audit', '--history', '--as-of', `2026-11-0${day}`, '--quiet'], { cwd: dir });
  expect(code, stderr).toBeLessThan(2);
}

const blocks = (): string[] => [...page.matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text as string);
/** What follows a command in a transcript. */
function shown(command: string): string {
  const lines = blocks().join('').split('\n');
  const from = lines.indexOf(`$ ${command}`) + 1;
  expect(from, `${command} is in the page`).toBeGreaterThan(0);
  const to = lines.findIndex((line, i) => i >= from && (line.startsWith('$ ') || line === ''));
  return lines.slice(from, to).join('\n');
}
const plain = (text: string): string => text.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd(); // prettier-ignore

describe('docs/history.md, as it is installed', () => {
  it('shows what a company of thirty that loses six people looks like', async () => {
    await audit(1, 0, 'on');
    await audit(2, 6, 'on');
    expect(plain((await type('lifegap history')).stdout)).toBe(shown('lifegap history'));
    await audit(5, 6, 'off');
    await audit(6, 6, 'gone');
    expect(plain((await type('lifegap history show 3')).stdout)).toBe(shown('lifegap history show 3'));
  }, 240_000);

  it('names commands that can be typed as they are', async () => {
    const commands = blocks().flatMap((block) => block.split('\n').filter((line) => line.startsWith('lifegap ')));
    const inline = [...page.matchAll(/`(lifegap [a-z]+ [^`]*--[^`]*)`/g)]
      .map(([, line]) => line as string)
      .filter((line) => !/[A-Z]{2}/.test(line));
    expect(commands.length).toBeGreaterThanOrEqual(4);
    expect(inline).toContain('lifegap audit --accept-shrink crm');
    for (const line of [...commands, ...inline]) {
      // By day what needs no shell is run in this process: the transcript has shown that the tool is found.
      const plainly = line.replace(/\s*#.*/, '');
      const inProcess = !NIGHT && /^[\w @.:=-]+$/.test(plainly);
      const { code, stdout, stderr } = inProcess ? await lifegap(plainly.split(' ').slice(1), { cwd: dir }) : await type(line);
      // An audit of today finds nothing in this company, or an orphan: both are answers.
      expect([(code ?? 2) <= 1, stderr], `${line}\n${stdout}`).toEqual([true, stderr]);
      expect(stdout, line).not.toBe('');
    }
  }, 240_000);
});
