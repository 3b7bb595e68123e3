import type { FieldSpec } from '../../model/config.js';
import { ACCOUNT_FIELDS, PERSON_FIELDS } from '../../model/field-names.js';
import type { Role } from '../../model/role.js';
import type { EndTold } from './ends.js';
import type { Given, Rows } from './given.js';
import { kindWords } from './kinds.js';
import { mostly, type ColumnLook } from './look.js';
import { meaningsOf } from './name-index.js';
import { isOfOthers } from './perhaps.js';
import { LANGUAGES, type Meaning } from './names.js';
import type { ColumnTold, Question } from './question.js';

interface FieldsTold {
  readonly fields: Readonly<Record<string, FieldSpec>>;
  readonly columns: readonly ColumnTold[];
  readonly questions: readonly Question[];
}

interface Hit {
  readonly look: ColumnLook;
  readonly rank: number;
  readonly why: string;
}

/** Of these every column counts. */
const LISTS: ReadonlySet<string> = new Set(['emails', 'aliases']);
/** The day of coming back goes before the first one: whoever came back after the last day is here. Of most people it is empty. */
const REHIRED = /re-?hire|wiedereintritt/i;
/** Who has no id of the system is known by the next best that everybody has. */
const IDS: Readonly<Record<Role, readonly Meaning[]>> = {
  person: ['employeeId', 'userName', 'emails'],
  account: ['userName', 'emails', 'employeeId', 'externalId'],
};

/** Where everything stands but the state and the last day. */
export function tellFields(role: Role, rows: Rows, given: Given, end: EndTold | undefined): FieldsTold {
  const looks = rows.looks.filter(({ name }) => isUsable(name));
  const known = role === 'person' ? PERSON_FIELDS : ACCOUNT_FIELDS;
  const hits = new Map<string, Hit[]>();
  const columns: ColumnTold[] = [];
  const ends = new Set([...(end?.columns ?? []).map(({ column }) => column), ...(end?.perhaps ?? [])]);
  const named = new Set([...given.columns.values()].flat());
  for (const look of looks) {
    if (ends.has(look.name) || named.has(look.name)) continue;
    const told = meaningOf(role, look, looks);
    if (told === undefined) continue;
    if (typeof told === 'string') columns.push({ column: look.name, why: told });
    else hits.set(told.meaning, [...(hits.get(told.meaning) ?? []), { look, rank: told.rank, why: told.why }]);
  }
  const fields: Record<string, FieldSpec> = {};
  for (const field of known) {
    const ofUser = given.columns.get(field);
    if (field === 'endAt') continue;
    if (ofUser !== undefined) {
      const [only] = ofUser;
      if (only !== undefined) fields[field] = ofUser.length === 1 ? only : ofUser;
      columns.push(...ofUser.map((column) => ({ column, as: field, why: 'as --map says' })));
      continue;
    }
    const found = [...(hits.get(field) ?? [])].sort((a, b) => a.rank - b.rank);
    const [best] = found;
    if (best === undefined) continue;
    const all = LISTS.has(field) ? found : field === 'startAt' && REHIRED.test(best.look.name) ? found.slice(0, 2) : [best];
    fields[field] =
      field === 'kind' ? { from: best.look.name, map: kindWords(role, best.look) ?? {} } : placeOf(all.map(({ look }) => look.name));
    columns.push(...all.map(({ look, why }) => ({ column: look.name, as: field, why })));
    if (!LISTS.has(field))
      columns.push(...found.slice(all.length).map(({ look }) => ({ column: look.name, why: `${best.look.name} says it already` })));
  }
  addressByCells(role, looks, fields, columns, given);
  const id = idOf(role, columns, rows, given);
  if (id !== undefined && fields.id === undefined) {
    fields.id = id.column;
    columns.push({ column: id.column, as: 'id', why: id.why });
  }
  return { fields, columns, questions: fields.id === undefined ? [noId(role)] : [] };
}

function placeOf(names: readonly string[]): FieldSpec {
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : names;
}

/** Places that a config cannot name. */
function isUsable(name: string): boolean {
  return (
    name !== '' &&
    name.length <= 500 &&
    !/(?:^|[.:[\]"'])(?:__proto__|constructor|prototype)(?:$|[.:[\]"'])/.test(name) &&
    !/\$\{(?:env|file):/.test(name)
  );
}

/** The meaning of a column by its name, if its cells do not speak against it; or why it has none. */
function meaningOf(
  role: Role,
  look: ColumnLook,
  looks: readonly ColumnLook[],
): { readonly meaning: Meaning; readonly rank: number; readonly why: string } | string | undefined {
  let against: string | undefined;
  for (const { named, language, rank } of meaningsOf(role, look.name)) {
    if (named === 'private') return 'a private address is none of the company';
    if (named === 'state' || named === 'on' || named === 'off' || named === 'contractEnd' || named === 'endAt') continue;
    const objection = objectionTo(role, named, look, looks);
    if (objection === undefined) return { meaning: named, rank, why: whyOf(named, LANGUAGES[language], look) };
    against ??= objection;
  }
  return against;
}

function whyOf(meaning: Meaning, language: string, look: ColumnLook): string {
  const cells =
    look.filled === 0 ? 'nothing stands in it' : meaning === 'id' && look.isUnique ? 'no value stands there twice' : formOf(look);
  return `${language}${cells === undefined ? '' : `; ${cells}`}`;
}

function formOf(look: ColumnLook): string | undefined {
  if (mostly(look.emails, look)) return 'addresses';
  if (mostly(look.uuids, look)) return 'UUIDs';
  if (mostly(look.dates, look)) return 'dates';
  return mostly(look.numbers, look) ? 'numbers' : undefined;
}

const SALUTATIONS = /^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|m|mme|mlle|sr|sra|srta|dott|sig|dhr|mevr|pan|pani)\.?$/i;
const DATES: ReadonlySet<Meaning> = new Set(['startAt', 'endAt', 'createdAt', 'changedAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt']);

/** Why the cells cannot mean what the name says. */
function objectionTo(role: Role, meaning: Meaning, look: ColumnLook, looks: readonly ColumnLook[]): string | undefined {
  if (DATES.has(meaning)) return look.filled === 0 || mostly(look.dates, look) ? undefined : 'no dates stand in it';
  if (meaning === 'givenName' || meaning === 'familyName') {
    const other: Meaning = meaning === 'givenName' ? 'familyName' : 'givenName';
    const isPair = looks.some((one) => one !== look && meaningsOf(role, one.name).some(({ named }) => named === other));
    return isPair ? undefined : 'half of a name';
  }
  if (meaning === 'kind') return kindWords(role, look) === undefined ? 'its words are no kinds of accounts that are known' : undefined;
  if (look.filled === 0) return meaning === 'id' && look.blank > 0 ? 'nothing stands in it' : undefined;
  if (meaning === 'emails' || meaning === 'aliases') return mostly(look.emails, look) ? undefined : 'no addresses stand in it';
  if (meaning === 'title' && [...look.words.keys()].some((word) => SALUTATIONS.test(word))) return 'salutations stand in it';
  if (meaning === 'id' && look.blank > 0) return 'not every row has one';
  if ((meaning === 'id' || meaning === 'employeeId' || meaning === 'userName') && mostly(look.dates, look) && !mostly(look.numbers, look))
    return 'dates stand in it';
  if (meaning === 'employeeId' && mostly(look.emails, look)) return 'addresses stand in it';
  return undefined;
}

/** Without a name for it, the one column of addresses of which nearly every row has its own. */
function addressByCells(
  role: Role,
  looks: readonly ColumnLook[],
  fields: Record<string, FieldSpec>,
  columns: ColumnTold[],
  given: Given,
): void {
  if (fields.emails !== undefined || given.columns.has('emails')) return;
  if (
    Object.values(fields).some((spec) => typeof spec === 'string' && looks.some((look) => look.name === spec && mostly(look.emails, look)))
  )
    return;
  const told = new Set(columns.map(({ column }) => column));
  const found = looks.filter(
    (look) =>
      !told.has(look.name) &&
      mostly(look.emails, look) &&
      look.isUnique &&
      look.filled > 1 &&
      !isOfOthers(look.name) &&
      meaningsOf(role, look.name).length === 0,
  );
  const [only] = found;
  if (only === undefined || found.length > 1) return;
  fields.emails = only.name;
  columns.push({ column: only.name, as: 'emails', why: 'the one column of addresses, each row with its own' });
}

function idOf(role: Role, columns: readonly ColumnTold[], { looks }: Rows, given: Given): Omit<ColumnTold, 'as'> | undefined {
  if (given.columns.has('id')) return undefined;
  for (const field of IDS[role]) {
    const column = columns.find(({ as }) => as === field)?.column;
    const look = looks.find(({ name }) => name === column);
    if (column !== undefined && look?.blank === 0) return { column, why: 'no column is an id: this one stands in every row' };
  }
  return undefined;
}

function noId(role: Role): Question {
  return {
    about: `no column names every ${role === 'person' ? 'person' : 'account'} by itself: which one does?`,
    flag: '--map',
    answer: '.id=COLUMN',
    or: 'a column with a value in every row',
  };
}
