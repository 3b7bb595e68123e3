// A history in the fewest words: the lists of every audit in, what `observe` is given out. No file, no hashes, no windows of reading.
import type { AccountStatus } from '../../src/model/account.js';
import type { AppPast } from '../../src/model/past.js';
import type { Moment, PersonKind, PersonState } from '../../src/model/person.js';
import type { AccountVersion, ListSeen, PersonVersion } from '../../src/model/timeline.js';

export interface PersonRow {
  readonly state: PersonState;
  readonly department: string;
  readonly startAt?: Moment;
  readonly endAt?: Moment;
  readonly createdAt?: number;
  readonly changedAt?: number;
  readonly title?: string;
  readonly kind?: PersonKind;
  readonly unread?: readonly string[];
}

export interface AccountRow {
  readonly id: string;
  readonly status: AccountStatus;
  readonly department: string;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  readonly lastLoginAt?: number;
  readonly deactivatedAt?: number;
  readonly title?: string;
  readonly userName?: string;
  readonly roles?: number;
  readonly credentials?: number;
  /** It is in the list, and matches nobody or somebody else. */
  readonly elsewhere?: true;
}

type HowRead = Partial<Omit<ListSeen, 'at'>> & { readonly whole: boolean };

/** What one audit saw of one person and their accounts. Undefined lists were not read. */
export interface AuditOfOne {
  readonly asOf: number;
  /** Null: the list does not have them. */
  readonly person?: HowRead & { readonly row: PersonRow | null };
  readonly accounts?: HowRead & { readonly rows: readonly AccountRow[] };
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

interface List<Row> {
  readonly at: number;
  readonly how: HowRead;
  readonly rows: ReadonlyMap<string, Row>;
}

function versions(lists: readonly List<PersonRow | AccountRow>[]): Closed[] {
  const open = new Map<string, Open>();
  const elsewhere = new Set<string>();
  const closed: Closed[] = [];
  for (const { at, how, rows } of lists) {
    for (const [id, row] of rows) {
      const before = open.get(id);
      if (before !== undefined && content(before.row) === content(row)) continue;
      if (before !== undefined) closed.push({ ...before, until: at, gone: false });
      open.delete(id);
      if ('elsewhere' in row) elsewhere.add(id);
      else open.set(id, { row, since: at, came: before === undefined && !elsewhere.delete(id) });
    }
    for (const [id, before] of open) {
      if (!how.whole || rows.has(id)) continue;
      closed.push({ ...before, until: at, gone: true });
      open.delete(id);
    }
  }
  return [...closed, ...[...open.values()].map((one) => ({ ...one, until: undefined, gone: false }))];
}

export function naivePast(audits: readonly AuditOfOne[]): AppPast {
  const read = <Row>(list: (audit: AuditOfOne) => { how: HowRead; rows: ReadonlyMap<string, Row> } | undefined): List<Row>[] =>
    audits.flatMap((audit, at) => {
      const found = list(audit);
      return found === undefined ? [] : [{ at, ...found }];
    });
  const people = read<PersonRow>(({ person }) => {
    if (person === undefined) return undefined;
    const { row, ...how } = person;
    return { how, rows: new Map(row === null ? [] : [['p', row]]) };
  });
  const accounts = read<AccountRow>((audit) => {
    if (audit.accounts === undefined) return undefined;
    const { rows, ...how } = audit.accounts;
    return { how, rows: new Map(rows.map((row) => [row.id, row])) };
  });
  const seen = (lists: readonly List<unknown>[]): ListSeen[] => lists.map(({ at, how }) => ({ at, basis: 'x', exchanged: false, ...how }));
  const valued = ({ row: { department, title, ...facts }, came, ...rest }: Closed): object => ({
    ...facts,
    ...rest,
    came,
    values: new Map([['department', department], ...(title === undefined ? [] : ([['title', title]] as const))]),
  });
  const line = versions(people).map((one) => valued(one) as PersonVersion);
  const last = line.at(-1);
  return {
    audits: audits.map(({ asOf }) => ({ asOf })),
    lists: seen(accounts),
    people: [
      {
        person: {
          row: last !== undefined && last.until === undefined && people.at(-1)?.rows.has('p') === true ? 0 : undefined,
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
