import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { peek } from '../../../../src/sources/file/peek.js';
import { configOf, pullAll, sourceOf } from '../files.js';

const FOLDER = path.resolve(import.meta.dirname, '../../../../fixtures/spreadsheets');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.xlsx'));
const COLUMNS = ['No', 'Login', 'Mail', 'Name', 'Department', 'Enabled', 'Ends', 'Seen', 'Badge'];

it('are those of six programs', () => {
  expect(files).toHaveLength(6);
});

it.each(files)('%s holds what every other program wrote', async (name) => {
  const { columns, rows } = await peek(configOf(path.join(FOLDER, name)), 9);
  expect(columns).toEqual(COLUMNS);
  expect(rows.map((row) => Object.values(row).join('|'))).toEqual([
    '1|ann|ann@corp.example|Ann One|R&D|TRUE||2026-11-03T14:23:00|00123',
    '2|bob|bob@corp.example|Bob Zwei|Vertrieb Süd|FALSE|2026-10-31|2026-10-30T08:00:00|00007',
    '12345678901|eve|eve@corp.example|Eve Drei|Sales|TRUE|||A-3',
  ]);
});

it.each(files)('%s is a list of three accounts', async (name) => {
  const source = sourceOf('account', path.join(FOLDER, name), {
    fields: { id: 'No', userName: 'Login', emails: ['Mail'], employeeId: 'Badge', lastLoginAt: 'Seen', deactivatedAt: 'Ends' },
    state: { from: 'Enabled', map: { true: 'active', false: 'deactivated' } },
  });
  const { rows, completeness } = await pullAll(source);
  expect(completeness.verdict).toBe('consistent');
  expect(rows).toMatchObject([
    { id: '1', status: 'active', employeeId: '00123', lastLoginAt: { at: Date.UTC(2026, 10, 3, 14, 23) }, deactivatedAt: undefined },
    { id: '2', status: 'deactivated', employeeId: '00007', lastLoginAt: { at: Date.UTC(2026, 9, 30, 8) } },
    { id: '12345678901', status: 'active', employeeId: 'A-3', lastLoginAt: undefined },
  ]);
});
