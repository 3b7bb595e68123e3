import { entryKey, findingKeys, type AcceptedEntry } from '../model/acceptance.js';
import type { Acceptance, Finding } from '../model/finding.js';
import { isNews, type Known } from './worse.js';

export interface Decided {
  readonly findings: readonly Finding[];
  /** Entries that have run out and still have a finding. */
  readonly expired: number;
  /** Entries whose finding has become worse than what was accepted, with that finding. */
  readonly outgrown: readonly { readonly entry: AcceptedEntry; readonly finding: Finding }[];
  /** Entries that no finding answers to. */
  readonly idle: readonly AcceptedEntry[];
}

/**
 * Puts the decisions on the findings. An entry holds until the end of its day, UTC; after it the finding counts again and says so. It does not hold
 * where the finding is worse than what was accepted. What is inconclusive cannot be accepted: nobody knows what would be.
 */
export function decide(findings: readonly Finding[], entries: readonly AcceptedEntry[], asOf: number): Decided {
  if (entries.length === 0) return { findings, expired: 0, outgrown: [], idle: [] };
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  const used = new Set<AcceptedEntry>();
  const ended = new Set<AcceptedEntry>();
  const outgrown = new Map<AcceptedEntry, Finding>();
  const decided = findings.map((finding) => {
    if (finding.class === 'inconclusive') return finding;
    const found = findingKeys(finding).flatMap((key) => byKey.get(key) ?? []);
    for (const entry of found) used.add(entry);
    const current = found.filter((entry) => !isOver(entry, asOf));
    const holds = current.find((entry) => !isNews(finding, knownBy(entry)));
    if (holds !== undefined) return { ...finding, accepted: decision(holds) };
    for (const entry of current) outgrown.set(entry, finding);
    const over = found.filter((entry) => !current.includes(entry));
    for (const entry of over) ended.add(entry);
    const [first] = over;
    return first === undefined ? finding : { ...finding, expired: decision(first) };
  });
  return {
    findings: decided,
    expired: ended.size,
    outgrown: entries.flatMap((entry) => {
      const finding = outgrown.get(entry);
      return finding === undefined ? [] : [{ entry, finding }];
    }),
    idle: entries.filter((entry) => !used.has(entry)),
  };
}

/** An id alone does not tell what was accepted: then it was nothing worse than an account of somebody who is here. */
function knownBy({ found, finding, mayBeOrphaned }: AcceptedEntry): Known {
  return { reason: found ?? finding?.reason ?? 'not-entitled', ...(mayBeOrphaned === undefined ? {} : { mayBeOrphaned }) };
}

function isOver({ until }: Acceptance, asOf: number): boolean {
  return asOf >= Date.parse(`${until}T00:00:00Z`) + 86_400_000;
}

function decision({ reason, owner, until }: Acceptance): Acceptance {
  return { reason, owner, until };
}
