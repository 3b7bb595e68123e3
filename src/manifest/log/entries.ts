import type { FieldSpec } from '../../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogEntry } from '../../model/log.js';
import { FieldCompiler } from '../../mapping/field-compiler.js';
import { jsonPath } from '../../mapping/json-path.js';
import { isEmpty } from '../../mapping/places.js';
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

/**
 * Compiles what makes entries of one record. `whom`: of a system's own log, whom it is about; undefined of what is pushed, which names both. `app`: of which app
 * all of them are, where the request has asked for no other.
 */
export function compileEntries(
  form: LogForm,
  { whom, app }: { readonly whom: Whom | undefined; readonly app?: string | undefined },
  problems: Problems,
): (record: unknown) => readonly LogEntry[] {
  const places = new Places(problems);
  const own = renamed(form.fields, whom === undefined ? {} : whom === 'person' ? AS_PERSON : AS_ACCOUNT);
  const map: Record<string, FieldSpec> = {};
  for (const [name, field] of Object.entries(own)) if (field !== undefined) map[name] = places.field(name, field);
  const compile = new FieldCompiler(map, places.access, problems);
  const key = (name: string): ((record: unknown) => string | undefined) => compile.text(name, 'key');
  const said = (name: string): ((record: unknown) => string | undefined) => {
    const read = compile.text(name, 'attribute');
    return (record) => read(record) || undefined;
  };
  const id = key('id');
  const at = compile.moment('at');
  const accountId = key('accountId');
  const userName = key('userName');
  const email = key('email');
  const externalId = key('externalId');
  const personId = key('personId');
  const personUserName = key('personUserName');
  const personEmail = key('personEmail');
  const employeeId = key('employeeId');
  const appOf = compile.spec('app') === undefined ? () => app : key('app');
  const set = compile.list('changed');
  const actor = said('actor');
  const detail = said('detail');
  const action = compileWordOf(form.action, LOG_ACTIONS);
  const outcome = form.outcome === undefined ? undefined : compileWordOf(form.outcome, LOG_OUTCOMES);
  const isTold = form.outcome === undefined ? () => false : hasValue(form.outcome);
  const by = form.by === undefined ? undefined : compileWordOf(form.by, LOG_ACTORS);
  const split = form.each === undefined ? (record: unknown) => [record] : eachOf(form.each);

  const entry = (record: unknown, nth: number): LogEntry => {
    const name = id(record);
    const went = outcome?.(record);
    const changed = set(record);
    return {
      // Several entries of one record share its id.
      id: name === undefined || nth === 0 ? name : `${name}/${nth}`,
      at: at(record),
      action: action(record) ?? 'other',
      outcome: went ?? 'unknown',
      outcomeTold: went !== undefined || isTold(record),
      accountId: accountId(record),
      userName: userName(record),
      email: email(record),
      externalId: externalId(record),
      personId: personId(record),
      personUserName: personUserName(record),
      personEmail: personEmail(record),
      employeeId: employeeId(record),
      app: appOf(record),
      // An empty list names nothing, and so does not say that nothing was set.
      changed: changed === undefined || changed.length === 0 ? undefined : changed,
      actor: actor(record),
      by: by?.(record) ?? 'unknown',
      detail: detail(record),
    };
  };
  return (record) => split(record).map(entry);
}

function renamed(fields: LogForm['fields'], names: Readonly<Record<string, string>>): Record<string, Field | undefined> {
  const all = Object.entries(fields).map(([name, field]) => [names[name] ?? name, field] as const);
  // What the manifest says in the right words already, it says itself.
  return { ...Object.fromEntries(all), ...Object.fromEntries(Object.entries(fields).filter(([name]) => names[name] === undefined)) };
}

/** Is there anything where the manifest looks for the word? */
function hasValue(words: Words): (record: unknown) => boolean {
  if ('const' in words) return () => true;
  const readers = valuePaths(words).map((path) => jsonPath(path));
  return (record) => readers.some((read) => !isEmpty(read(record)));
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
