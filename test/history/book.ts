// A history that is fed by hand: rows of people and accounts go in as an audit would see them, without systems to read.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import type { Config } from '../../src/model/config.js';
import { History } from '../../src/history/history.js';
import type { Account } from '../../src/model/account.js';
import { Columns } from '../../src/store/columns.js';
import type { AppPast } from '../../src/model/past.js';
import type { Finding } from '../../src/model/finding.js';
import type { Person } from '../../src/model/person.js';
import type { Report } from '../../src/model/report.js';
import type { AccountPage } from '../../src/audit/witness.js';
import { ColumnBuilder } from '../../src/store/column-builder.js';
import { POLICY, RULES } from '../in-memory.js';

export const DAY = 86_400_000;
export const START = Date.parse('2026-06-01T06:00:00Z');

export interface Seen {
  readonly people: readonly Person[];
  readonly peopleWhole?: boolean;
  /** By app; an app that is left out is not audited. */
  readonly apps: Readonly<Record<string, { readonly accounts: readonly Account[]; readonly whole?: boolean; readonly assigned?: object }>>;
  /** Days after the start. */
  readonly day: number;
  /** Changes how the app's list is read. */
  readonly url?: string;
  readonly findings?: readonly Finding[];
  /** Is shown the history before anything is read. */
  readonly ask?: (history: History) => void;
}

export function newBook(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'lifegap-history-')), 'history.db');
}

const unproven = (whole = true): object => ({ completeness: { verdict: whole ? 'proven' : 'unproven' }, error: null });
const COVERAGE = { create: { verdict: 'unproven' }, update: { verdict: 'unproven' }, delete: { verdict: 'unproven' } };

/** Records one audit, and gives back what the past told of each app. */
export async function audit(
  book: string,
  seen: Seen,
  compare: readonly string[] = ['department', 'email'],
): Promise<Record<string, AppPast>> {
  const names = Object.keys(seen.apps).sort();
  const config = {
    path: 'lifegap.yaml',
    sha256: 'of the config',
    directory: [{ name: 'hr', connector: 'memory', options: {}, fields: {}, dir: '/' }],
    apps: names.map((name) => ({
      name,
      connector: 'memory',
      options: { url: seen.url ?? '' },
      fields: {},
      dir: '/',
      compare,
      match: RULES,
    })),
    policy: POLICY,
    history: false,
  } as unknown as Config;
  const asOf = START + seen.day * DAY;
  const history = await History.open({ config, asOf, access: { path: book, wait: 5_000, create: true } });
  if (history === undefined) throw new Error('no history');
  try {
    seen.ask?.(history);
    history.people('hr', seen.people);
    await history.directoryRead(new Map([['hr', seen.peopleWhole !== false]]));
    const past: Record<string, AppPast> = {};
    for (const name of names) {
      const { accounts, whole = true } = seen.apps[name] as Seen['apps'][string];
      const owners = accounts.map((account) => seen.people.findIndex(({ id }) => id === account.externalId));
      await history.accounts(name, asPage(accounts, seen.day), owners);
      past[name] = await history.appRead(name, whole);
    }
    const iso = new Date(asOf).toISOString();
    await history.record({
      asOf: iso,
      run: { tool: 'lifegap test', startedAt: iso, finishedAt: iso, configSha256: 'of the config', exitCode: 0 },
      directory: [{ name: 'hr', people: seen.people.length, byState: {}, ...unproven(seen.peopleWhole) }],
      apps: names.map((name) => ({
        name,
        accounts: seen.apps[name]?.accounts.length,
        coverage: COVERAGE,
        assigned: seen.apps[name]?.assigned,
        ...unproven(seen.apps[name]?.whole),
      })),
      findings: seen.findings ?? [],
    } as unknown as Report);
    return past;
  } finally {
    history.close();
  }
}

/** On every second day by column, as an export comes that has grown beyond a size: the store must not see the difference. */
function asPage(accounts: readonly Account[], day: number): AccountPage {
  if (day % 2 === 0) return { rows: accounts };
  const columns = columnsOf(accounts);
  return { columns, rows: Array.from({ length: columns.rows }, (_, row) => columns.account(row)) };
}

export function columnsOf(accounts: readonly Account[]): Columns {
  const builder = new ColumnBuilder('account');
  for (const account of accounts) builder.add(account);
  return new Columns(builder.take(), []);
}

type Row = Record<string, number | bigint | string | Uint8Array | null>;

export function query(book: string, sql: string, values: (number | string)[] = []): Row[] {
  const db = new sqlite.Database(book, { fileMustExist: true });
  try {
    return db.all(sql, values) as Row[];
  } finally {
    db.close();
  }
}
