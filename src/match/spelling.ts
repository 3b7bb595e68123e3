import { fold } from '../model/fold.js';

/** Letters that no decomposition takes apart, and the two that stand for one with a mark where there is none on the keyboard. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', ð: 'd', ae: 'a', oe: 'o', ue: 'u' };
const TWO_WAYS = /[øæœłđð]|[aou]e/g;

/** A name as it compares between systems that keep accents and those that do not: `Jürgen Müller` is `Juergen Mueller` and `Jurgen Muller`. */
export function spelled(name: string): string {
  const folded = fold(name);
  return folded
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(TWO_WAYS, (letters) => PLAIN[letters] ?? letters);
}
