import { compileFilter, type Filter, type FilterValue } from '../../filter/filter.js';
import { readDate } from '../../filter/date.js';
import { MAX_LENGTH, parseFilter, type FilterNode } from '../../filter/parse.js';
import { printFilter } from '../../filter/print.js';
import { accountFilterValue, normalName, PERSON_WORDS, ACCOUNT_WORDS } from '../../match/person-filter.js';
import type { Account } from '../../model/account.js';
import type { Person } from '../../model/person.js';
import { isDateWord } from './coarse.js';
import { isKeptWord } from './kept.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Their values are `true` and `false`: what a part of a filter that pseudonyms cannot answer said of the row as it was read. */
const FLAG = 'redacted.filter';

export function isFlag(attribute: string): boolean {
  return attribute.startsWith(FLAG);
}

/** The answers that stand in a row for parts of filters, under attributes of their own. */
export class Flags<Row> {
  readonly #parts = new Map<string, { readonly name: string; readonly filter: Filter }>();

  constructor(
    private readonly read: (row: Row, path: string) => FilterValue,
    /** Numbers run on over all flags of a pack. */
    private readonly next: () => number,
    /** Dates are not those that were read: what asks for them is answered while the rows are read. */
    readonly coarse = false,
  ) {}

  /** The attribute that answers for this part. */
  nameOf(part: FilterNode): string {
    const text = printFilter(part);
    let known = this.#parts.get(text);
    if (known === undefined) this.#parts.set(text, (known = { name: `${FLAG}${this.next()}`, filter: compileFilter(text) }));
    return known.name;
  }

  /** Absent where all that the part reads is absent: then the row's source may never give it. */
  answers(row: Row): Record<string, string> {
    const answers: Record<string, string> = {};
    for (const { name, filter } of this.#parts.values()) {
      const read = (path: string): FilterValue => this.read(row, path);
      if (filter.attributes.some((path) => read(path) !== undefined)) answers[name] = String(filter.matches(read));
    }
    return answers;
  }
}

/**
 * A filter over pseudonymous rows that answers as the filter does over the rows as they were read: texts that are compared for being equal are
 * replaced by their pseudonyms; what looks into a personal text, or orders it, becomes a flag of the row.
 */
export function redactFilter<Row>(text: string, pseudonyms: Pseudonyms, flags: Flags<Row>): string {
  const root = parseFilter(text);
  const redacted = printFilter(redactNode(root, '', pseudonyms, flags));
  // Pseudonyms are longer than most names: what no filter may be is one flag.
  return redacted.length <= MAX_LENGTH ? redacted : printFilter(flag(root, flags));
}

function redactNode<Row>(node: FilterNode, outer: string, pseudonyms: Pseudonyms, flags: Flags<Row>): FilterNode {
  switch (node.op) {
    case 'and':
    case 'or':
      return { op: node.op, nodes: node.nodes.map((part) => redactNode(part, outer, pseudonyms, flags)) };
    case 'not':
      return { op: 'not', node: redactNode(node.node, outer, pseudonyms, flags) };
    case 'pr':
      return node;
    case 'path':
      // Its elements are tested one by one, and a flag is of the whole row.
      if (!isSimple(node.node, `${node.path}.`)) return flag(node, flags);
      return { ...node, node: redactNode(node.node, `${node.path}.`, pseudonyms, flags) };
    default: {
      if (flags.coarse && node.value !== null && isDateWord(plain(node.path))) return flag(node, flags);
      if (isKeptWord(`${outer}${plain(node.path)}`) || node.value === null) return node;
      if (isEquality(node)) return { ...node, value: pseudonyms.value(node.value) };
      if (node.op === 'ne') return { op: 'not', node: flag({ ...node, op: 'eq' }, flags) };
      return flag(node, flags);
    }
  }
}

function flag<Row>(part: FilterNode, flags: Flags<Row>): FilterNode {
  return { op: 'eq', path: flags.nameOf(part), at: 0, value: 'true', valueAt: 0 };
}

/** Is there a text to be equal to, and no date or number that may be written in several ways? */
function isEquality(node: FilterNode): node is FilterNode & { readonly op: 'eq' | 'ne'; readonly value: string } {
  return (node.op === 'eq' || node.op === 'ne') && typeof node.value === 'string' && readDate(node.value) === undefined;
}

function isSimple(node: FilterNode, outer: string): boolean {
  switch (node.op) {
    case 'and':
    case 'or':
      return node.nodes.every((part) => isSimple(part, outer));
    case 'not':
      return isSimple(node.node, outer);
    case 'pr':
      return true;
    case 'path':
      return false;
    default:
      return isKeptWord(`${outer}${node.path}`) || node.value === null || isEquality(node);
  }
}

/** Without the prefixes of RFC 7643: `urn:…:User:userName`. */
function plain(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

/** What a filter reads of a person: as the index of the directory gives it (match/person-filter.ts). */
export function readPerson(person: Person, path: string): FilterValue {
  const name = normalName(path, [...PERSON_WORDS, ...Object.keys(person.attributes)]);
  switch (name) {
    case 'id':
    case 'userName':
    case 'employeeId':
    case 'externalId':
    case 'groups':
    case 'state':
    case 'kind':
      return person[name];
    case 'emails':
      return person.emails?.[0] === undefined ? undefined : [...person.emails, ...(person.aliases ?? [])];
    case 'aliases': {
      const further = [...(person.emails?.slice(1) ?? []), ...(person.aliases ?? [])];
      return further.length === 0 ? undefined : further;
    }
    case 'startAt':
    case 'endAt':
    case 'createdAt':
    case 'changedAt': {
      const moment = person[name];
      return moment === undefined ? undefined : new Date(moment.at).toISOString();
    }
    default:
      return person.attributes[name];
  }
}

export function readAccount(account: Account, path: string): FilterValue {
  return accountFilterValue(account, normalName(path, [...ACCOUNT_WORDS, ...Object.keys(account.attributes)]));
}
