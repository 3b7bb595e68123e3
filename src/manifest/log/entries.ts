import type { FieldSpec } from '../../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogEntry } from '../../model/log.js';
import { jsonPath } from '../../mapping/json-path.js';
import { compileEntries } from '../../mapping/log-rows.js';
import { isEmpty } from '../../model/places.js';
import type { Problems } from '../../mapping/problems.js';
import { isList, isObject } from '../../model/parsed.js';
import type { Field, Words } from '../form/fields.js';
import type { LogForm } from '../form/log.js';
import { Places } from '../mapping/rows.js';
import { compileWordOf, valuePaths } from '../mapping/words.js';

/** Whose are the entries: accounts of an app, or people of a directory? A log may be read as either, and says the same of both. */
export type Whom = 'account' | 'person';

const AS_PERSON: Readonly<Record<string, string>> = { accountId: 'personId', userName: 'personUserName', email: 'personEmail' };
const AS_ACCOUNT = Object.fromEntries(Object.entries(AS_PERSON).map(([account, person]) => [person, account]));
const NAMES = { account: AS_ACCOUNT, person: AS_PERSON };

/**
 * Compiles what makes entries of one record. `whom`: of a system's own log, whom it is about; undefined of what is pushed, which names both. `app`: of which app
 * all of them are, where the request has asked for no other.
 */
export function compileLog(
  form: LogForm,
  { whom, app }: { readonly whom: Whom | undefined; readonly app?: string | undefined },
  problems: Problems,
): (record: unknown) => readonly LogEntry[] {
  const places = new Places(problems);
  const fields: Record<string, FieldSpec> = app === undefined ? {} : { app: { const: app } };
  for (const [name, field] of Object.entries(renamed(form.fields, whom === undefined ? {} : NAMES[whom])))
    if (field !== undefined) fields[name] = places.field(name, field);
  fields['action'] = places.own('action', compileWordOf(form.action, LOG_ACTIONS));
  if (form.outcome !== undefined) fields['outcome'] = places.own('outcome', wordOrValue(form.outcome));
  if (form.by !== undefined) fields['by'] = places.own('by', compileWordOf(form.by, LOG_ACTORS));
  const entryOf = compileEntries(fields, places.access, problems);
  const split = form.each === undefined ? (record: unknown) => [record] : eachOf(form.each);
  return (record) =>
    split(record).map((one, nth) => {
      const entry = entryOf(one);
      const { id, changed } = entry;
      return {
        ...entry,
        // Several entries of one record share its id.
        id: id === undefined || nth === 0 ? id : `${id}/${nth}`,
        // An empty list names nothing, and so does not say that nothing was set.
        changed: changed?.length === 0 ? undefined : changed,
      };
    });
}

function renamed(fields: LogForm['fields'], names: Readonly<Record<string, string>>): Record<string, Field | undefined> {
  const all = Object.entries(fields).map(([name, field]) => [names[name] ?? name, field] as const);
  // What the manifest says in the right words already, it says itself.
  return { ...Object.fromEntries(all), ...Object.fromEntries(Object.entries(fields).filter(([name]) => names[name] === undefined)) };
}

/** The word of the first rule that holds; where none does, what stands there, which is then told to be no word. */
function wordOrValue(words: Words): (record: unknown) => unknown {
  const wordOf = compileWordOf(words, LOG_OUTCOMES);
  const readers = 'const' in words ? [] : valuePaths(words).map((path) => jsonPath(path));
  return (record) => wordOf(record) ?? readers.map((read) => read(record)).find((value) => !isEmpty(value));
}

/** The record once for each element of a list in it, which takes the place of the list: all other keys stay where they are. */
function eachOf(path: string): (record: unknown) => readonly unknown[] {
  const read = jsonPath(path);
  const steps = path.split('.');
  return (record) => {
    const list = read(record);
    return isList(list) && list.length > 0 ? list.map((one) => replaced(record, steps, one)) : [record];
  };
}

function replaced(value: unknown, [step = '', ...rest]: readonly string[], one: unknown): unknown {
  if (!isObject(value)) return value;
  return { ...value, [step]: rest.length === 0 ? one : replaced(value[step], rest, one) };
}
