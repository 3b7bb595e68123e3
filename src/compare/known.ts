import { askedOfEnd, isEndByName, looksDated } from '../exports/columns/ends.js';
import type { Given, Rows } from '../exports/columns/given.js';
import type { ColumnTold, Question, WordTold } from '../exports/columns/question.js';
import { isOnSense, namedStateColumn } from '../exports/columns/state-column.js';
import { counted, settled, shown, tellState } from '../exports/columns/state.js';
import { datesAsked, type Told } from '../exports/columns/tell.js';
import { isSure, type KnownExport, type Reading } from '../exports/known-export.js';
import { senseOf, truthOf } from '../exports/columns/words.js';
import { constOf, meaningOf, pathsOf, placesOf, type Place } from '../model/places.js';
import { readMoment } from '../mapping/moment.js';
import { isNoValue, isPlaceholder } from '../mapping/placeholder.js';
import type { FieldMap, FieldSpec } from '../model/config.js';
import type { Role } from '../model/role.js';

/** A known export as its entry has it, with what the user says. What nobody could verify is asked, where the file does not speak for itself. */
export function readKnown(role: Role, columns: readonly string[], rows: Rows, known: KnownExport, reading: Reading, given: Given): Told {
  const name = role === 'person' ? 'state' : 'status';
  const fields = withColumns(reading.fields, given);
  const spec = reading[name];
  // That everybody in it is on holds as long as no column says otherwise.
  const isOpen = spec === undefined || constOf(spec) === 'active';
  const taken = new Set(Object.values(fields).flatMap(pathsOf));
  const own = given.columns.has(name) || isOpen ? tellState({ role, rows, given, taken }) : undefined;
  const believed = spec === undefined || isSure(known) || rows.isWhole ? spec : onlySure(role, rows, spec);
  const state = own?.spec ?? withWords(believed ?? { const: 'active' }, given.words);
  const words = own?.words ?? wordsOf(rows, state);
  const all = [...columnsOf(fields, known.title), ...(own?.columns ?? columnsOf({ [name]: state }, known.title))];
  const used = new Set(all.map(({ column }) => column));
  const dates = given.dates ?? reading.dates;
  return {
    reading: { ...reading, fields, [name]: state, ...(dates === undefined ? {} : { dates }) },
    columns: columns.flatMap((column): readonly ColumnTold[] =>
      used.has(column) ? all.filter((one) => one.column === column) : [{ column, why: `${known.name} does not use it` }],
    ),
    words,
    questions: [
      ...(own?.questions ?? (isSure(known) ? [] : confirmed(role, rows, state, given, fields.endAt))),
      ...(role === 'person' ? endAsked(rows, fields, isSure(known) || given.columns.has('endAt')) : []),
      ...datesAsked(rows, fields, { ...given, ...(dates === undefined ? {} : { dates }) }),
    ],
    notes: known.notes,
  };
}

function withColumns(fields: FieldMap, { columns }: Given): FieldMap {
  const own = [...columns].filter(([field]) => field !== 'state' && field !== 'status');
  const told = own.map(([field, places]): readonly [string, FieldSpec | null] => {
    const [only] = places;
    return [field, only === undefined ? null : places.length === 1 ? only : places];
  });
  return { ...fields, ...Object.fromEntries(told) };
}

/** Of an entry that is not sure, the words that were seen, which are asked, and those that speak for themselves: behind the rows that were seen may be others. */
function onlySure(role: Role, { looks }: Rows, spec: FieldSpec): FieldSpec {
  const said = meaningOf(spec);
  const from = placesOf(spec).map(({ path, map, absent, dated }) => {
    const seen = looks.find(({ name }) => name === path)?.words;
    const sure = Object.entries(map ?? {}).filter(
      ([word, as]) => seen?.has(word) === true || truthOf(word) !== undefined || isSame(role, as, senseOf(role, word)),
    );
    return { from: path, ...(map === undefined ? {} : { map: Object.fromEntries(sure) }), ...given({ absent, dated }) };
  });
  return from.length === 0
    ? spec
    : { from, ...given({ absent: said.absent }), ...(said.prefer === undefined ? {} : { prefer: said.prefer }) };
}

/** A table of words with those of the user. */
function withWords(spec: FieldSpec, words: Given['words']): FieldSpec {
  if (words.size === 0 || constOf(spec) !== undefined) return spec;
  const more = Object.fromEntries([...words].filter(([word]) => word !== ''));
  const absent = words.get('') ?? meaningOf(spec).absent;
  const { prefer } = meaningOf(spec);
  // A place's own table goes before that of all, so that the user's words stand in each.
  const from = placesOf(spec).map(({ path, map, ...rest }) => ({ from: path, map: { ...map, ...more }, ...given(rest) }));
  const [only] = from;
  const rest = { ...(absent === undefined ? {} : { absent }), ...(prefer === undefined ? {} : { prefer }) };
  return from.length === 1 && only !== undefined ? { ...only, ...rest } : { from, ...rest };
}

const given = ({ absent, dated }: Omit<Place, 'path' | 'map'>): { readonly absent?: string; readonly dated?: string } => ({
  ...(absent === undefined ? {} : { absent }),
  ...(dated === undefined ? {} : { dated }),
});

function columnsOf(fields: FieldMap, title: string): readonly ColumnTold[] {
  return Object.entries(fields).flatMap(([as, spec]) => pathsOf(spec).map((column) => ({ column, as, why: `as in ${title}` })));
}

/** The places of a word; an empty one of several says nothing, so that what no value means is said of all. */
function placesIn(spec: FieldSpec): readonly Place[] {
  const { absent } = meaningOf(spec);
  return placesOf(spec).map((place) => ({ ...place, absent: place.absent ?? absent }));
}

/** As the audit reads it: by the table, then as no value, then as a date. */
function meant({ map = {}, dated, absent }: Place, word: string): string | undefined {
  const table = new Map(Object.entries(map));
  const said = table.get(word) ?? (/^(?:true|false)$/i.test(word) ? table.get(word.toLowerCase()) : undefined);
  if (said !== undefined) return said;
  const moment = readMoment(word);
  if (isNoValue(word, true) || (dated !== undefined && moment === 'never')) return absent;
  // Day and month in either order: it is a date.
  return moment === 'unreadable' ? undefined : dated;
}

/** What stands in the columns of the state, and what the table makes of it. */
function wordsOf({ looks }: Rows, spec: FieldSpec): readonly WordTold[] {
  return placesIn(spec).flatMap((place) => {
    const words = looks.find(({ name }) => name === place.path)?.words ?? new Map<string, number>();
    return [...words].map(([word, rows]) => ({ word, as: meant(place, word), rows }));
  });
}

/** Every word that the entry only supposes, and of which nobody would say the same who does not know the entry. */
function confirmed(role: Role, rows: Rows, spec: FieldSpec, given: Given, end: FieldMap[string] | undefined): readonly Question[] {
  const field = role === 'person' ? 'state' : 'status';
  const [endAt] = pathsOf(end);
  return placesOf(spec).flatMap((place) => {
    const index = rows.looks.findIndex(({ name }) => name === place.path);
    const look = rows.looks[index];
    if (look === undefined) return [];
    const column = namedStateColumn(role, look, index);
    return [...look.words].flatMap(([word, count]): Question[] => {
      const as = meant(place, word);
      // Yes and no: of what, the name of the column says.
      if (as !== undefined && truthOf(word) !== undefined) return [];
      if (given.words.has(word) || isSame(role, as, settled({ role, rows, given, endAt, taken: new Set() }, column, word))) return [];
      const guess = as ?? (role === 'person' ? 'terminated' : 'deactivated');
      const others = role === 'person' ? ['active', 'leave', 'suspended', 'terminated'] : ['active', 'pending', 'suspended', 'deactivated'];
      return [
        {
          about: `${shown(look.name)} says ${shown(word)} (${counted(count)}), and nobody could verify what that means`,
          flag: '--map',
          answer: `.${field}:${word}=${guess}`,
          or: others.filter((one) => one !== guess).join(', '),
        },
      ];
    });
  });
}

/** An account is off in whatever way; of people it matters whether they left. */
function isSame(role: Role, as: string | undefined, sense: string | undefined): boolean {
  if (as === undefined || sense === undefined) return false;
  return as === sense || (isOnSense(as) === isOnSense(sense) && (role === 'account' || isOnSense(as)));
}

/** Of last days: do days stand there, and of an entry that is not sure: are they last days by their name? */
function endAsked({ looks }: Rows, { endAt }: FieldMap, isKnown: boolean): readonly Question[] {
  const all = pathsOf(endAt);
  return looks
    .filter(({ name, filled }) => all.includes(name) && filled > 0)
    .flatMap((look): readonly Question[] => {
      const { name } = look;
      if (looksDated(look)) return isKnown || isEndByName(name) ? [] : [askedOfEnd(name, `is ${shown(name)} the last day?`, all)];
      return [...look.words.keys()].every(isPlaceholder)
        ? []
        : [askedOfEnd(name, `does ${shown(name)} hold last days? What stands in it is no date`, all)];
    });
}
