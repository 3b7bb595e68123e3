import type { Logged } from '../logbook/logged.js';
import { counted } from '../model/counted.js';
import type { LogActor } from '../model/log.js';
import type { InferredMechanism, Mechanism } from '../model/report.js';
import type { Traces } from './traces.js';

/** By what accounts were made, as logs say: what is written down outranks what is inferred. */
export type Makers = ReadonlyMap<LogActor, number>;
export const NO_MAKERS: Makers = new Map();

/** Fewer entries than this may be of an exception. */
const ENOUGH = 3;
/** A share that is "nearly all"; less than the rest of it is let pass. */
const MOST = 0.9;
/** Of accounts from before the log: as many as this without the directory's id were not made as those of the log were. */
const OLDER = 10;

export function makersOf(logged: Logged, people: number): Makers {
  const makers = new Map<LogActor, number>();
  for (let row = 0; row < people; row++) {
    for (const { action, by } of logged.done(row)) if (action === 'create') makers.set(by, (makers.get(by) ?? 0) + 1);
  }
  return makers;
}

/** How accounts are made, by the word of the logs; undefined where they tell of too few. */
export function madeBy(traces: Traces, makers: Makers): Omit<Mechanism, 'declared'> | undefined {
  const told = [...makers].filter(([by]) => by !== 'unknown');
  const all = told.reduce((sum, [, n]) => sum + n, 0);
  if (all < ENOUGH) return undefined;
  const inferred = nameOf(traces, makers, all);
  if (inferred === undefined) return undefined;
  const counts = told.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([by, n]) => `${n} by ${by}`);
  const text = `logs say of ${counted(all, 'account', 'accounts')} what made it: ${counts.join(', ')}`;
  const overturnedBy = 'entries of the log that name another actor';
  return { inferred, confidence: 0.95, traces: [text], overturnedBy };
}

function nameOf({ bulk, rest, switched }: Traces, makers: Makers, all: number): InferredMechanism | undefined {
  const share = (by: LogActor): number => (makers.get(by) ?? 0) / all;
  const [scim, jit, human] = [share('scim'), share('jit'), share('human')];
  const accounts = bulk.accounts + rest.accounts;
  const linked = bulk.linked + rest.linked;
  // Most were made before the log begins, and an import made them.
  const isImported = bulk.accounts >= Math.max(OLDER, accounts * 0.2) && bulk.linked < bulk.accounts * MOST;
  // Where no account carries the directory's id, that some do not says nothing.
  const hasOthers = linked > 0 && accounts - linked >= Math.max(OLDER, accounts * 0.1);
  if (scim >= MOST) return hasOthers || !Number.isNaN(switched.at) ? 'mixed' : 'scim';
  if (jit >= MOST) return isImported ? 'mixed' : 'jit';
  if (human >= MOST) return linked > accounts * MOST ? 'mixed' : 'manual';
  if (scim + jit >= MOST) return 'scim+jit';
  return scim + jit + human >= MOST ? 'mixed' : undefined;
}
