import type { Standing } from '../match/standing.js';
import { counted } from '../model/counted.js';
import { finding, type Draft } from './finding.js';

/** More findings than this are one mistake of the mapping, not that many. */
const LISTED = 200;

/** Why nothing can be said of an account: its own status, its owner's state, records of its owner that contradict each other, or a registration. */
export type Cause = 'status' | 'owner' | 'records' | 'registered';

const WORDS: Record<Cause, (n: number, all: number) => string> = {
  status: (n, all) =>
    `${n} of ${all} accounts carry no status that the mapping knows: say under \`status\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
  owner: (n, all) =>
    `of ${n} of ${all} accounts the owner's state in the directory is unknown: say under \`state\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
  records: (n, all) => `of ${n} of ${all} accounts the owner has records in the directory that contradict each other`,
  registered: (n, all) =>
    `${n} of ${all} accounts are registered, and switched off in the directory: whether their owners have left is not known`,
};

/** Accounts that are neither on nor off for certain, or whose owner is neither here nor gone; the findings are made when all are known. */
export class Unknowns {
  readonly #counts = new Map<Cause, number>();
  readonly #drafts: Draft[] = [];
  #total = 0;

  add(cause: Cause, draft: Draft): void {
    this.#counts.set(cause, (this.#counts.get(cause) ?? 0) + 1);
    if (++this.#total <= LISTED) this.#drafts.push(draft);
  }

  /** Each by name; of too many a sentence for each cause. */
  findings(app: string, accounts: number): ReturnType<typeof finding>[] {
    if (this.#total <= LISTED) return this.#drafts.map(finding);
    const summary = (Object.keys(WORDS) as Cause[])
      .flatMap((cause) => (this.#counts.has(cause) ? [WORDS[cause](this.#counts.get(cause) ?? 0, accounts)] : []))
      .join('. ');
    return [finding({ class: 'inconclusive', reason: 'unknown-status', app, summary })];
  }
}

/** How two records of one human contradict each other; undefined where none does. */
export function contradictory(standing: Standing, row: number): string | undefined {
  const found = standing.contradiction(row);
  if (found === undefined) return undefined;
  const { index } = standing;
  const records = [
    { row: found.row, state: found.says },
    { row: found.other, state: found.otherSays },
  ];
  const says = records
    .sort((a, b) => index.source(a.row) - index.source(b.row) || (index.id(a.row) < index.id(b.row) ? -1 : 1))
    .map(
      ({ row: one, state }) => `${state} in ${index.sources[index.source(one)] ?? ''} (${index.text('userName', one) ?? index.id(one)})`,
    );
  return `they are ${says.join(' and ')}, and no date and no number says which of the two holds`;
}

/** How many records of one directory contradict others, and what is to be said of it. */
export function contradictions(standing: Standing, source: number): { readonly records: number; readonly notes: readonly string[] } {
  let records = 0;
  for (const row of standing.contradicted) if (standing.index.source(row) === source) records++;
  if (records === 0) return { records, notes: [] };
  const what = `${counted(records, 'record contradicts', 'records contradict')} another one of the same person`;
  return {
    records,
    notes: [`${what}, so nobody can say whether they are here: give each employment its own number, or its first and last day`],
  };
}
