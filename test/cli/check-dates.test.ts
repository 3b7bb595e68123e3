import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lifegap } from '../build.js';

it('counts a date that could not be read among what a source gives, and names no field that nobody mapped', async () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'lifegap-check-dates-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(path.join(cwd, 'hr.csv'), 'id,email,state\np1,ada@corp.example,active\n');
  writeFileSync(
    path.join(cwd, 'app.json'),
    JSON.stringify([
      { id: 'a1', email: 'ada@corp.example', status: 'active', lastLoginAt: 'yesterday' },
      { id: 'a2', email: 'ben@corp.example', status: 'active' },
    ]),
  );
  writeFileSync(
    path.join(cwd, 'lifegap.yaml'),
    'version: 1\ndirectory: { name: hr, connector: file, path: hr.csv }\napps: { app: { connector: file, path: app.json } }\n',
  );
  const { code, stdout } = await lifegap(['check'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('app gives: emails, id, lastLoginAt (1 of 2)\n');
  expect(stdout).toContain('! app: lastLoginAt: 1 value could not be read as a date (such as "yesterday")');
  expect(/app does not give: .*/.exec(stdout)?.[0]).not.toContain('lastLoginAt');
});
