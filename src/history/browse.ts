import type { AddressRules } from '../model/policy.js';
import { withDatabase, type Access } from './database.js';
import { differencesOf } from './differences.js';
import { KeyedHash } from './keyed-hash.js';
import { prune, type Pruned } from './prune.js';
import { changesBetween, listAudits, type AuditSeen, type Changes } from './queries.js';
import { RowWriter } from './rows.js';
import { readState } from './state.js';
import { timelineOf, type TimelineEntry } from './timeline.js';

/** What can be asked of a history between audits. */
export interface Browser {
  readonly audits: () => AuditSeen[];
  readonly changes: (from: AuditSeen, to: AuditSeen) => Changes;
  readonly timeline: (who: string) => TimelineEntry[];
  readonly prune: (cutoff: number) => Pruned;
}

/** Undefined where there is no history yet. */
export function browse<T>(access: Access, addresses: AddressRules | undefined, use: (browser: Browser) => T): Promise<T | undefined> {
  return withDatabase(access, (held) => {
    const { db } = held;
    return use({
      audits: () => listAudits(db),
      changes: (from, to) => changesBetween(db, from, to, differencesOf(db)),
      timeline: (who) => {
        const { salt } = readState(db, []);
        const rows = new RowWriter(new KeyedHash(salt[0], salt[1]), () => 0, addresses);
        return timelineOf(db, who, who.includes('@') ? rows.email(who) : undefined);
      },
      prune: (cutoff) => prune(held, cutoff),
    });
  });
}
