import type { Known } from './known.js';
import type { PersonIndex } from './person-index.js';
import { spelled } from './spelling.js';
import { BREAK, isLive } from './state-at.js';

/** Two records of one human: the same employee number or address, and no name that says otherwise. */
export function isSameHuman(known: Known, a: number, b: number): boolean {
  if (a === b) return true;
  const { index } = known;
  const names = compareNames(index, a, b);
  if (names === 'different') return false;
  const email = shared(index, 'email', a, b);
  const employee = shared(index, 'employeeId', a, b);
  if (names === 'same') return employee !== undefined || email !== undefined;
  // Benjamin in the one list and Ben in the other: a number and an address together name nobody else.
  if (names === 'alike') return employee !== undefined && email !== undefined && isPersonal(known, employee);
  // Without the names the number must speak alone.
  return employee !== undefined && isPersonal(known, employee) && (email !== undefined || !isNumberedApart(known, a, b));
}

/**
 * May two records be of one human, which nothing says for certain? They have an address in common, and the number too, or neither a name nor a number that
 * says that they are two people. Or their names are alike, and they have a number in common that is one person's.
 */
export function mayBeSameHuman(known: Known, a: number, b: number): boolean {
  const { index } = known;
  const employee = shared(index, 'employeeId', a, b);
  if (shared(index, 'email', a, b) === undefined)
    return employee !== undefined && compareNames(index, a, b) === 'alike' && isPersonal(known, employee) && !isNumberedApart(known, a, b);
  // Names that are spelled in two ways.
  if (employee !== undefined) return true;
  const isNumbered = [a, b].every((row) => index.foldKey(index.text('employeeId', row)) !== undefined);
  return !isNumbered && compareNames(index, a, b) !== 'different';
}

/** Two records with one address, the name of one of which has more to it: `Jane Doe` and `Jane Doe (Admin)`. */
export function bearsLongerName({ index }: Known, a: number, b: number): boolean {
  return shared(index, 'email', a, b) !== undefined && compareNames(index, a, b) === 'longer';
}

function shared(index: PersonIndex, word: 'employeeId' | 'email', a: number, b: number): string | undefined {
  const key = index.foldKey(index.text(word, a));
  return key === index.foldKey(index.text(word, b)) ? key : undefined;
}

/** False of a number that several people have, such as EXT: by their names, or as live records of one list with addresses of their own. */
function isPersonal(known: Known, employee: string): boolean {
  const { index } = known;
  const holders = index.key('employeeId').find(employee);
  const email = (row: number): string | undefined => index.foldKey(index.text('email', row));
  return !holders.some((a, i) =>
    holders.slice(0, i).some((b) => {
      const names = compareNames(index, a, b);
      if (names === 'same' || names === 'different') return names === 'different';
      const together = index.source(a) === index.source(b) && isLive(known.state(a)) && isLive(known.state(b));
      return together && email(a) !== undefined && email(b) !== undefined && email(a) !== email(b);
    }),
  );
}

/** Two lists that count from one each: the number is the same, and the one was employed here long before the other had ended there. */
function isNumberedApart(known: Known, a: number, b: number): boolean {
  const { index } = known;
  const begins = [index.instant('startAt', a), index.instant('startAt', b)] as const;
  const ends = [a, b].map((row) => known.lastDay(row)?.at ?? NaN).filter((end) => !Number.isNaN(end));
  return (
    index.source(a) !== index.source(b) &&
    Math.abs(begins[0] - begins[1]) > BREAK &&
    ends.length > 0 &&
    Math.min(...ends) - Math.max(...begins) > BREAK
  );
}

/** `longer`: the one has more to it. `alike`: a word of the family name is the same, as with a nickname, an initial, a brother. */
export function compareNames(index: PersonIndex, a: number, b: number): 'same' | 'different' | 'longer' | 'alike' | 'unknown' {
  const name = (row: number, attribute: string): string => spelled(index.attribute(attribute, row) ?? '');
  const givenA = name(a, 'givenName');
  const givenB = name(b, 'givenName');
  const familyA = name(a, 'familyName');
  const familyB = name(b, 'familyName');
  if ((givenA === '' && familyA === '') || (givenB === '' && familyB === '')) {
    const shownA = name(a, 'displayName');
    const shownB = name(b, 'displayName');
    if (shownA === '' || shownB === '') return 'unknown';
    if (shownA === shownB) return 'same';
    return isLonger(words(shownA), words(shownB)) ? 'longer' : areAlike(shownA, shownB);
  }
  if (givenA === givenB && familyA === familyB) return 'same';
  if (isLonger(words(`${givenA} ${familyA}`), words(`${givenB} ${familyB}`))) return 'longer';
  // A marriage changes one name, a stranger differs in both.
  return givenA === givenB && givenA !== '' ? 'unknown' : areAlike(familyA, familyB);
}

function areAlike(a: string, b: string): 'alike' | 'different' {
  const others = words(b);
  return [...words(a)].some((word) => word.length > 1 && others.has(word)) ? 'alike' : 'different';
}

function words(name: string): ReadonlySet<string> {
  return new Set(name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''));
}

/** Is one a whole name, and the other that and more? */
function isLonger(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  return short.size >= 2 && [...short].every((word) => long.has(word));
}
