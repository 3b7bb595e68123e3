import { looksDated } from '../exports/columns/ends.js';
import type { Given, Rows } from '../exports/columns/given.js';
import type { ColumnTold, Question, WordTold } from '../exports/columns/question.js';
import { isOnSense, namedStateColumn } from '../exports/columns/state-column.js';
import { counted, shown, tellState } from '../exports/columns/state.js';
import { datesAsked } from '../exports/columns/tell.js';
import type { KnownExport, Reading } from '../exports/known-export.js';
import { constOf, meaningOf, pathsOf, placesOf, type Place } from '../model/places.js';
import { readMoment } from '../mapping/moment.js';
import { isPlaceholder } from '../mapping/placeholder.js';
import type { FieldMap, FieldSpec } from '../model/config.js';
import type { Role } from '../model/role.js';

/** What is made of one file. */
export interface Parts {
  readonly reading: Reading;
  readonly columns: readonly ColumnTold[];
  readonly words: readonly WordTold[];
  readonly questions: readonly Question[];
  readonly notes: readonly string[];
}

/** A known export as its entry has it, with what the user says. What nobody could verify of its words is asked, where the words do not speak for themselves. */
export function readKnown(role: Role, columns: readonly string[], rows: Rows, known: KnownExport, reading: Reading, given: Given): Parts {
  const name = role === 'person' ? 'state' : 'status';
  const fields = withColumns(reading.fields, given);
  const own = given.columns.has(name) || reading[name] === undefined ? tellState({ role, rows, given, taken: new Set() }) : undefined;
  const state = own?.spec ?? withWords(reading[name] ?? { const: 'active' }, given.words);
  const words = own?.words ?? wordsOf(rows, state);
  const all = [...columnsOf(fields, known.title), ...columnsOf({ [name]: state }, known.title)];
  const used = new Set(all.map(({ column }) => column));
  const dates = given.dates ?? reading.dates;
  return {
    reading: { ...reading, fields, [name]: state, ...(dates === undefined ? {} : { dates }) },
    columns: columns.flatMap((column): readonly ColumnTold[] =>
      used.has(column) ? all.filter((one) => one.column === column) : [{ column, why: `${known.name} does not use it` }],
    ),
    words,
    questions: [
      ...(own?.questions ?? (known.unverified.includes('words') ? confirmed(role, rows, state, given) : [])),
      ...(role === 'person' ? endAsked(rows, fields) : []),
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

function meant({ map = {}, dated }: Place, word: string): string | undefined {
  const table = new Map(Object.entries(map));
  if (dated !== undefined && !table.has(word) && typeof readMoment(word) === 'object') return dated;
  return table.get(word) ?? (/^(?:true|false)$/i.test(word) ? table.get(word.toLowerCase()) : undefined);
}

/** What stands in the columns of the state, and what the table makes of it. */
function wordsOf({ looks }: Rows, spec: FieldSpec): readonly WordTold[] {
  return placesOf(spec).flatMap((place) => {
    const words = looks.find(({ name }) => name === place.path)?.words ?? new Map<string, number>();
    return [...words].map(([word, rows]) => ({ word, as: meant(place, word), rows }));
  });
}

/** Every word that the entry only supposes, and of which nobody would say the same who does not know the entry. */
function confirmed(role: Role, { looks }: Rows, spec: FieldSpec, given: Given): readonly Question[] {
  const field = role === 'person' ? 'state' : 'status';
  return placesOf(spec).flatMap((place) => {
    const index = looks.findIndex(({ name }) => name === place.path);
    const look = looks[index];
    if (look === undefined) return [];
    const { senses } = namedStateColumn(role, look, index);
    return [...look.words].flatMap(([word, rows]): Question[] => {
      const as = meant(place, word);
      const sense = senses.get(word);
      if (given.words.has(word) || (as !== undefined && sense !== undefined && isOnSense(sense) === isOnSense(as))) return [];
      const guess = as ?? (role === 'person' ? 'terminated' : 'deactivated');
      const others = role === 'person' ? ['active', 'leave', 'suspended', 'terminated'] : ['active', 'pending', 'suspended', 'deactivated'];
      return [
        {
          about: `${shown(look.name)} says ${shown(word)} (${counted(rows)}), and nobody could verify what that means`,
          flag: '--map',
          answer: `.${field}:${word}=${guess}`,
          or: others.filter((one) => one !== guess).join(', '),
        },
      ];
    });
  });
}

function endAsked({ looks }: Rows, { endAt }: FieldMap): readonly Question[] {
  return looks
    .filter(
      (look) => pathsOf(endAt).includes(look.name) && look.filled > 0 && !looksDated(look) && ![...look.words.keys()].every(isPlaceholder),
    )
    .map(({ name }) => ({
      about: `does ${shown(name)} hold last days? What stands in it is no date`,
      flag: '--map',
      answer: `.endAt=${name}`,
      or: '--map NAME.endAt= if it does not',
    }));
}
