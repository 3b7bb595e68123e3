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
        : wrongSort(issue.input, 'another form');
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

function discriminator(input: unknown, key: unknown): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[String(key)] : undefined;
}

/** Turns zod's issues into mistakes at their places. */
export function report(issues: readonly z.core.$ZodIssue[], base: Path, mistakes: Mistakes): void {
  for (const issue of issues) {
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      issue.keys.forEach((key, i) => mistakes.at([...path, key], messages[i] ?? 'unknown key', 'key'));
      continue;
    }
    const branch = issue.code === 'invalid_union' ? likelyBranch(issue.errors) : undefined;
    if (branch !== undefined) report(branch, path, mistakes);
    else mistakes.at(path, issue.message, issue.code === 'invalid_key' ? 'key' : 'value');
  }
}

/** Of the forms that a value may have, the one that was meant: it has the right sort and the fewest mistakes inside. */
function likelyBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const meant = branches.filter((issues) => !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'));
  return [...meant].sort((a, b) => a.length - b.length)[0];
}
