// What `lifegap compare` asks of columns that nearly say who is off.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap } from '../build.js';
import { folderOf } from '../compare/folder.js';

const HR = 'Employee ID,Email,Status\n1,ada.one@corp.example,Active\n3,cleo.three@corp.example,Terminated\n';

async function compare(crm: string, ...words: readonly string[]): Promise<{ readonly said: string; readonly orphans: readonly string[] }> {
  const dir = folderOf({ 'hr.csv': HR, 'crm.csv': crm });
  const line = ['compare', 'hr.csv', 'crm.csv', ...words, '--as-of', '2026-11-23T12:00:00Z', '-f', 'json=out.json'];
  const { code, stderr } = await lifegap(line, { cwd: dir });
  if (code === 2) return { said: stderr, orphans: [] };
  const { findings } = JSON.parse(readFileSync(path.join(dir, 'out.json'), 'utf8')) as Report;
  return { said: stderr, orphans: findings.filter((one) => one.class === 'orphaned').map(({ account }) => account?.id ?? '') };
}

it('asks whether a lock is a block', async () => {
  const crm = 'ID,E-Mail,Gesperrt\nc1,ada.one@corp.example,nein\nc3,cleo.three@corp.example,ja\n';
  expect((await compare(crm)).said).toContain('"Gesperrt" says "ja" (1 row): what does it mean?');
  expect((await compare(crm, '--map', 'crm.status:ja=active')).orphans).toEqual(['c3']);
});

it.each(['Terminated', 'Removed', 'Deleted At'])('asks whether a day in %s says that an account is off', async (column) => {
  const crm = `ID,Email,${column}\nc1,ada.one@corp.example,\nc3,cleo.three@corp.example,2026-10-01\n`;
  expect((await compare(crm)).said).toContain(`is an account off once it has a "${column}" (1 row)?`);
  expect((await compare(crm, '--map', `crm.status=${column}`)).orphans).toEqual([]);
  expect((await compare(crm, '--map', 'crm.status=')).orphans).toEqual(['c3']);
});

it('asks which counts where an account is on and has a day of its deletion', async () => {
  const crm = 'ID,Email,Status,Deleted At\nc1,ada.one@corp.example,Active,1970-01-01\nc3,cleo.three@corp.example,Active,2026-10-01\n';
  expect((await compare(crm)).said).toContain('--map crm.status=Status (or: .status=Deleted At)');
  expect((await compare(crm, '--map', 'crm.status=Status')).orphans).toEqual(['c3']);
  expect((await compare(crm, '--map', 'crm.status=Deleted At')).orphans).toEqual([]);
  expect((await compare(crm.replace('2026-10-01', ''))).orphans).toEqual(['c3']);
});

it('keeps a flag that nobody has in the rows that are looked at', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `u${i},user${i}@corp.example,0`);
  const crm = ['ID,Email,Disabled', ...rows, 'c3,cleo.three@corp.example,1'].join('\n');
  const { said, orphans } = await compare(crm);
  expect(said).toContain('status=Disabled');
  expect(orphans).not.toContain('c3');
});
