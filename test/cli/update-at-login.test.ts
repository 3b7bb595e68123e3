// The real bin over files, two audits fifteen days apart: what passes for a push, and is an update at login.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, StageCoverage } from '../../src/model/report.js';
import { builtBin, lifegap } from '../build.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const [FIRST, LAST] = [Date.UTC(2026, 10, 1, 12), Date.UTC(2026, 10, 16, 12)];
const LONG_AGO = FIRST - 200 * DAY;
const PEOPLE = 60;
const MOVERS = 20;

/** What the directory and the app say of one person in the last audit; dates in ms, absent: nothing. */
interface Says {
  readonly changedAt?: number;
  readonly updatedAt?: number;
  readonly lastLoginAt?: number;
}

/** `change`: when the directory changed that mover; undefined of everybody else. `login`: their first login after that, one to four days later. */
type Manner = (change: number | undefined, login: number, i: number) => Says;

let root: string;
beforeAll(async () => {
  await builtBin();
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-at-login-'));
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function judged(manner: Manner): Promise<StageCoverage> {
  const cwd = mkdtempSync(path.join(root, 'company-'));
  const date = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());
  const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(
    path.join(cwd, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.ndjson }
apps: { crm: { connector: file, path: crm.ndjson, lifecycle: { update: { by: scim } } } }
`,
  );
  let report: Report | undefined;
  for (const now of [FIRST, LAST]) {
    const says = Array.from({ length: PEOPLE }, (_, i) => {
      const change = i < MOVERS ? FIRST + (0.25 + i * 0.5) * DAY : undefined;
      const login = (change ?? FIRST + i * 0.2 * DAY) + (1.1 + (i % 4)) * DAY;
      const before = { changedAt: LONG_AGO, updatedAt: LONG_AGO, lastLoginAt: FIRST - (1 + (i % 3)) * DAY };
      const told = { id: String(i), mail: `p${i}@corp.example`, department: i < MOVERS && now === LAST ? 'Support' : 'Sales' };
      const { changedAt, updatedAt, lastLoginAt } = { ...(now === FIRST ? before : manner(change, login, i)) };
      return {
        person: { ...told, state: 'active', changedAt: date(changedAt) },
        account: { ...told, status: 'active', createdAt: date(LONG_AGO), updatedAt: date(updatedAt), lastLoginAt: date(lastLoginAt) },
      };
    });
    writeFileSync(path.join(cwd, 'people.ndjson'), lines(says.map(({ person }) => person)));
    writeFileSync(path.join(cwd, 'crm.ndjson'), lines(says.map(({ account }) => account)));
    const args = ['audit', '--history', '--as-of', new Date(now).toISOString(), '--format', 'json', '--quiet'];
    report = JSON.parse((await lifegap(args, { cwd })).stdout) as Report;
  }
  return (report as Report).apps[0]?.coverage.update as StageCoverage;
}

/** The last time before the last audit that the clock said so. */
const NIGHT = (hour: number): number => LAST - DAY / 2 + hour * 60 * MINUTE;

describe('an app in which everybody followed', () => {
  it.each<[what: string, verdict: StageCoverage['verdict'], manner: Manner]>([
    [
      'by a push, half an hour after the change',
      'covered',
      (change, login) => ({ changedAt: change ?? LONG_AGO, updatedAt: change === undefined ? LONG_AGO : change + 30 * MINUTE, lastLoginAt: login }),
    ],
    [
      'by a push, and the app does not say when anybody logged in',
      'covered',
      (change) => ({ changedAt: change ?? LONG_AGO, updatedAt: change === undefined ? LONG_AGO : change + 30 * MINUTE }),
    ],
    [
      'though some had not logged in for weeks, and a job writes every record of the directory each night',
      'covered',
      (_, login, i) => ({ changedAt: NIGHT(2), lastLoginAt: i % 4 === 0 ? FIRST - 9 * DAY : login }),
    ],
    [
      'at a login, before the night in which a job wrote every record of the directory',
      'unproven',
      (_, login) => ({ changedAt: NIGHT(2), lastLoginAt: login }),
    ],
    [
      'at a login, and half of the records were touched later for nothing',
      'unproven',
      (change, login, i) => ({ changedAt: i % 2 === 0 ? LAST - 2 * DAY - i * MINUTE : (change ?? LONG_AGO), lastLoginAt: login }),
    ],
    [
      'at a login that the app tells of some only',
      'unproven',
      (change, login, i) => ({ changedAt: change ?? LONG_AGO, ...(i % 2 === 0 ? {} : { lastLoginAt: login }) }),
    ],
    [
      'at a login that the app does not tell, and that is written into the directory as well',
      'unproven',
      (_, login) => ({ changedAt: login, updatedAt: login + 1000 }),
    ],
    [
      'at a login that the app does not tell, and jobs write both systems in one night',
      'unproven',
      (_, __, i) => ({ changedAt: NIGHT(2) - 3 * DAY + i * 1000, updatedAt: NIGHT(3) - 3 * DAY + i * 1000 }),
    ],
  ])('%s', async (_, verdict, manner) => {
    const update = await judged(manner);
    expect(update, update.reasons.join('; ')).toMatchObject({ verdict, trials: MOVERS, successes: MOVERS });
  }, 60_000); // prettier-ignore
});
