import type { SeenRows } from '../diff/rows.js';
import { KeyIndex } from '../match/key-index.js';
import type { Matcher } from '../match/match.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { LogEntry } from '../model/log.js';

/** Nobody that is known; several, or two keys that name different people; another account of somebody than the one in the list. */
export const NOBODY = -1;
const SEVERAL = -2;

type Keys = Pick<LogEntry, 'userName' | 'email' | 'externalId'>;

/** What an entry says of whose it is. `account`: only the id of an account that the list does not have. */
export interface Named {
  readonly row: number;
  readonly account?: string;
  /** The entry gives an id of its person that is nobody's here: other keys have named the row. */
  readonly isByKey?: true;
}

/**
 * Whose is an entry? Ids first: the account's own as the list has it, the person's as the directory has it. Then keys, as in matching; all that are given must
 * name the same human. An account that is not in the list is whoever's an entry names with it: a log that removes it may give its id alone.
 */
export class Whose {
  readonly #listed: KeyIndex;

  constructor(
    private readonly standing: Standing,
    private readonly rows: Pick<SeenRows, 'has' | 'id' | 'isId'>,
    private readonly matcher: Pick<Matcher, 'match'>,
    /** A key names its holder of today: an entry from before they came is of somebody else. ms. */
    private readonly preHireLead: number,
    /** Ids of accounts that the list has, and of which it is a finding whose they are: an entry does not know better. */
    private readonly inDoubt: ReadonlySet<string> = new Set(),
  ) {
    const { size } = standing.index;
    this.#listed = new KeyIndex((row, id) => rows.isId(row, id), size);
    for (let row = 0; row < size; row++) {
      const id = rows.has(row) ? rows.id(row) : undefined;
      if (id !== undefined) this.#listed.add(row, id);
    }
  }

  /** `source`: the directory whose ids `personId` are; undefined: any. */
  of(entry: LogEntry, source?: number): Named {
    const { accountId } = entry;
    const listed = accountId === undefined ? -1 : this.#listed.only(accountId);
    if (listed >= 0) return { row: listed };
    if (accountId !== undefined && this.inDoubt.has(accountId)) return { row: NOBODY };
    const row = this.#byPerson(entry, source);
    const isByKey = row >= 0 && entry.personId !== undefined && !this.knows(entry.personId, source);
    const named: Named = isByKey ? { row, isByKey } : { row };
    if (accountId === undefined) return named;
    // They have an account, and this is another one.
    if (row >= 0 && this.rows.has(row)) return { row: NOBODY };
    return { ...named, account: accountId };
  }

  /** Is it an id of the directory? `source`: of this one; undefined: of any. */
  knows(personId: string, source?: number): boolean {
    return this.#byId(personId, source).length > 0;
  }

  #byId(personId: string, source: number | undefined): readonly number[] {
    const { index } = this.standing;
    const rows = index.key('id').find(index.foldKey(personId) ?? '');
    return source === undefined ? rows : rows.filter((row) => index.source(row) === source);
  }

  #byPerson(entry: LogEntry, source: number | undefined): number {
    const { index } = this.standing;
    const ids = entry.personId === undefined ? [] : this.#byId(entry.personId, source);
    if (ids.length > 0) return this.#one(ids.map((row) => this.standing.current(row)));
    const found = [...this.#byTheirKeys(entry), ...this.#byAccountKeys(entry)];
    const at = entry.at?.at ?? NaN;
    const theirs = found.filter((row) => !(at < index.instant('startAt', row) - this.preHireLead));
    return this.#one(theirs.map((row) => this.standing.current(row)));
  }

  *#byTheirKeys({ personUserName, personEmail, employeeId }: LogEntry): Generator<number> {
    const { index } = this.standing;
    const keys = [
      ['userName', personUserName],
      ['email', personEmail],
      ['employeeId', employeeId],
    ] as const;
    for (const [word, value] of keys) {
      const key = index.foldKey(value);
      if (key !== undefined) yield* index.key(word).find(key);
    }
  }

  #byAccountKeys({ userName, email, externalId }: LogEntry): readonly number[] {
    if (userName === undefined && email === undefined && externalId === undefined) return [];
    const all = this.#matching({ userName, email, externalId });
    if (all.length !== 1) return all;
    // A rule that comes first has decided, and no other key was asked: one that names others speaks against it.
    const keys: readonly Keys[] = [{ userName }, { email }, { externalId }].filter((key) => Object.values(key)[0] !== undefined);
    const others = keys.length < 2 ? [] : keys.map((key) => this.#matching(key));
    return [...all, ...others.filter((rows) => !rows.some((row) => this.#isOne([...all, row]))).flat()];
  }

  #matching({ userName, email, externalId }: Keys): readonly number[] {
    const account: Account = {
      id: '',
      userName,
      externalId,
      ...(email === undefined ? {} : { emails: [email] }),
      status: 'unknown',
      kind: 'human',
      attributes: {},
    };
    const match = this.matcher.match(account);
    return match.kind === 'one' ? [match.record] : match.kind === 'ambiguous' ? match.rows : [];
  }

  #one(rows: readonly number[]): number {
    const [first] = rows;
    if (first === undefined) return NOBODY;
    return this.#isOne(rows) ? first : SEVERAL;
  }

  #isOne([first, ...others]: readonly number[]): boolean {
    return first === undefined || others.every((row) => row === first || this.standing.sameHuman(row, first));
  }
}
