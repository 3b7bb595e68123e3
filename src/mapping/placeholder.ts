import { isPlaceholder, placeholderWord } from '../model/placeholder.js';

export { isPlaceholder } from '../model/placeholder.js';

/** Words that say of a date alone that there is none: it did not happen, or will not. */
const NO_DATES = new Set([
  'na',
  'nan',
  'nat',
  'no',
  'false',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '00.00.0000',
  '00/00/0000',
  '0000/00/00',
  'never',
  '(never)',
  'never logged in',
  'never signed in',
  'never used',
  'never expires',
  'does not expire',
  'no expiration',
  'no date',
  'no end date',
  'indefinite',
  'permanent',
  'unlimited',
  'ongoing',
  'open-ended',
  'unbefristet',
  'nie',
  'jamais',
]);

/** Does the text say of a date that there is none? */
export function isNoDate(text: string): boolean {
  const word = placeholderWord(text);
  return word !== undefined && (isPlaceholder(word) || NO_DATES.has(word));
}

/** How a person may be called: with one capital these two are names. (`None` is how Python writes nothing.) */
const NAMES = new Set(['Null', 'Nil']);

/** Is the text there, and no value? An empty one is a value of its own. `NA` is no text's placeholder: it is a region, too. */
export function isNoValue(text: string, isKey: boolean): boolean {
  // The longest takes 14 characters, and most texts begin as none of them does.
  if (text.length > 24 || !BEGINS.test(text)) return false;
  const trimmed = text.trim();
  if (trimmed === '') return false;
  return isKey ? isPlaceholder(trimmed) || trimmed.toLowerCase() === 'na' : isPlaceholder(trimmed) && !NAMES.has(trimmed);
}

const BEGINS = /^\s*[-–—#(<nNuU]/;

/** Is it a text that stands for no value, alone or as the only entry of a list? */
export function nothingOf(use: 'id' | 'key' | 'attribute', hasNext: boolean): (value: unknown) => boolean {
  return (value) => {
    const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof only !== 'string' || !isNoValue(only, use !== 'attribute')) return false;
    return use === 'attribute' || hasNext || !mayBeName(only);
  };
}

/** Somebody may be called `na` or `none`: where nothing else names them, that does. (It is no key: match/keys.ts.) */
export function mayBeName(text: string): boolean {
  return /^\s*\p{L}+\s*$/u.test(text);
}
