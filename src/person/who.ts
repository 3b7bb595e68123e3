import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import { fold } from '../model/fold.js';
import type { About } from '../contract/source.js';

/** The person that was asked for: the rows of the index, and everything that they are called. */
export interface Wanted {
  readonly rows: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  /** Ids and numbers: they name somebody only together with what else is known of an account. */
  readonly keys: ReadonlySet<string>;
  /** What to ask a system for that can filter. */
  readonly about: About;
}

/** Finds WHO by id, user name, address or employee number, whole and folded, and with them the other records of the same human. */
export function findWanted(standing: Standing, who: string): Wanted {
  const { index } = standing;
  const asked = fold(who);
  const rows = new Set<number>();
  for (let row = 0; row < index.size; row++) if (called(standing, row).some((name) => fold(name) === asked)) rows.add(row);
  for (const row of [...rows]) {
    for (let other = 0; other < index.size; other++) if (standing.sameHuman(row, other)) rows.add(other);
  }
  const all = [...rows];
  const of = (pick: (row: number) => readonly (string | undefined)[]): string[] => [
    ...new Set(all.flatMap(pick).filter((text): text is string => text !== undefined && text !== '')),
  ];
  const emails = of((row) => [index.text('email', row), ...(index.list('aliases', row) ?? [])]);
  const userNames = of((row) => [index.text('userName', row)]);
  const ids = of((row) => [index.id(row), index.text('externalId', row)]);
  const numbers = of((row) => [index.text('employeeId', row)]);
  const address = who.includes('@') ? [who] : [];
  return {
    rows,
    // An employee number or a short id is no name: `7` of one system is somebody else in the next.
    names: new Set([...emails, ...userNames, ...(rows.size === 0 ? [who] : address)].map(fold)),
    keys: new Set([...ids, ...numbers].map(fold)),
    about: { ids, userNames: [...new Set([...userNames, ...emails, who])], emails: [...new Set([...emails, ...address])] },
  };
}

function called(standing: Standing, row: number): string[] {
  const { index } = standing;
  const fields = (['userName', 'email', 'employeeId', 'externalId'] as const).map((field) => index.text(field, row));
  return [index.id(row), ...fields, ...(index.list('aliases', row) ?? [])].filter((text) => text !== undefined);
}

/** Is the account called as this person is? */
export function sameName({ userName, emails = [], aliases = [] }: Account, { names }: Wanted): boolean {
  return [userName, ...emails, ...aliases].some((name) => name !== undefined && names.has(fold(name)));
}

/** Does the account carry an id or a number of this person? */
export function sameKey({ externalId, employeeId }: Account, { keys }: Wanted): boolean {
  return [externalId, employeeId].some((key) => key !== undefined && keys.has(fold(key)));
}
