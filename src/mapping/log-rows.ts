import type { FieldMap } from '../model/config.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogEntry } from '../model/log.js';
import { isObject } from '../model/parsed.js';
import type { DateReading } from './dates/reading.js';
import { FieldCompiler, type Access, type Read } from './field-compiler.js';
import { hasMap } from './places.js';
import { Problems } from './problems.js';
import { RowError } from './values.js';
import { UNKNOWN, vocabulary } from './word-places.js';

/**
 * Compiles a mapping into the function that makes an entry of one record of a log. It throws for none: what cannot be read is absent and a problem, an action that
 * nobody has mapped is `other`. `fields` hold `action`, `outcome` and `by` beside the places of texts.
 */
export function compileEntries<Raw>(
  fields: FieldMap,
  access: Access<Raw>,
  problems: Problems,
  dates?: DateReading,
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
  const outcome = compile.told('outcome', vocabulary(LOG_OUTCOMES));
  const accountId = key('accountId');
  const userName = key('userName');
  const email = key('email');
  const externalId = key('externalId');
  const personId = key('personId');
  const personUserName = key('personUserName');
  const personEmail = key('personEmail');
  const employeeId = key('employeeId');
  const app = key('app');
  const changed = new FieldCompiler(fields, namesOf(access), problems).list('changed');
  const actor = said('actor');
  const by = compile.word('by', compile.spec('by'), LOG_ACTORS);
  const detail = said('detail');
  return (record) => {
    const went = outcome(record);
    return {
      id: id(record),
      at: at(record),
      action: action(record),
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
      app: app(record),
      changed: changed(record),
      actor: actor(record),
      by: by(record),
      detail: detail(record),
    };
  };
}

/** Of the hundreds of actions that a log knows, a map lists the few that matter: the others are no problem. Without a map, they are. */
function actionOf<Raw>(fields: FieldMap, access: Access<Raw>, problems: Problems): Read<Raw, LogEntry['action']> {
  const spec = fields['action'] ?? undefined;
  const isMapped = spec !== undefined && hasMap(spec);
  const read = new FieldCompiler(fields, access, isMapped ? new Problems() : problems).told('action', vocabulary(LOG_ACTIONS, 'other'));
  return (record) => {
    const word = read(record);
    return word === undefined || word === UNKNOWN ? 'other' : word;
  };
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
