import { CLASSES, type Finding } from './finding.js';
import { byWord } from './words.js';

const RANK = byWord(CLASSES, (_, rank) => rank);

/** By app, class, reason, account id, person id: code units, never a locale, so equal input gives equal bytes. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compare(a.app, b.app) ||
    RANK[a.class] - RANK[b.class] ||
    compare(a.reason, b.reason) ||
    compare(a.account?.id ?? '', b.account?.id ?? '') ||
    compare(a.person?.source ?? '', b.person?.source ?? '') ||
    compare(a.person?.id ?? '', b.person?.id ?? '') ||
    compare(a.summary, b.summary)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
