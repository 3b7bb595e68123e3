import { isPlaceholder } from '../../model/placeholder.js';
import type { Role } from '../../model/role.js';
import type { Rows } from './given.js';
import { headerKey } from './header.js';
import type { ColumnLook } from './look.js';
import { meaningsOf } from './name-index.js';
import { senseOf, truthOf, type Sense } from './words.js';

/** A column that may hold the state of people or the status of accounts. */
export interface StateColumn {
  readonly look: ColumnLook;
  /** Its place in the rows. */
  readonly index: number;
  /** What each of its words means; undefined: nobody is sure. */
  readonly senses: ReadonlyMap<string, Sense | undefined>;
  /** What an empty cell means, where that is sure. */
  readonly absent?: Sense;
  readonly unknown: readonly string[];
  /** It holds yes and no, or 1 and 0, and its name does not say of what. */
  readonly isBare: boolean;
  /** Its words tell kinds of contracts, and nobody who left. */
  readonly isContract: boolean;
}

/** Two or three capitals: the states of a country, not of a person. */
const CODE = /^[A-Z]{2,3}$/;
/** Names that say "state" in the sense of a country's, too. */
const PLACES = new Set(['state', 'estado', 'stato', 'stan']);
const CONTRACTS = new Set(
  'full-time|full time|part-time|part time|permanent|regular|Vollzeit|Teilzeit|temps plein|temps partiel|tiempo completo|tiempo parcial|tempo integral|meio período|tempo pieno|tempo parziale|voltijd|deeltijd|pełny etat|heltid|deltid'
    .split('|')
    .map(headerKey),
);

/** Blocked by an administrator, or locked by wrong passwords: the word says both. */
const LOCKS = /^(?!anmeldung).*(?:gesperrt|bloque|blocca|geblokkeerd|zablokowan|sparrad)/;

/** How a column of it is named: as what holds its words, as a flag of those who are on, or of those who are off. */
type Naming = 'state' | 'on' | 'off';

function namingOf(role: Role, name: string): { readonly naming: Naming; readonly rank: number } | undefined {
  for (const { named, rank } of meaningsOf(role, name))
    if (named === 'state' || named === 'on' || named === 'off') return { naming: named, rank };
  return undefined;
}

/** The columns whose names say that they hold it, surest first. */
export function stateColumns(role: Role, looks: readonly ColumnLook[]): readonly StateColumn[] {
  const hits = looks.flatMap((look, index) => {
    const hit = namingOf(role, look.name);
    return hit === undefined || look.filled === 0 || isPlaces(look) || isDated(look) ? [] : [{ look, index, ...hit }];
  });
  return hits.sort((a, b) => a.rank - b.rank).map(({ look, index, naming }) => readAs(role, look, index, naming));
}

/** In a CRM an account is a customer. */
const CUSTOMERS = new Set(['accountname', 'customername', 'clientname', 'customer', 'client']);

/** Beside the name of a customer, a column says whether the customer is active, unless it is named after a user. */
export function isOfCustomer(role: Role, { look }: StateColumn, looks: readonly ColumnLook[]): boolean {
  return (
    role === 'account' &&
    looks.some(({ name }) => CUSTOMERS.has(headerKey(name))) &&
    !/^(?:user|member|login|contact)/.test(headerKey(look.name))
  );
}

/** Such a column, read for a user who has named it. */
export function namedStateColumn(role: Role, look: ColumnLook, index: number): StateColumn {
  return readAs(role, look, index, namingOf(role, look.name)?.naming ?? 'state');
}

/** Columns that nobody's name tells and whose words do: some of them on, some of them off. */
export function statesByWords(role: Role, looks: readonly ColumnLook[]): readonly StateColumn[] {
  return looks.flatMap((look, index) => {
    if (look.words.size < 2 || OTHERS.test(look.name)) return [];
    const column = readAs(role, look, index, 'state');
    const senses = [...column.senses.values()];
    return column.unknown.length === 0 && senses.some((sense) => isOnSense(sense)) && senses.some((sense) => !isOnSense(sense))
      ? [column]
      : [];
  });
}

/** What has two states as well, and is not the account. */
const OTHERS =
  /mfa|2fa|2sv|factor|sso|saml|billing|licen[cs]e|verif|newsletter|notif|subscri|sync|backup|device|phone|mailbox|archive|forward|visa|marital/i;

export function isOnSense(sense: string | undefined): boolean {
  return sense === 'active' || sense === 'pending' || sense === 'leave' || sense === 'pre-hire';
}

function readAs(role: Role, look: ColumnLook, index: number, named: Naming): StateColumn {
  const words = [...look.words.keys()];
  const isFlag = words.length > 0 && words.every((word) => truthOf(word) !== undefined);
  const isSpoken = words.length > 0 && words.every((word) => senseOf(role, word) !== undefined);
  const whenYes: Sense = named === 'on' ? 'active' : (senseOf(role, look.name) ?? offOf(role));
  const isLock = named === 'off' && LOCKS.test(headerKey(look.name));
  const asFlag = (word: string): Sense | undefined => {
    const truth = truthOf(word);
    return truth === undefined || named === 'state' || (truth && isLock)
      ? undefined
      : truth
        ? whenYes
        : named === 'on'
          ? 'inactive'
          : 'active';
  };
  const senses = new Map(words.map((word) => [word, isFlag && !isSpoken ? asFlag(word) : senseOf(role, word)] as const));
  const unknown = words.filter((word) => senses.get(word) === undefined);
  // A box that is ticked for those who left, and for nobody else.
  const isTick = named === 'off' && isFlag && words.every((word) => truthOf(word) === true);
  return {
    look,
    index,
    senses,
    ...(isTick ? { absent: 'active' as const } : {}),
    // Too many different values are no words.
    unknown: words.length === 0 && look.filled > 0 ? ['…'] : unknown,
    isBare: named === 'state' && isFlag && !isSpoken,
    isContract: words.length > 0 && words.every((word) => CONTRACTS.has(headerKey(word))),
  };
}

/** What somebody is whose account is said to be off, and no more. */
function offOf(role: Role): Sense {
  return role === 'account' ? 'deactivated' : 'inactive';
}

function isPlaces({ name, words }: ColumnLook): boolean {
  const all = [...words.keys()];
  return PLACES.has(headerKey(name)) && all.length > 0 && all.every((word) => CODE.test(word) && senseOf('account', word) === undefined);
}

/** `0`, `no` and `false` say of a date, too, that there is none: where nothing else stands, it is a flag. */
export function isDated({ dates, filled, words }: ColumnLook): boolean {
  const isFlag = words.size > 0 && [...words.keys()].every((word) => truthOf(word) !== undefined);
  return dates > 0 && dates >= filled * 0.8 && !isFlag;
}

/** Do two columns say the same of who is on, wherever both say it? */
export function agree(a: StateColumn, b: StateColumn, cells: readonly (readonly string[])[]): boolean {
  return cells.every((row) => {
    const [one, other] = [a, b].map((column) => senseIn(column, row[column.index] ?? ''));
    return one === undefined || other === undefined || isOnSense(one) === isOnSense(other);
  });
}

function senseIn({ senses, absent }: StateColumn, cell: string): Sense | undefined {
  const word = cell.trim();
  return senses.get(word) ?? (word === '' || isPlaceholder(word) ? absent : undefined);
}

/** A day of deactivation beside a word that says that the account is on: it was switched on again, or the word is what it was before. */
export function dayOfThoseWhoAreOn({ senses, index }: StateColumn, { looks, cells }: Rows): ColumnLook | undefined {
  return looks.find(
    (look, at) =>
      isDated(look) &&
      meaningsOf('account', look.name).some(({ named }) => named === 'deactivatedAt') &&
      cells.some((row) => isOnSense(senses.get(row[index]?.trim() ?? '')) && !isNoDay(row[at] ?? '')),
  );
}

function isNoDay(cell: string): boolean {
  return isPlaceholder(cell) || /^[0:. /TZ-]*$|never|(?<!\d)(?:1970|9999)(?!\d)/i.test(cell.trim());
}
