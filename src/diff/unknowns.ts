import type { Standing } from '../match/standing.js';
import { counted } from '../model/counted.js';
import type { Account } from '../model/account.js';
import type { AppCase } from './app-case.js';
import { called, finding, showAccount, showPerson, sourceOf, type Draft } from './finding.js';
import { held } from './rows.js';
import { notKnown, type Cause } from './sentences.js';
import { unreadDay } from './unread.js';

/** More findings than this are one mistake of the mapping, not that many. */
const LISTED = 200;

const WORDS: Record<Cause, (n: number, all: number) => string> = {
  status: (n, all) =>
    `${n} of ${all} accounts carry no status that the mapping knows: say under \`status\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
  owner: (n, all) =>
    `of ${n} of ${all} accounts the owner's state in the directory is unknown: say under \`state\` what its values mean (\`map\`), and what no value does (\`absent\`)`,
  records: (n, all) => `of ${n} of ${all} accounts the owner has records in the directory that contradict each other`,
  dates: (n, all) => `of ${n} of ${all} accounts the owner's first or last day could not be read`,
  invitation: (n, all) => `how old ${n} of ${all} invitations are is not known: the day of their creation could not be read`,
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

  count(cause: Cause): number {
    return this.#counts.get(cause) ?? 0;
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

/** What is said of such an account. `why`: where neither its status nor its owner's state is what is not known. */
export function unknownDraft(
  { standing, spec }: AppCase,
  account: Account,
  row: number | undefined,
  why: Cause | undefined,
): { readonly cause: Cause; readonly draft: Draft } {
  const owner = why !== undefined || account.status === 'unknown' ? undefined : row;
  const contrary = owner === undefined ? undefined : contradictory(standing, owner);
  const undated = owner === undefined ? undefined : unreadDay(standing, owner);
  const ofOwner = contrary !== undefined ? 'records' : undated !== undefined ? 'dates' : 'owner';
  const cause = why ?? (account.status === 'unknown' ? 'status' : ofOwner);
  const shown = showAccount(held(account));
  return {
    cause,
    draft: {
      class: 'inconclusive',
      reason: 'unknown-status',
      app: spec.name,
      account: shown,
      ...(row === undefined ? {} : { person: showPerson(standing, row) }),
      summary: notKnown(cause, called(shown), contrary ?? undated),
    },
  };
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
    .map(({ row: one, state }) => `${state} in ${sourceOf(standing, one)} (${index.text('userName', one) ?? index.id(one)})`);
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

/** People who have left by this directory and are active by one that is listed before it. */
export function overruled(standing: Standing, source: number): string[] {
  const { index } = standing;
  const rows = standing.overruled.filter((row) => index.source(row) === source);
  const first = [...new Set(rows.map((row) => sourceOf(standing, standing.current(row))))].sort().join(', ');
  return rows.length === 0
    ? []
    : [
        `${counted(rows.length, 'person has', 'people have')} left by this directory and ${rows.length === 1 ? 'is' : 'are'} active in ${first}, which holds: list first the directory that knows who has left`,
      ];
}
