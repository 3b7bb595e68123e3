import type { FieldSpec } from '../../config/config.js';
import { jsonPath } from '../json-path.js';
import type { Role } from '../source.js';
import type { BuiltIn, Words } from './schema-fields.js';
import { compilePredicate } from './tests.js';
import { lookup } from '../values.js';

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

/** Rules of `status` and `kind_of` as a field: a plain table where that is all, else a reader under a name of its own. */
export function compileWords(words: Words, role: Role): FieldSpec | ((record: unknown) => unknown) {
  const table = (map: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(map).map(([from, to]) => [from, translate(role, to)]));
  if (!Array.isArray(words))
    return 'const' in words ? { const: translate(role, words.const) } : { from: words.from, map: table(words.map) };
  const rules = words.map((rule): ((record: unknown) => unknown) => {
    if ('when' in rule) {
      const holds = compilePredicate(rule.when);
      const word = translate(role, rule.is);
      return (record) => (holds(record) ? word : undefined);
    }
    const readers = (typeof rule.from === 'string' ? [rule.from] : rule.from).map((path) => jsonPath(path));
    const find = lookup(table(rule.map));
    return (record) => {
      for (const read of readers) {
        const value = read(record);
        const word = find(Array.isArray(value) ? (value as unknown[])[0] : value);
        if (word !== undefined) return word;
      }
      return undefined;
    };
  });
  return (record) => {
    for (const rule of rules) {
      const word = rule(record);
      if (word !== undefined) return word;
    }
    return NO_RULE;
  };
}

/** Why an account is the system's own, by the first rule that holds. */
export function compileBuiltIn(rules: readonly BuiltIn[]): (record: unknown) => string | undefined {
  const all = rules.map(({ when, why }) => [compilePredicate(when), why] as const);
  return (record) => all.find(([holds]) => holds(record))?.[1];
}
