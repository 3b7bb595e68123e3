import type { MatchRule } from '../model/policy.js';
import { didYouMean } from '../model/nearest.js';
import { quoted } from '../yaml/quote.js';
import { MATCH_KEYS } from './words.js';

/** `externalId=id` is account key = person key; one word means the same on both sides. */
export function parseMatchRule(text: string): MatchRule {
  const [account = '', person = account] = text.split('=').map((word) => word.trim());
  return { name: account === person ? account : `${account}=${person}`, account, person };
}

/** What is wrong with a rule, or undefined. `own` are the attributes that `fields` maps on either side. */
export function matchRuleMistake(
  text: string,
  own: { readonly account: readonly string[]; readonly person: readonly string[] },
): string | undefined {
  const words = text.split('=').map((word) => word.trim());
  if (words.length > 2 || words.includes('')) return `expected a key, or "account key=person key", got ${quoted(text)}`;
  const sides = [
    { known: [...MATCH_KEYS, ...own.account], side: 'account', word: words[0] ?? '' },
    { known: [...MATCH_KEYS, ...own.person], side: 'person', word: words.at(-1) ?? '' },
  ];
  const bad = sides.find(({ known, word }) => !known.includes(word));
  if (bad === undefined) return undefined;
  return `expected one of ${bad.known.join(', ')} for the ${bad.side}, got ${quoted(text)}.${didYouMean(bad.word, bad.known)}`;
}
