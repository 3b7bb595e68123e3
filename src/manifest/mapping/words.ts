import type { FieldSpec } from '../../model/config.js';
import { jsonPath } from '../../mapping/json-path.js';
import type { Role } from '../../model/role.js';
import type { BuiltIn, Words } from '../form/fields.js';
import { compilePredicate } from '../form/tests.js';
import { isNoValue } from '../../mapping/placeholder.js';
import { isEmpty, meaningOf, pathsOf, placesOf, type Place } from '../../model/places.js';
import { lookup } from '../../mapping/values.js';
import { settled, tiersOf } from '../../mapping/word-places.js';
import { isList } from '../../model/parsed.js';

/** What a word of one role means in the other; what is not here stays, and what the other does not have is unknown there. */
const OTHERWISE: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  person: { deactivated: 'terminated', bot: 'service' },
  account: { 'pre-hire': 'pending', terminated: 'deactivated', shared: 'service' },
};

export function translate(role: Role, word: string): string {
  return OTHERWISE[role][word] ?? word;
}

/** A value, so that it is counted among what nobody has mapped; and no word, so that it is unknown. */
export const NO_RULE = '(no rule of the manifest holds)';

export type Mapped = Exclude<Exclude<Words, unknown[]>, { readonly const: string }>;
export type Rule = Exclude<Words, { readonly const: string } | { readonly from: unknown }>[number];

/** Every place that rules of `status` or `kind_of` look at. */
export function rulePaths(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule) => ('when' in rule ? Object.keys(rule.when) : pathsOf(rule as FieldSpec)));
}

/** Every place of a record that makes its word, each once. */
export function wordPaths(words: Words): readonly string[] {
  if (!Array.isArray(words)) return pathsOf(words);
  return [...new Set(rulePaths(words))].filter((place) => place !== 'cel');
}

/** The words of a rule in the role at hand. */
export function translated(
  role: Role,
  { from, map, absent, prefer }: Mapped,
): Exclude<FieldSpec, string | readonly string[]> & { readonly from: unknown } {
  const word = (text: string): string => translate(role, text);
  const table = (words: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(words).map(([value, to]) => [value, word(to)]));
  const meant = (text: string | undefined) => (text === undefined ? {} : { absent: word(text) });
  const places =
    typeof from === 'string'
      ? from
      : from.map((place) => (typeof place === 'string' ? place : { from: place.from, map: table(place.map), ...meant(place.absent) }));
  return { from: places, map: table(map), ...meant(absent), ...(prefer === undefined ? {} : { prefer: [prefer].flat().map(word) }) };
}

/** Rules of `status` and `kind_of` as a field: a plain table where that is all, else a reader under a name of its own. */
export function compileWords(words: Words, role: Role): FieldSpec | ((record: unknown) => unknown) {
  if (!Array.isArray(words)) return 'const' in words ? { const: translate(role, words.const) } : translated(role, words);
  const rules = words.map((rule): ((record: unknown) => string | undefined) => {
    if (!('when' in rule)) return compileRule(translated(role, rule));
    const holds = compilePredicate(rule.when);
    const word = translate(role, rule.is);
    return (record) => (holds(record) ? word : undefined);
  });
  return (record) => {
    for (const rule of rules) {
      const word = rule(record);
      if (word !== undefined) return word;
    }
    return NO_RULE;
  };
}

/** A word of a closed list; undefined where no rule names one. */
export function compileWordOf<Word extends string>(words: Words, known: readonly Word[]): (record: unknown) => Word | undefined {
  const wordOf = (value: unknown): Word | undefined => known.find((word) => word === value);
  if ('const' in words) return () => wordOf(words.const);
  const read = compileWords(Array.isArray(words) ? words : [words], 'person');
  if (typeof read !== 'function') throw new Error('a list of rules was compiled to no function');
  return (record) => wordOf(read(record));
}

/** Where the words stand that tables of rules look up; not what conditions look at. */
export function valuePaths(words: Words): readonly string[] {
  if (!Array.isArray(words)) return pathsOf(words);
  return [...new Set(rulePaths(words.filter((rule) => !('when' in rule))))];
}

/** Why an account is the system's own, by the first rule that holds. */
export function compileBuiltIn(rules: readonly BuiltIn[]): (record: unknown) => string | undefined {
  const all = rules.map(({ when, why }) => [compilePredicate(when), why] as const);
  return (record) => all.find(([holds]) => holds(record))?.[1];
}

/** A table among other rules: what it does not list is left to the rules behind it. Places that disagree are for none of them. */
function compileRule(spec: ReturnType<typeof translated>): (record: unknown) => string | undefined {
  const { absent, prefer } = meaningOf(spec);
  const tiers = tiersOf(prefer);
  const readers = placesOf(spec).map((place) => ({ read: jsonPath(place.path), wordOf: wordIn(place) }));
  return (record) => {
    const found = readers.map(({ read, wordOf }) => wordOf(read(record)));
    const word = settled(
      found.map((one) => one ?? undefined),
      tiers,
    );
    if (word === 'disagree') return NO_RULE;
    return word ?? (found.every((one) => one === null) ? absent : undefined);
  };
}

/** The word of one place of such a table. Null: there is no value; undefined: the table does not list it. */
export function wordIn({ map = {}, absent }: Place): (value: unknown) => string | null | undefined {
  const find = lookup(map);
  return (value) => {
    const first: unknown = isList(value) ? value[0] : value;
    const word = find(first);
    if (word !== undefined) return word;
    return isEmpty(first) || (typeof first === 'string' && isNoValue(first, true)) ? (absent ?? null) : undefined;
  };
}
