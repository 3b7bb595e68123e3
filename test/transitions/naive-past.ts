// A history in the fewest words: the lists of every audit in, what `observe` is given out. No file, no hashes, no windows of reading.
import type { AccountStatus } from '../../src/model/account.js';
import type { AppPast } from '../../src/model/past.js';
import type { Moment, PersonState } from '../../src/model/person.js';
import type { AccountVersion, ListSeen, PersonVersion } from '../../src/model/timeline.js';

export interface PersonRow {
  readonly state: PersonState;
  readonly department: string;
  readonly startAt?: Moment;
  readonly endAt?: Moment;
  readonly changedAt?: number;
}

export interface AccountRow {
  readonly id: string;
  readonly status: AccountStatus;
  readonly department: string;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  readonly lastLoginAt?: number;
  readonly deactivatedAt?: number;
}

/** What one audit saw of one person and their accounts. Undefined lists were not read. */
export interface AuditOfOne {
  readonly asOf: number;
  /** Null: the list does not have them. */
  readonly person?: { readonly row: PersonRow | null; readonly whole: boolean };
  readonly accounts?: { readonly rows: readonly AccountRow[]; readonly whole: boolean };
}

/** Touches and logins make no version. */
const content = (row: PersonRow | AccountRow): string => {
  const { department, ...rest } = { ...row, changedAt: 0, updatedAt: 0, lastLoginAt: 0 };
  return JSON.stringify([department, Object.entries(rest).sort()]);
};

interface Open {
  readonly row: PersonRow | AccountRow;
  readonly since: number;
  readonly came: boolean;
}
interface Closed extends Open {
  readonly until: number | undefined;
  readonly gone: boolean;
}

function versions(lists: readonly { readonly at: number; readonly whole: boolean; readonly rows: ReadonlyMap<string, PersonRow | AccountRow> }[]): Closed[] {
  const open = new Map<string, Open>();
  const closed: Closed[] = [];
  for (const { at, whole, rows } of lists) {
    for (const [id, row] of rows) {
      const before = open.get(id);
      if (before !== undefined && content(before.row) === content(row)) continue;
      if (before !== undefined) closed.push({ ...before, until: at, gone: false });
      open.set(id, { row, since: at, came: before === undefined });
    }
    for (const [id, before] of open) {
      if (!whole || rows.has(id)) continue;
      closed.push({ ...before, until: at, gone: true });
      open.delete(id);
    }
  }
  return [...closed, ...[...open.values()].map((one) => ({ ...one, until: undefined, gone: false }))];
} // prettier-ignore

export function naivePast(audits: readonly AuditOfOne[]): AppPast {
  const read = <T>(list: (audit: AuditOfOne) => { whole: boolean; rows: ReadonlyMap<string, T> } | undefined): { at: number; whole: boolean; rows: ReadonlyMap<string, T> }[] =>
    audits.flatMap((audit, at) => {
      const found = list(audit);
      return found === undefined ? [] : [{ at, ...found }];
    }); // prettier-ignore
  const people = read<PersonRow>(
    ({ person }) => person && { whole: person.whole, rows: new Map(person.row === null ? [] : [['p', person.row]]) },
  );
  const accounts = read<AccountRow>((audit) => audit.accounts && { whole: audit.accounts.whole, rows: new Map(audit.accounts.rows.map((row) => [row.id, row])) }); // prettier-ignore
  const seen = (lists: readonly { at: number; whole: boolean }[]): ListSeen[] =>
    lists.map(({ at, whole }) => ({ at, whole, basis: 'x', exchanged: false }));
  const valued = ({ row: { department, ...facts }, came, ...rest }: Closed): object => ({
    ...facts,
    ...rest,
    came,
    values: new Map([['department', department]]),
  });
  const line = versions(people).map((one) => valued(one) as PersonVersion);
  const last = line.at(-1);
  return {
    audits: audits.map(({ asOf }) => ({ asOf })),
    lists: seen(accounts),
    people: [
      {
        person: {
          row: last !== undefined && last.until === undefined ? 0 : undefined,
          source: 'hr',
          id: 'p',
          versions: line,
          lists: seen(people),
        },
        accounts: versions(accounts).map((one) => valued(one) as AccountVersion),
      },
    ],
    unchangedSince: () => NaN,
  };
}
