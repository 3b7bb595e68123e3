import { entryKey, findingKeys, type AcceptedEntry } from '../model/acceptance.js';
import type { Acceptance, Finding } from '../model/finding.js';

export interface Decided {
  readonly findings: readonly Finding[];
  /** Entries that have run out and still have a finding. */
  readonly expired: number;
  /** Entries that no finding answers to. */
  readonly idle: readonly AcceptedEntry[];
}

/**
 * Puts the decisions on the findings. An entry holds until the end of its day, UTC; after it the finding counts again and says so. What is
 * inconclusive cannot be accepted: nobody knows what would be.
 */
export function decide(findings: readonly Finding[], entries: readonly AcceptedEntry[], asOf: number): Decided {
  if (entries.length === 0) return { findings, expired: 0, idle: [] };
  const byKey = new Map(entries.map((entry) => [entryKey(entry), entry]));
  const used = new Set<AcceptedEntry>();
  const ended = new Set<AcceptedEntry>();
  const decided = findings.map((finding) => {
    if (finding.class === 'inconclusive') return finding;
    const found = findingKeys(finding).flatMap((key) => byKey.get(key) ?? []);
    for (const entry of found) used.add(entry);
    const holds = found.find((entry) => !isOver(entry, asOf));
    if (holds !== undefined) return { ...finding, accepted: decision(holds) };
    const [over] = found;
    if (over === undefined) return finding;
    for (const entry of found) ended.add(entry);
    return { ...finding, expired: decision(over) };
  });
  return { findings: decided, expired: ended.size, idle: entries.filter((entry) => !used.has(entry)) };
}

function isOver({ until }: Acceptance, asOf: number): boolean {
  return asOf >= Date.parse(`${until}T00:00:00Z`) + 86_400_000;
}

function decision({ reason, owner, until }: Acceptance): Acceptance {
  return { reason, owner, until };
}
