import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import { readAll } from '../../src/audit/read-all.js';
import type { Page, Source } from '../../src/contract/source.js';

const BOUNDS = { rows: 1000, emptyPages: 50, heap: 0.99, fullPages: 2 };

/** A list without an end; tells when it was let go. */
function endless(rows: number): { source: Source<Account>; let: { go: boolean } } {
  const letGo = { go: false };
  const source: Source<Account> = {
    name: 'crm',
    connector: 'http',
    facts: { leavers: 'unknown', total: 'none', notes: [] },
    async *pull() {
      try {
        for (let page = 0; ; page++) {
          const ids = Array.from({ length: rows }, (_, i) => `${page}-${i}`);
          yield { rows: ids.map((id) => ({ id, status: 'active', kind: 'human', attributes: {} })) } satisfies Page<Account>;
        }
      } finally {
        letGo.go = true;
      }
    },
  };
  return { source, let: letGo };
}

const read = (source: Source<Account>, bounds = BOUNDS) =>
  readAll(source, { signal: new AbortController().signal }, () => undefined, bounds);

describe('a list without an end', () => {
  it('is not read beyond its bound, is unproven, and says what to do', async () => {
    const list = endless(100);
    const { completeness, error } = await read(list.source);
    expect(completeness).toMatchObject({ verdict: 'unproven', received: 1100 });
    expect(error).toBe(
      'crm: reading the list: 1100 rows came, and no end: is its paging right? A list of more than 1000 is not read; split it by a filter',
    );
    expect(list.let.go).toBe(true);
  });

  it('of pages without rows ends as well', async () => {
    const { error } = await read(endless(0).source);
    expect(error).toBe('crm: reading the list: 51 pages without a row came one after the other, and no end: is its paging right?');
  });

  it('ends with a word before the memory does', async () => {
    const { error } = await read(endless(1).source, { ...BOUNDS, heap: 0 });
    expect(error).toMatch(
      /^crm: reading the list: after 3 rows the \d+ MiB that Node may use are used up: give it more \(NODE_OPTIONS=--max-old-space-size=MIB\)/,
    );
  });
});
