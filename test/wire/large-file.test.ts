// Exports of 32 MiB and more are read on a thread of their own: the same answer, and the same messages.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap } from '../build.js';
import { cases } from '../night.js';

const ROWS = 12_000;
/** 36 MB of a list. */
const PADDING = 'x'.repeat(3000);
/** By day of one of the two. */
const OF_PEOPLE = 'x'.repeat(cases(3000, 3));

async function write(file: string, lines: (i: number) => string, header?: string): Promise<void> {
  const out = createWriteStream(file);
  if (header !== undefined) out.write(`${header}\n`);
  for (let i = 0; i < ROWS; i++) if (!out.write(`${lines(i)}\n`)) await once(out, 'drain');
  out.end();
  await finished(out);
}

describe('an export of more than 32 MiB', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'lifegap-large-'));
    // Every twentieth account has an old title, every two hundredth is a stranger's; the last leaver is still active.
    await write(path.join(dir, 'people.csv'), (i) => `u${i},p${i}@corp.example,${i === ROWS - 1 ? 'terminated' : 'active'},Lead,2020-01-01,"${OF_PEOPLE}, ""quoted"""`, 'id,email,state,title,startAt,note'); // prettier-ignore
    await write(path.join(dir, 'accounts.ndjson'), (i) => JSON.stringify({ id: `a${i}`, externalId: i % 200 === 7 ? `x${i}` : `u${i}`, status: 'active', title: i % 20 === 0 ? 'Member' : 'Lead', note: PADDING })); // prettier-ignore
    await writeFile(path.join(dir, 'lifegap.yaml'), 'version: 1\ndirectory: { name: hr, connector: file, path: people.csv }\napps: { crm: { connector: file, path: accounts.ndjson } }\n'); // prettier-ignore
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('is audited to the last row', async () => {
    const run = await lifegap(['audit', '-f', 'json', '--as-of', '2026-11-24'], { cwd: dir });
    expect([run.code, run.stderr]).toEqual([1, 'lifegap: exit 1: 61 proven findings reached --fail-on orphaned\n']);
    const report = JSON.parse(run.stdout) as Report;
    expect(report.directory[0]).toMatchObject({ people: ROWS, byState: { active: ROWS - 1, terminated: 1 }, completeness: { verdict: 'consistent', unique: ROWS } }); // prettier-ignore
    expect(report.apps[0]).toMatchObject({ accounts: ROWS, reconciliation: { accounts: { orphaned: 61, stale: 600, inSync: ROWS - 661 }, people: { expected: ROWS - 1, missing: 60 } } }); // prettier-ignore
  });

  it('says which line is torn, as a small one does', async () => {
    await write(path.join(dir, 'accounts.ndjson'), (i) => (i === 10_000 ? '{"id": "torn' : JSON.stringify({ id: `a${i}`, externalId: `u${i}`, status: 'active', note: PADDING }))); // prettier-ignore
    const run = await lifegap(['audit', '-f', 'json', '--fail-on', 'none'], { cwd: dir });
    expect(run.code).toBe(4);
    const [app] = (JSON.parse(run.stdout) as Report).apps;
    expect(app?.error).toMatch(/^crm: reading accounts\.ndjson: line 10001 /);
    expect(app?.completeness.verdict).toBe('unproven');
    expect(app?.accounts).toBeGreaterThan(8000);
  });
});
