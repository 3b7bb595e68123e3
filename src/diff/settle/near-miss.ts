import { fold } from '../../model/fold.js';
import type { Standing } from '../../match/standing.js';
import { called, showPerson, type Draft } from '../finding.js';
import { otherReadings, type NumberKey } from '../number-keys.js';

/** An active account that matched nobody, held back until the guard has seen the whole list. */
export interface Unmatched {
  readonly draft: Draft;
  readonly human: boolean;
  /** For near misses: the numbers by which it might have been found, and the key words that they stand for in the directory. */
  readonly numbers: readonly NumberKey[];
}

/** Hints per account; more are noise. */
const MOST = 3;
/** Domains of the directory that are tried, the most used first. */
const DOMAINS = 10;
/** In a directory beyond this, only keys that a match rule uses are tried: an index more would cost more than the hints. */
const LARGE = 200_000;

interface Guess {
  readonly word: string;
  readonly key: string;
  readonly why: string;
}

/**
 * Ranked near misses for accounts that match nobody ("would match u42 if `+tag` were ignored"). They never link by
 * themselves. Each guess is an exact look-up in the directory's own indexes.
 */
export function nearMisses(standing: Standing, unmatched: readonly Unmatched[]): string[][] {
  if (unmatched.length === 0) return [];
  const domains = commonDomains(standing);
  return unmatched.map(({ draft: { account }, numbers }) => {
    const rows = new Map<number, string>();
    for (const guess of guesses(account?.email, account?.userName, numbers, domains)) {
      if (standing.index.size > LARGE && !standing.index.hasKey(guess.word)) continue;
      const row = standing.index.key(guess.word).only(guess.key);
      if (row >= 0 && !rows.has(row)) rows.set(row, guess.why);
      if (rows.size === MOST) break;
    }
    return [...rows].map(([row, why]) => `would match ${called(showPerson(standing, row))} (${standing.index.id(row)}) ${why}`);
  });
}

function* guesses(
  email: string | undefined,
  userName: string | undefined,
  numbers: readonly NumberKey[],
  domains: readonly string[],
): Generator<Guess> {
  for (const text of new Set([email, userName])) {
    if (text === undefined) continue;
    const folded = fold(text);
    yield* within(folded);
    const at = folded.lastIndexOf('@');
    if (at < 0)
      for (const domain of domains) yield { word: 'email', key: `${folded}@${domain}`, why: `if it were the part before @${domain}` };
    else yield* otherAddresses(folded.slice(0, at), folded.slice(at + 1), domains);
  }
  for (const { word, text } of numbers) for (const reading of otherReadings(text)) yield { word, ...reading };
}

function* otherAddresses(local: string, domain: string, domains: readonly string[]): Generator<Guess> {
  const untagged = local.split('+', 1)[0] ?? '';
  if (untagged !== local) yield { word: 'email', key: `${untagged}@${domain}`, why: 'if `+tag` were ignored' };
  for (const other of domains) {
    if (other !== domain) yield { word: 'email', key: `${untagged}@${other}`, why: `if ${domain} and ${other} were one domain` };
  }
  yield { word: 'userName', key: untagged, why: 'if the part before @ were the user name' };
  if (local.includes('.')) yield { word: 'email', key: `${local.replaceAll('.', '')}@${domain}`, why: 'if dots were ignored' };
}

/** A longer text is no user name, and not worth the search. */
const LONGEST = 320;
const ADDRESS = /[\p{L}\p{N}._%+'’-]+@[\p{L}\p{N}.-]+/gu;

/** What a system put a prefix before, or wrote among other words: `CORP\ada`, `saml|ada@corp.example`, `uid=ada,ou=people`, a guest of Entra. */
function* within(text: string): Generator<Guess> {
  if (text.length > LONGEST) return;
  for (const [address] of text.matchAll(ADDRESS)) {
    const bare = address.replace(/^['’]|\.$/g, '');
    if (bare !== text) for (const word of ['email', 'userName']) yield { word, key: bare, why: 'if only the address in it counted' };
  }
  const guest = /^(.+)_([^_@]+)#ext#@/.exec(text);
  if (guest !== null) yield { word: 'email', key: `${guest[1]}@${guest[2]}`, why: 'if it were the guest account of this address' };
  const name = /^(?:uid|cn|samaccountname)=([^,=]+)/.exec(text)?.[1] ?? /[\\/|:]([^\\/|:]+)$/.exec(text)?.[1];
  if (name !== undefined) yield { word: 'userName', key: name.trim(), why: 'if what stands around the name were ignored' };
}

/** The directory's own domains, the most used first, ties by name. */
function commonDomains(standing: Standing): string[] {
  const { index } = standing;
  const counts = new Map<string, number>();
  for (let row = 0; row < index.size; row++) {
    const email = index.text('email', row);
    if (email === undefined) continue;
    const domain = fold(email.slice(email.lastIndexOf('@') + 1));
    const count = counts.get(domain);
    if (count !== undefined) counts.set(domain, count + 1);
    else if (counts.size < 1000) counts.set(domain, 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, DOMAINS)
    .map(([domain]) => domain);
}
