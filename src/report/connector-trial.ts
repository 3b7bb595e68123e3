import Table from 'cli-table3';
import { counted } from '../model/counted.js';
import { visible } from './escape.js';

/** The first pages of a system, read to try its manifest. */
export interface Trial {
  readonly title: string;
  readonly word: 'state' | 'status' | 'action';
  readonly rows: readonly { readonly row: object; readonly record: unknown }[];
  /** Fields that the manifest has a place for, by their normal names. */
  readonly declared: readonly string[];
  /** Where the manifest looks for the status. */
  readonly statusPaths: readonly string[];
  readonly declaredTotal: number | undefined;
  readonly pages: number;
  readonly remarks: readonly string[];
  /** Takes the secrets of the config out of a text. */
  readonly redact: (text: string) => string;
}

const SHOWN = 3;
const UNKNOWN_SHOWN = 2;
const VALUES_SHOWN = 10;
/** Lines of one record, and characters of one value. */
const LINES = 40;
const VALUE = 80;
/** Names under which records carry what opens a door. */
const SECRET = /secret|token|passw|api_?key|private|credential|authorization|cookie|session|hash|salt|otp|recovery/i;

/** Shorter values (`yes`, `on`) stand in many places, and open nothing. */
const SECRET_LENGTH = 6;
/** Places of a row that hold words of our own. */
const OWN_WORDS = new Set(['status', 'state', 'kind', 'sync', 'action', 'outcome', 'by']);
/** What a word is called that no rule knows. */
const NO_WORD = { state: 'unknown', status: 'unknown', action: 'other' } as const;

function isSecret(place: string, leaf: unknown): leaf is string {
  return SECRET.test(place) && typeof leaf === 'string' && leaf !== '';
}

/** The rows as they were mapped, each beside the record as it came; what never came, and what no rule knows. Pure. */
export function renderTrial(trial: Trial, width: number): string {
  const { title, rows, declaredTotal, remarks, word } = trial;
  const article = word === 'action' ? 'an' : 'a';
  const total = declaredTotal === undefined ? 'no total is declared' : `${declaredTotal} are declared`;
  const lines = [
    `${visible(title)}: ${counted(rows.length, 'row', 'rows')} on the first ${trial.pages > 1 ? 'two pages' : 'page'}; ${total}`,
  ];
  if (rows.length === 0) lines.push('no row came, so nothing is shown: a missing permission, a wrong path, or keep and drop?');
  const unknown = rows.filter(({ row }) => at(row, word) === NO_WORD[word]);
  const first = rows.slice(0, SHOWN);
  for (const shown of [...first, ...unknown.filter((one) => !first.includes(one)).slice(0, UNKNOWN_SHOWN)])
    lines.push(beside('row', shown, trial, width));
  const came = new Set(rows.flatMap(({ row }) => leaves(row).map(([place]) => place.split(/[.[]/, 1)[0] ?? '')));
  for (const { row } of rows)
    for (const name of Object.keys(at(row, 'attributes') ?? {})) if (at(at(row, 'attributes'), name) !== undefined) came.add(name);
  const never = trial.declared.filter((name) => !came.has(name)).sort();
  if (rows.length > 0)
    lines.push(
      never.length === 0
        ? 'every field of the manifest came on some row'
        : `never came on ${trial.pages > 1 ? 'these pages' : 'this page'}: ${never.join(', ')}`,
    );
  if (unknown.length > 0) {
    const values = [...new Set(unknown.map(({ record }) => valuesAt(record, trial)))].sort();
    lines.push(
      `${counted(unknown.length, `row has ${article} ${word}`, `rows have ${article} ${word}`)} that no rule knows, so it counts as ${NO_WORD[word]}:`,
      ...values.slice(0, VALUES_SHOWN).map((value) => `  ${value}`),
      ...(values.length > VALUES_SHOWN ? [`  … and ${values.length - VALUES_SHOWN} more`] : []),
    );
  }
  return `${[...lines, ...remarks.map((text) => `! ${visible(trial.redact(text))}`)].join('\n')}\n`;
}

/** What was made of a record, beside the record as it came: what opens a door is masked in both. `word`: what it was made. */
export function beside(word: 'row' | 'entry', { row, record }: Trial['rows'][number], trial: Pick<Trial, 'redact'>, width: number): string {
  const left = Math.max(30, Math.floor((width - 3) * 0.45));
  const right = Math.max(30, width - 3 - left);
  const secrets = leaves(record).flatMap(([place, leaf]) => (isSecret(place, leaf) && leaf.length >= SECRET_LENGTH ? [leaf] : []));
  const table = new Table({ head: [word, 'record'], colWidths: [left, right], style: { head: [], border: [], compact: true } });
  const ofRow = (place: string, leaf: unknown): boolean =>
    !OWN_WORDS.has(place) &&
    ((place.startsWith('attributes.') && isSecret(place, leaf)) ||
      (typeof leaf === 'string' && secrets.some((secret) => leaf.toLowerCase().includes(secret.toLowerCase()))));
  table.push([text(row, left - 2, trial, ofRow), text(record, right - 2, trial, isSecret)]);
  return table.toString();
}

function text(
  value: unknown,
  room: number,
  { redact }: Pick<Trial, 'redact'>,
  isMasked: (place: string, leaf: unknown) => boolean,
): string {
  const all = leaves(value).map(([place, leaf]) => {
    const shown = isMasked(place, leaf) ? '***' : leafText(leaf);
    const line = visible(redact(`${place}: ${shown}`), VALUE * 2);
    return line.length > room ? `${line.slice(0, room - 1)}…` : line;
  });
  return [...all.slice(0, LINES), ...(all.length > LINES ? [`… and ${all.length - LINES} more`] : [])].join('\n');
}

/** Paths and plain values, in the order of the record; of a list its first elements. A moment is its ISO 8601 text. */
function leaves(value: unknown, place = '', depth = 0): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || depth > 8) return [[place || '(record)', value]];
  if ('at' in value && typeof value.at === 'number' && Object.keys(value).every((key) => key === 'at' || key === 'day')) {
    const iso = new Date(value.at).toISOString();
    return [[place, 'day' in value && value.day === true ? iso.slice(0, 10) : iso]];
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return [[place, '[]']];
    return value.slice(0, 3).flatMap((one, i) => leaves(one, `${place}[${i}]`, depth + 1));
  }
  return Object.entries(value).flatMap(([key, one]) => leaves(one, place === '' ? key : `${place}.${key}`, depth + 1));
}

function leafText(leaf: unknown): string {
  const whole = typeof leaf === 'string' ? leaf : typeof leaf === 'object' && leaf !== null ? '{…}' : String(leaf);
  return whole.length > VALUE ? `${whole.slice(0, VALUE)}…` : whole;
}

function valuesAt(record: unknown, { statusPaths, redact }: Trial): string {
  const known = new Map(leaves(record));
  const shown = (place: string): string => {
    const leaf = known.get(place);
    return !known.has(place) ? 'not there' : isSecret(place, leaf) ? '***' : leafText(leaf);
  };
  return statusPaths.map((place) => `${place}: ${visible(redact(shown(place)))}`).join(', ');
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
