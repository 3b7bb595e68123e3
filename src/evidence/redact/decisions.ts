import { fingerprint } from '../../diff/finding.js';
import type { Baseline } from '../../gate/baseline.js';
import type { AcceptedEntry } from '../../model/acceptance.js';
import { CLASSES, REASONS, type Finding, type FindingReason } from '../../model/finding.js';
import type { Pseudonyms } from './pseudonyms.js';
import { WITHHELD } from './withheld.js';

/**
 * The ids of findings are hashes of real ids, without a key: each becomes the id that the finding has in the pack. Of findings that this audit does not
 * have only an id is known, which then becomes one that nobody can trace.
 */
export class FindingIds {
  readonly #ids = new Map<string, string>();

  constructor(
    findings: readonly Finding[],
    apps: readonly string[],
    private readonly pseudonyms: Pseudonyms,
  ) {
    const reasons = Object.values<readonly FindingReason[]>(REASONS).flat();
    for (const cls of CLASSES) {
      for (const app of apps) {
        // A finding of a whole list names nobody.
        for (const reason of reasons) {
          const id = fingerprint(cls, app, undefined, undefined, reason);
          this.#ids.set(id, id);
        }
      }
      for (const { app, account, person, reason } of findings) {
        if (account !== null)
          this.#ids.set(
            fingerprint(cls, app, account.id, undefined, reason),
            fingerprint(cls, app, pseudonyms.value(account.id), undefined, reason),
          );
        if (person !== null) {
          const redacted = { ...person, id: pseudonyms.value(person.id) };
          this.#ids.set(fingerprint(cls, app, undefined, person, reason), fingerprint(cls, app, undefined, redacted, reason));
        }
      }
    }
  }

  of(id: string): string {
    return this.#ids.get(id) ?? `f-${this.pseudonyms.opaque(id)}`;
  }
}

export function redactBaseline({ file, entries }: Baseline, ids: FindingIds): Baseline {
  return { file, entries: entries.map((entry) => ({ ...entry, id: ids.of(entry.id) })) };
}

export function redactAccepted(entries: readonly AcceptedEntry[], ids: FindingIds, pseudonyms: Pseudonyms): AcceptedEntry[] {
  return entries.map(({ id, finding, owner, ...entry }) => ({
    ...entry,
    owner: pseudonyms.value(owner),
    reason: WITHHELD,
    ...(id === undefined ? {} : { id: ids.of(id) }),
    ...(finding === undefined ? {} : { finding: { ...finding, account: pseudonyms.value(finding.account) } }),
  }));
}
