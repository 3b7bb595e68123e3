import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtBin } from '../build.js';

const ROWS = 14_000;
/** Of the files that come to be, in KiB, from nothing to more than enough: the smallest holds no database, the next no spool, the next no report. */
const LIMITS = [20, 200, 1000, 2500, 20_000];

let bin: string;
let dir: string;

beforeAll(async () => {
  bin = await builtBin();
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-no-room-'));
  const people = ['id,email,state'];
  const accounts = ['id,email,status'];
  for (let i = 0; i < ROWS; i++) {
    people.push(`p${i},somebody-${i}.with-a-long-name@corp.example,active`);
    accounts.push(`a${i},somebody-${i}.with-a-long-name@corp.example,${i % 2 === 0 ? 'active' : 'deactivated'}`);
  }
  writeFileSync(path.join(dir, 'people.csv'), `${people.join('\n')}\n`);
  writeFileSync(path.join(dir, 'app.csv'), `${accounts.join('\n')}\n`);
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    'version: 1\ndirectory: { name: hr, connector: file, path: people.csv }\napps: { app: { connector: file, path: app.csv } }\n',
  );
}, 240_000);

/** The limit is the shell's own (`ulimit -f`, in KiB for bash), as a nearly full disk cuts: a write takes a part, and the next one none. */
function limited(command: string, kib: number): { code: number | null; stderr: string } {
  const shell = `ulimit -f ${kib}; exec '${process.execPath}' '${bin}' ${command}`;
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', shell], {
    cwd: dir,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { code: status, stderr };
}

function audits(): number {
  const { stdout } = spawnSync(process.execPath, [bin, 'history', '-f', 'json'], {
    cwd: dir,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return (JSON.parse(stdout) as unknown[]).length;
}

describe('an audit with no room for what it writes', () => {
  it('ends with 2 and one line, or writes it all: never a part with a normal exit code', () => {
    const whole = path.join(dir, 'whole.json');
    expect(limited(`audit -q --no-history --fail-on none -f json='${whole}'`, 100_000).code).toBe(0);
    const length = readFileSync(whole, 'utf8').length;
    let recorded = 0;
    const codes = LIMITS.map((kib) => {
      const file = `report-${kib}.json`;
      const { code, stderr } = limited(`audit -q --fail-on none -f json=${file} -f csv-accounts=accounts-${kib}.csv`, kib);
      if (code === 0) {
        recorded++;
        expect(readFileSync(path.join(dir, file), 'utf8').length).toBeGreaterThan(length * 0.9);
        expect(
          readFileSync(path.join(dir, `accounts-${kib}.csv`), 'utf8')
            .trim()
            .split('\n'),
        ).toHaveLength(ROWS + 1);
      } else {
        expect({ kib, code }).toEqual({ kib, code: 2 });
        // The one before left an empty history where it had no room for more.
        const lines = stderr
          .trim()
          .split('\n')
          .filter((line) => !line.includes('is empty (0 bytes), so it begins anew'));
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(/^lifegap: .* failed \(E\w+\): |^lifegap: the history .* could not be used /);
        expect(existsSync(path.join(dir, file)) && existsSync(path.join(dir, `accounts-${kib}.csv`))).toBe(false);
      }
      return code;
    });
    expect(new Set(codes)).toEqual(new Set([2, 0]));
    // Whose report could not be written is not on record.
    expect(audits()).toBe(recorded);
    expect(readdirSync(dir).filter((name) => /spool|\.tmp$|\.partial$/.test(name))).toEqual([]);
  }, 60_000);

  it('leaves no part of an evidence pack, whichever of several lists it could not keep', () => {
    writeFileSync(
      path.join(dir, 'two.yaml'),
      `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps: { one: { connector: file, path: app.csv }, two: { connector: file, path: app.csv }, six: { connector: file, path: app.csv } }
history: false
`,
    );
    const codes = [1, 60, 100, 20_000].map((kib) => {
      const { code, stderr } = limited(`audit -q -c two.yaml --fail-on none --evidence pack-${kib} -f json=two-${kib}.json`, kib);
      if (code !== 0) {
        expect({ kib, code }).toEqual({ kib, code: 2 });
        expect(stderr).toMatch(/^lifegap: writing the evidence .* failed \(EFBIG\): .*\n$/);
      }
      expect(existsSync(path.join(dir, `pack-${kib}`))).toBe(code === 0);
      return code;
    });
    expect(codes).toEqual([2, 2, 2, 0]);
    expect(readdirSync(dir).filter((name) => name.endsWith('.partial'))).toEqual([]);
  }, 60_000);
});
