import { describe, expect, it } from 'vitest';
import { accounts, failure } from './files.js';

describe('text that comes from strangers', () => {
  const texts = [
    '\u001b[2J\u001b]8;;x\u0007',
    "=cmd|' /C calc'!A0",
    '<script>alert(1)</script>',
    '\u202egnp.exe',
    '::error::x',
    '+1-555',
    '\ud83d\ude00',
  ];

  it('is carried as it is: whoever shows it escapes it', async () => {
    const lines = texts.map((title, i) => JSON.stringify({ id: `${i}`, title }));
    const { rows } = await accounts('a.ndjson', `${lines.join('\n')}\n`);
    expect(rows.map(({ attributes }) => attributes.title)).toEqual(texts);
    const csv = texts.map((title, i) => `${i},"${title.replaceAll('"', '""')}"`);
    expect((await accounts('a.csv', `id,title\n${csv.join('\n')}\n`)).rows.map(({ attributes }) => attributes.title)).toEqual(texts);
  });

  it('NUL and lone surrogates as JSON escapes', async () => {
    const { rows } = await accounts('a.ndjson', '{"id":"1","title":"a\\u0000b\\ud800"}\n');
    expect(rows[0]?.attributes.title).toBe('ab\ud800');
  });

  it('a text of a megabyte', async () => {
    const { rows, completeness } = await accounts('a.ndjson', `${JSON.stringify({ id: '1', title: 'x'.repeat(1 << 20) })}\n`);
    expect(rows[0]?.attributes.title).toHaveLength(4096);
    expect(completeness.reasons[0]).toMatch(/^title: 1 value had to be cut to 4096 characters/);
    expect(await failure(accounts('a.csv', `id,title\n${'x'.repeat(5000)},y\n`))).toContain('line 2: id is longer than 4096 characters');
  });

  it('a line without end', async () => {
    expect(await failure(accounts('a.ndjson', 'x'.repeat(18 << 20)))).toContain('line 1 does not end within 16 MiB');
  });

  it('__proto__ and constructor as keys and as columns pollute nothing', async () => {
    const line = '{"id":"1","__proto__":{"status":"active","polluted":1},"constructor":{"name":"x"},"toString":1}';
    const { rows } = await accounts('a.ndjson', `${line}\n`, { fields: { own: 'toString' } });
    expect(rows[0]).toMatchObject({ id: '1', status: 'unknown', attributes: { own: '1' } });
    const csv = await accounts('a.csv', 'id,__proto__,constructor,toString\n1,a,b,c\n', { fields: { own: '__proto__' } });
    expect(csv.rows[0]?.attributes).toEqual({ own: 'a' });
    expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('deep nesting and many keys', async () => {
    const nested = (levels: number): string =>
      `{"id":"1","title":${'['.repeat(levels)}${']'.repeat(levels)},"manager":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}\n`;
    const { rows } = await accounts('a.ndjson', nested(400));
    expect(rows[0]).toMatchObject({ id: '1', attributes: { title: undefined, manager: undefined } });
    await expect(accounts('a.ndjson', nested(50_000))).rejects.toThrow('line 1 has more than 500 levels; export plain records');
  });

  it('dates in many notations in one column', async () => {
    const dates = [
      '2026-11-23T10:15:00Z',
      '1795428900',
      '134399025000000000',
      '20261123101500Z',
      'Mon, 23 Nov 2026 10:15:00 GMT',
      '23.11.2026 10:15',
    ];
    const { rows } = await accounts('a.csv', `id,lastLoginAt\n${dates.map((date, i) => `${i},"${date}"`).join('\n')}\n`);
    expect(rows.map(({ lastLoginAt }) => lastLoginAt?.at)).toEqual(dates.map(() => Date.parse('2026-11-23T10:15:00Z')));
  });

  it('column names in messages are short, quoted and few', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `\u001b[31m${'n'.repeat(200)}${i}`);
    const message = await failure(accounts('a.csv', `${names.join(',')}\n${names.join(',')}\n`));
    expect(message).not.toContain('\u001b');
    expect(message.length).toBeLessThan(2500);
  });
});
