import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/manifest/form/expression.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { builtBin } from '../build.js';
import { json } from '../http/fault-server.js';
import { pull, users } from './pull.js';

const value = (text: string, record: unknown) => {
  const outcome = compileExpression(text, 'field')(record);
  return outcome.kind === 'value' ? outcome.value : outcome.kind;
};

describe('an expression', () => {
  it.each([
    ['record.a + "-" + record.b', { a: 'x', b: 'y' }, 'x-y'],
    ['size(record.list)', { list: [1, 2] }, '2'],
    ['record.n + 1.0', { n: 1 }, 2],
    [
      'record.list.filter(g, g.on).map(g, g.name)',
      {
        list: [
          { on: true, name: 'z' },
          { on: false, name: 'y' },
        ],
      },
      ['z'],
    ],
    ['timestamp(record.d)', { d: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:00.000Z'],
    ['record["@odata.x"]', { '@odata.x': null }, null],
    ['record.?a.?b.orValue("none")', {}, 'none'],
    ['record.?a.?b', { a: { b: 'c' } }, 'c'],
    ['record.?a.?b', {}, 'absent'],
    ['record.a.b', {}, 'absent'],
    ['record.a.b', { a: null }, 'absent'],
    ['record.list[3]', { list: [1] }, 'absent'],
    ['record.constructor', {}, 'absent'],
    ['record.__proto__.polluted', {}, 'absent'],
    ['record.a + 1.0', { a: 'text' }, 'failed'],
    ['record.a', { a: { b: 1 } }, 'failed'],
  ])('%s', (text, record, expected) => {
    expect(value(text, record)).toEqual(expected);
  });

  it.each([
    ['record.a + "x', 'wrong at character 12: Unterminated string'],
    ['record.name.matches("(a+)+$")', 'wrong at character 1: matches is not allowed'],
    ['record.a.exists(x, record.b.exists(y, x == y))', 'exists within another walk over a list is not allowed'],
    ['recrod.a', 'wrong at character 1: Unknown variable: recrod'],
    ['{"a": 1}', 'it gives map'],
    ['"x".nope()', 'wrong at character'],
    ['record.a' + ' + record.a'.repeat(80), 'wrong'],
    [`"${'x'.repeat(1000)}"`, 'longer than 1000 characters'],
  ])('is refused: %s', (text, message) => {
    expect(() => compileExpression(text, 'field')).toThrow(message);
  });

  it('of a test must be true or false', () => {
    expect(() => compileExpression('"yes"', 'test')).toThrow('expected true or false, it gives string');
    expect(compileExpression('record.on', 'test')({ on: 'yes' })).toEqual({ kind: 'failed', why: 'neither true nor false' });
  });
});

const LIST = 'request: { path: users }\nrecords: users\n';

it('stands for a field, for a test of status and kind, and for keep and drop', async () => {
  const lines = `${LIST}kind_of: [{ when: { cel: 'record.id.startsWith("u1")' }, is: bot }]
keep: { cel: 'record.seat.on' }
drop: { cel: 'record.id == "u3"' }
`;
  const fields = `fields: { id: id, userName: { cel: 'record.login + "@x"', lower: true }, department: { cel: 'record.unit.name' } }\n`;
  const [u0, u1, u2, u3, u4] = users(5);
  const list = [u0, { ...u1, unit: { name: 'Ops' } }, { ...u2, seat: { on: false } }, u3, { ...u4, seat: { on: true } }];
  const { rows, completeness } = await pull(lines, [json({ users: list })], fields);
  // Nobody is left out because keep names something that is not there.
  expect(rows.map(({ id, userName, kind, attributes }) => [id, userName, kind, attributes['department']])).toEqual([
    ['u0', 'u0@x', 'unknown', undefined],
    ['u1', 'u1@x', 'bot', 'Ops'],
    ['u4', 'u4@x', 'unknown', undefined],
  ]);
  expect(completeness.reasons).toContain('2 records are left out, as the manifest says (keep, drop)');
});

it('that cannot be worked out leaves the field absent, and is counted', async () => {
  const fields = "fields: { id: id, title: { cel: 'record.login + 1.0' } }\n";
  const { rows, completeness } = await pull(LIST, [json({ users: users(2) })], fields);
  expect(rows.map(({ attributes }) => attributes['title'])).toEqual([undefined, undefined]);
  expect(completeness.reasons).toEqual(['title: 2 values could not be worked out by its expression (first: "no such overload")']);
});

it('that is wrong is told with line and column, wherever it stands', () => {
  const text = `name: x
title: X
kind: app
permission: none
leavers: gone
base_url: https://x.example
auth: none
request: { path: users }
records: users
fields:
  id: id
  title: { cel: 'record.' }
keep: { cel: 'size(record)' }
status:
  - { when: { cel: 'nobody' }, is: active }
`;
  expect(() => parseManifest(text, 'x.yaml')).toThrow(/x\.yaml:12:17 fields\.title\.cel: the expression is wrong at character 8/);
  expect(() => parseManifest(text, 'x.yaml')).toThrow(/x\.yaml:13:14 keep\.cel: .*expected true or false, it gives int/);
  expect(() => parseManifest(text, 'x.yaml')).toThrow(/x\.yaml:15:20 status\[0\]\.when\.cel: .*Unknown variable: nobody/);
});

it('costs nothing where no manifest has one: the library is not loaded', async () => {
  await builtBin();
  const dist = path.resolve(import.meta.dirname, '../../dist');
  const script = `
    import Module from 'node:module';
    import { catalogueManifest } from '${dist}/manifest/form/catalogue.js';
    import { compileExpression } from '${dist}/manifest/form/expression.js';
    const isLoaded = () => Object.keys(Module._cache).some((file) => file.includes('cel-js'));
    catalogueManifest('slack');
    const before = isLoaded();
    compileExpression('true', 'test');
    console.log(JSON.stringify({ before, after: isLoaded() }));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ before: false, after: true });
}, 120_000);
