import { ACCOUNT_STATUSES } from '../model/account.js';
import { DATE_ORDERS, type DateOrder } from '../model/config.js';
import { UsageError } from '../model/errors.js';
import { ACCOUNT_FIELDS, PERSON_FIELDS } from '../model/field-names.js';
import { didYouMean } from '../model/nearest.js';
import { PERSON_STATES } from '../model/person.js';
import type { Given } from '../exports/columns/given.js';
import type { List } from './lists.js';

interface Answers {
  columns: Map<string, readonly string[]>;
  words: Map<string, string>;
  dates?: DateOrder;
}

/** `--map NAME.FIELD=COLUMN`, `--map NAME.status:WORD=STATUS` and `--dates NAME=ORDER`, by the name of the list. @throws {UsageError} */
export function answersOf(lists: readonly List[], maps: readonly string[], dates: readonly string[]): ReadonlyMap<string, Given> {
  const answers = new Map<string, Answers>(lists.map(({ name }) => [name, { columns: new Map(), words: new Map() }]));
  for (const map of maps) {
    const list = listAt('--map', map, '.', lists);
    const rest = map.slice(list.name.length + 1);
    const [, field = '', sign, word = ''] = /^([A-Za-z]\w*)([:=])([^]*)$/.exec(rest) ?? [];
    const of = answers.get(list.name);
    if (sign === undefined || of === undefined) throw new UsageError(`--map ${map}: ${FORMS}`);
    checkField(map, field, list);
    if (sign === ':') addWord(map, field, word, list, of.words);
    else of.columns.set(field, word === '' ? [] : [...(of.columns.get(field) ?? []), word]);
  }
  for (const one of dates) {
    const list = listAt('--dates', one, '=', lists);
    const order = DATE_ORDERS.find((known) => known === one.slice(list.name.length + 1));
    const of = answers.get(list.name);
    if (order === undefined || of === undefined)
      throw new UsageError(`--dates ${one}: expected NAME=ORDER, with one of ${DATE_ORDERS.join(', ')}`);
    of.dates = order;
  }
  return answers;
}

const FORMS = 'expected NAME.FIELD=COLUMN, such as crm.status=State, or NAME.status:WORD=STATUS, such as crm.status:Paused=suspended';

/** The list that is meant: its name may have dots in it. */
function listAt(flag: string, given: string, behind: string, lists: readonly List[]): List {
  const [longest] = lists.filter(({ name }) => given.startsWith(`${name}${behind}`)).sort((a, b) => b.name.length - a.name.length);
  if (longest !== undefined) return longest;
  const names = lists.map(({ name }) => name);
  const stranger = given.split(behind === '.' ? /[.=]/ : '=')[0] ?? given;
  throw new UsageError(
    `${flag} ${given}: no list is called ${stranger}.${didYouMean(stranger, names) || ` The lists are ${names.join(', ')}`}`,
  );
}

function checkField(map: string, field: string, { role, name }: List): void {
  const known = [role === 'person' ? 'state' : 'status', ...(role === 'person' ? PERSON_FIELDS : ACCOUNT_FIELDS)];
  if (known.includes(field)) return;
  const other =
    role === 'person' && field === 'status'
      ? ` People have a state: --map ${name}.state`
      : role === 'account' && field === 'state'
        ? ` Accounts have a status: --map ${name}.status`
        : '';
  throw new UsageError(
    `--map ${map}: ${name} has no field ${field}.${other || didYouMean(field, known) || ` The fields are ${known.join(', ')}`}`,
  );
}

function addWord(map: string, field: string, rest: string, { role }: List, words: Map<string, string>): void {
  const at = rest.lastIndexOf('=');
  const [word, as] = [rest.slice(0, at).trim(), rest.slice(at + 1)];
  const known: readonly string[] = role === 'person' ? PERSON_STATES : ACCOUNT_STATUSES;
  if (at < 0 || (field !== 'state' && field !== 'status')) throw new UsageError(`--map ${map}: ${FORMS}`);
  if (!known.includes(as))
    throw new UsageError(`--map ${map}: expected one of ${known.join(', ')} behind the last =, got ${as}.${didYouMean(as, known)}`);
  if (['__proto__', 'constructor', 'prototype', '<<'].includes(word)) throw new UsageError(`--map ${map}: a config cannot hold this word`);
  words.set(word, as);
}
