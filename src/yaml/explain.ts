import type { z } from 'zod';
import type { Mistakes, Path } from './mistakes.js';
import { didYouMean } from '../model/nearest.js';
import { quoted } from './quote.js';

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
  array: 'a list',
};

/** Longer lists are cut to their first words; no closed list of the normal form is as long. */
const MOST_WORDS = 12;
const FEW_WORDS = 4;

/** Names the sort of a value, never the value: what stands at the wrong place may be a secret. */
function sort(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  return NOUNS[typeof input] ?? 'something else';
}

/** The keys that an object schema knows. */
function shapeOf(inst: unknown): string[] {
  const definition = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def;
  return Object.keys(definition?.shape ?? {});
}

/** Our words for zod's findings. Given to safeParse, so a message that a schema brings along comes first. */
export const explain: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = shapeOf(issue.inst);
      // One line per key; `report` takes them apart again.
      return issue.keys
        .map((key) => `unknown key.${didYouMean(key, known) || (known.length === 0 ? '' : ` Known: ${known.join(', ')}`)}`)
        .join('\n');
    }
    case 'invalid_value':
      return oneOf(issue.values, issue.input);
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? oneOf(issue.options, discriminator(issue.input, issue.discriminator))
        : wrongSort(issue.input, sortsOf(issue.errors));
    case 'invalid_type':
      return wrongSort(issue.input, NOUNS[issue.expected] ?? issue.expected);
    case 'too_small':
      return `expected ${issue.origin === 'array' ? 'a longer list' : `at least ${issue.minimum}`}`;
    case 'too_big':
      return `expected at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'not a valid name';
    default:
      return undefined;
  }
};

function wrongSort(input: unknown, expected: string): string {
  return input === undefined ? `missing; expected ${expected}` : `expected ${expected}, got ${sort(input)}`;
}

function oneOf(values: readonly unknown[], input: unknown): string {
  const words = values.map(String);
  // The catalogue alone has dozens.
  const shown = words.length > MOST_WORDS ? [...words.slice(0, FEW_WORDS), `and ${words.length - FEW_WORDS} more`] : words;
  const expected = words.length === 1 ? String(words[0]) : `one of ${shown.join(', ')}`;
  if (typeof input === 'string') return `expected ${expected}, got ${quoted(input)}.${didYouMean(input, words)}`;
  if (typeof input === 'number' && values.some((value) => typeof value === 'number')) return `expected ${expected}, got ${input}`;
  return wrongSort(input, expected);
}

/** "one of first, last or a whole number": the sorts that the forms of a union are of. */
function sortsOf(branches: readonly Issues[]): string {
  const sorts = branches
    .flat()
    .flatMap(({ path, message }) => (path.length > 0 ? [] : (/expected (.+?)(?:, got .*)?$/.exec(message)?.[1] ?? [])));
  return sorts.length === 0 ? 'another form' : [...new Set(sorts)].join(' or ');
}

function discriminator(input: unknown, key: unknown): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[String(key)] : undefined;
}

/** Turns zod's issues into mistakes at their places. */
export function report(issues: readonly z.core.$ZodIssue[], base: Path, mistakes: Mistakes): void {
  // A key that is none of the known ones says why none of them is there.
  const unknown = new Set(issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? [JSON.stringify(issue.path)] : [])));
  for (const issue of issues) {
    if (issue.code === 'custom' && unknown.has(JSON.stringify(issue.path))) continue;
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      issue.keys.forEach((key, i) => mistakes.at([...path, key], messages[i] ?? 'unknown key', 'key'));
      continue;
    }
    const branch = issue.code === 'invalid_union' ? likelyBranch(issue.errors) : undefined;
    if (branch !== undefined) report(branch, path, mistakes);
    else if (isMissing(issue) && !issue.message.startsWith('missing')) mistakes.at(path, `missing; ${issue.message}`);
    else mistakes.at(path, issue.message, issue.code === 'invalid_key' ? 'key' : 'value');
  }
}

type Issues = readonly z.core.$ZodIssue[];

/** Of the forms that a value may have, the one that was meant; undefined where none is likelier than the others. */
function likelyBranch(branches: readonly Issues[]): Issues | undefined {
  const [best, ...others] = inOrder(branches);
  if (best !== undefined) return others.length > 0 && best.isForeign ? undefined : best.issues;
  // A word, where one of a few was expected: if it is near one of them, it is a slip.
  return branches.find((issues) => issues.some(({ path, message }) => path.length === 0 && message.includes('Did you mean')));
}

/** The forms of the value's sort, the likeliest first. */
function inOrder(branches: readonly Issues[]) {
  const meant = branches.filter((issues) => !issues.some(isOtherSort)).map((issues) => ({ issues, ...fit(issues) }));
  return meant.sort((a, b) => a.misfits - b.misfits);
}

/** Is the value itself of another sort than this form? */
function isOtherSort(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((issues) => issues.some(isOtherSort));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

/**
 * How far the value is from a form. A key that the form does not know, and that is near none of its own, speaks most against it. `isForeign`: the value has
 * such keys, and nothing that the form knows.
 */
function fit(issues: Issues): { readonly misfits: number; readonly isForeign: boolean } {
  let misfits = 0;
  let unknown = false;
  let known = false;
  for (const issue of issues) {
    const own = issue.path.length === 0;
    if (issue.code === 'unrecognized_keys') {
      const near = issue.message.split('\n').filter((line) => line.includes('Did you mean')).length;
      misfits += near + 2 * (issue.keys.length - near);
      unknown ||= own;
      known ||= near > 0;
    } else if (issue.code === 'invalid_union' && !isMissing(issue)) {
      const [best] = inOrder(issue.errors);
      misfits += best?.misfits ?? 1;
      unknown ||= own && best?.isForeign === true;
      known ||= !own;
    } else {
      misfits++;
      // What has a mistake of its own is there.
      known ||= !own && !isMissing(issue);
    }
  }
  return { misfits, isForeign: unknown && !known };
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_union') return issue.message.startsWith('missing');
  return issue.errors.length > 0 && issue.errors.every((issues) => issues.some((one) => one.path.length === 0 && isMissing(one)));
}
