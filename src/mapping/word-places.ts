import { readMoment } from './moment.js';
import { isNoValue } from './placeholder.js';
import { isEmpty, type Place } from '../model/places.js';
import { NO_SAMPLE, type Problems } from './problems.js';
import { lookup } from './values.js';
import { isOneOf } from '../model/words.js';

/** What is on, and what is off; which of two such words counts is the order. */
const ON = ['active', 'pending', 'leave', 'pre-hire', 'true'];
const OFF = ['deleted', 'terminated', 'deactivated', 'suspended', 'false'];
/** The word for what cannot be said. */
export const UNKNOWN = 'unknown';

/** Words by rank: one of an earlier tier counts before all of a later one, and within a tier the first. */
type Tiers = readonly (readonly string[])[];

/** `prefer` of the config: `on`, `off`, or words, best first. */
export function tiersOf(prefer: readonly string[] = []): Tiers {
  return prefer.flatMap((word) => {
    // Where all is off, the least is claimed; where nothing is off, the most that is not plainly active is worth knowing.
    if (word === 'on') return [ON, OFF.toReversed()];
    if (word === 'off') return [OFF, ['leave', 'pre-hire', 'pending', 'active', 'true']];
    return [[word]];
  });
}

/** The words of a closed list, and what to say of a value that is none of them. */
export interface Vocabulary<Word extends string> {
  readonly words: ReadonlyMap<string, Word>;
  readonly otherwise: string;
}

/** `countAs`: what a value is taken for that is none of the words. */
export function vocabulary<Word extends string>(words: readonly Word[], countAs: string = UNKNOWN): Vocabulary<Word> {
  return {
    words: new Map(words.map((word) => [word, word])),
    otherwise: `could not be matched with ${words.join(', ')}: they count as ${countAs}`,
  };
}

export const TRUTHS: Vocabulary<'true' | 'false' | 'unknown'> = {
  words: new Map([
    ...['true', '1', 'yes'].map((word) => [word, 'true'] as const),
    ...['false', '0', 'no'].map((word) => [word, 'false'] as const),
  ]),
  otherwise: 'could not be read as true or false',
};

/**
 * The word of one value. Undefined: there is no value. `unknown`: there is one, and nobody has said what it means.
 * What the table lists counts, a placeholder, too.
 */
export function wordReader<Word extends string>(
  name: string,
  { map, absent, dated }: Pick<Place, 'map' | 'absent' | 'dated'>,
  { words, otherwise }: Vocabulary<Word>,
  problems: Problems,
): (value: unknown) => Word | undefined {
  const find = map === undefined ? undefined : lookup(map);
  const nothing = absent === undefined ? undefined : words.get(absent);
  const onDate = dated === undefined ? undefined : words.get(dated);
  return (value) => {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const exact = find === undefined ? (typeof first === 'string' ? words.get(first) : undefined) : undefined;
    if (exact !== undefined) return exact;
    const text = find === undefined ? plainText(first) : find(first);
    const word = text === undefined ? undefined : words.get(text.trim().toLowerCase());
    if (word !== undefined) return word;
    if (isEmpty(first) || (typeof first === 'string' && (first.trim() === '' || isNoValue(first, true)))) return nothing;
    if (onDate !== undefined) {
      const moment = readMoment(first);
      if (moment === 'never') return nothing;
      // Day and month in either order: it is a date.
      if (moment !== 'unreadable') return onDate;
    }
    // A value that nobody has mapped must not be guessed at.
    problems.add(name, find === undefined ? otherwise : 'could not be found in its map: they count as unknown', first);
    return UNKNOWN as Word;
  };
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The word of several places. Undefined: none of them has a value. `disagree`: they have, and it cannot be said which counts. */
export function settled<Word extends string>(found: readonly (Word | undefined)[], tiers: Tiers): Word | 'disagree' | undefined {
  const said = found.filter((word) => word !== undefined);
  const [first] = said;
  if (first === undefined || said.every((word) => word === first)) return first;
  const unclear = said.find((word) => word === UNKNOWN);
  for (const [rank, tier] of tiers.entries()) {
    const best = tier.find((word) => isOneOf(said, word));
    // What nobody has mapped may be a better word than this one, unless there is none.
    if (best !== undefined) return rank > 0 ? (unclear ?? best) : best;
  }
  return unclear ?? 'disagree';
}

/** Says that the places of a word disagree, with what stands in them. */
export function tellDisagreement(name: string, found: readonly (string | undefined)[], places: readonly Place[], problems: Problems): void {
  const said = places.flatMap(({ path }, i) => (found[i] === undefined ? [] : [`${path}: ${found[i]}`]));
  problems.add(name, 'of several places disagree: they count as unknown; say with `prefer` which counts', said.join(', '));
}

/** Says that a record has no value in any of the places, and that nobody has said what this means. */
export function tellAbsence(name: string, places: readonly Place[], problems: Problems): void {
  const named = places.map(({ path }) => path).join(' or ');
  problems.add(name, `missing (no ${named}): they count as unknown; say with \`absent\` what that means`, NO_SAMPLE);
}

/** A text that says why something holds; one that says no says that it does not. */
export function givenReason(text: string | undefined): string | undefined {
  const word = text?.trim().toLowerCase();
  if (word === undefined || ['', 'false', 'no', '0'].includes(word)) return undefined;
  return ['true', 'yes', '1'].includes(word) ? 'the app says so' : text?.trim();
}
