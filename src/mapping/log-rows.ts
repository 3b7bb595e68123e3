import type { FieldMap } from '../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogEntry } from '../model/log.js';
import { isObject } from '../model/parsed.js';
import type { DateReading } from './dates/reading.js';
import { FieldCompiler, type Access, type Read } from './field-compiler.js';
import { hasMap } from '../model/places.js';
import { Problems } from './problems.js';
import { RowError } from './values.js';
import { UNKNOWN, vocabulary, type Vocabulary } from './word-places.js';

/**
 * Compiles a mapping into the function that makes an entry of one record of a log. It throws for none: what cannot be read is absent and a problem, an action that
 * nobody has mapped is `other`. `fields` hold `action`, `outcome` and `by` beside the places of texts. `short`: entries that
 * are passed over are given in short; of other apps than this one all are.
 */
export function compileEntries<Raw>(
  fields: FieldMap,
  access: Access<Raw>,
  problems: Problems,
  dates?: DateReading,
  short?: { readonly app: string | undefined },
): (record: Raw) => LogEntry {
  const compile = new FieldCompiler(fields, access, problems, dates);
  const key = (name: string): Read<Raw, string | undefined> => whole(name, compile.text(name, 'key'), problems);
  const said = (name: string): Read<Raw, string | undefined> => {
    const read = compile.text(name, 'attribute');
    return (record) => read(record)?.trim() || undefined;
  };
  const id = key('id');
  const at = compile.moment('at');
  const action = actionOf(fields, access, problems);
  const outcome = outcomeOf(fields, access, problems);
  const accountId = key('accountId');
  const userName = key('userName');
  const email = key('email');
  const externalId = key('externalId');
  const personId = key('personId');
  const personUserName = key('personUserName');
  const personEmail = key('personEmail');
  const employeeId = key('employeeId');
  const app = key('app');
  const changed = changedOf(fields, access, problems);
  const actor = said('actor');
  const by = actorOf(fields, access, problems);
  const detail = said('detail');
  return (record) => {
    const [time, what, where, who] = [at(record), action(record), app(record), by(record)];
    if (short !== undefined && isPassedOver(what, where, short.app)) return inShort({ at: time, action: what, app: where, by: who });
    const went = outcome(record);
    return {
      id: id(record),
      at: time,
      action: what,
      outcome: went ?? 'unknown',
      outcomeTold: went !== undefined,
      accountId: accountId(record),
      userName: userName(record),
      email: email(record),
      externalId: externalId(record),
      personId: personId(record),
      personUserName: personUserName(record),
      personEmail: personEmail(record),
      employeeId: employeeId(record),
      app: where,
      changed: changed(record),
      actor: actor(record),
      by: who,
      detail: detail(record),
    };
  };
}

/** Is it an entry of which nobody asks more than when it was, and who did it? `app`: the only one that is wanted. */
export function isPassedOver(action: LogEntry['action'], app: string | undefined, wanted: string | undefined): boolean {
  return action === 'login' || action === 'other' || (wanted !== undefined && app !== undefined && app !== wanted);
}

/** What is kept of an entry that is passed over: it is counted, and shows how far its log reaches. */
export function inShort({ at, action, app, by }: Pick<LogEntry, 'at' | 'action' | 'app' | 'by'>): LogEntry {
  return { at, action, outcome: 'unknown', outcomeTold: false, app, by };
}

export function actionOf<Raw>(fields: FieldMap, access: Access<Raw>, problems: Problems): Read<Raw, LogEntry['action']> {
  const read = wordOf('action', fields, access, vocabulary(LOG_ACTIONS, 'other'), problems);
  return (record) => {
    const word = read(record);
    return word === undefined || word === UNKNOWN ? 'other' : word;
  };
}

/** Undefined: the record tells of none. */
export function outcomeOf<Raw>(fields: FieldMap, access: Access<Raw>, problems: Problems): Read<Raw, LogEntry['outcome'] | undefined> {
  return wordOf('outcome', fields, access, vocabulary(LOG_OUTCOMES), problems);
}

export function actorOf<Raw>(fields: FieldMap, access: Access<Raw>, problems: Problems): Read<Raw, LogEntry['by']> {
  const read = wordOf('by', fields, access, vocabulary(LOG_ACTORS), problems);
  return (record) => read(record) ?? UNKNOWN;
}

/** Of the hundreds of words that a log knows, a map lists the few that matter: the others are no problem. Without a map, they are. */
function wordOf<Raw, Word extends string>(
  name: string,
  fields: FieldMap,
  access: Access<Raw>,
  words: Vocabulary<Word>,
  problems: Problems,
): Read<Raw, Word | typeof UNKNOWN | undefined> {
  const spec = fields[name] ?? undefined;
  const isMapped = spec !== undefined && hasMap(spec);
  return new FieldCompiler(fields, access, isMapped ? new Problems() : problems).told(name, words);
}

/** The names of what an update set. */
export function changedOf<Raw>(fields: FieldMap, access: Access<Raw>, problems: Problems): Read<Raw, readonly string[] | undefined> {
  return new FieldCompiler(fields, namesOf(access), problems).list('changed');
}

/** A key that has lost digits, as large numbers of JSON do, would be that of somebody else. */
function whole<Raw>(name: string, read: Read<Raw, string | undefined>, problems: Problems): Read<Raw, string | undefined> {
  return (record) => {
    try {
      return read(record);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      problems.add(name, 'could not be read exactly: left out; export them as text', error.message);
      return undefined;
    }
  };
}

/** Of an object, its keys: `{ department: [old, new] }` names what was changed. One that says what it is about keeps saying so (`{ name: department }`). */
function namesOf<Raw>(access: Access<Raw>): Access<Raw> {
  return (path, ofList) => {
    const read = access(path, ofList);
    return (record) => {
      const value = read(record);
      return isObject(value) && !NAMES.some((name) => typeof value[name] === 'string') ? Object.keys(value) : value;
    };
  };
}

/** What the entries of a list of changes call the attribute, in the order in which values.ts looks for it. */
const NAMES = ['display', 'value', 'displayName', 'name', 'id'];
