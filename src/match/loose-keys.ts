import type { PersonIndex } from './person-index.js';
import { compareNames } from './same-human.js';

/** No employee number is filled up with zeros beyond this. */
const DIGITS = 10;

/**
 * Records that have a key of this one under another name or in another spelling: a user name or a further address that is their address, an external id that
 * is their id, a number without its zeros. That joins nobody; yet whose name does not say otherwise may be the same human.
 */
export function looseCandidates(index: PersonIndex, row: number): readonly number[] {
  const found = new Set<number>();
  const take = (word: string, key: string | undefined, isTelling: boolean): void => {
    for (const other of key === undefined ? [] : index.key(word).find(key)) {
      const names = other === row ? 'different' : compareNames(index, row, other);
      // A leaver's address often becomes a further one of somebody else: there the name must say that it is theirs.
      if (names === 'same' || names === 'longer' || (isTelling && names === 'unknown')) found.add(other);
    }
  };
  const userName = index.foldKey(index.text('userName', row));
  if (userName?.includes('@') === true) take('email', userName, true);
  for (const address of index.list('aliases', row) ?? []) take('email', index.foldKey(address), false);
  const email = index.foldKey(index.text('email', row));
  take('alias', email, false);
  if (email !== undefined) take('userName', email, true);
  take('id', index.foldKey(index.text('externalId', row)), true);
  for (const number of spellings(index.foldKey(index.text('employeeId', row)))) take('employeeId', number, true);
  return [...found];
}

function spellings(number: string | undefined): readonly string[] {
  const digits = /^\D{0,3}?0*([1-9]\d{0,9})$/.exec(number ?? '')?.[1];
  if (digits === undefined) return [];
  const padded = Array.from({ length: DIGITS - digits.length + 1 }, (_, zeros) => '0'.repeat(zeros) + digits);
  return padded.filter((spelling) => spelling !== number);
}
