import type { Finding, FindingClass } from '../model/finding.js';
import type { Report } from '../model/report.js';

export interface FindingsBy {
  readonly account: (cls: FindingClass, app: string, id: string) => Finding | undefined;
  readonly missing: (app: string, person: { readonly source: string; readonly id: string }) => Finding | undefined;
}

/** The findings by whom they are about: an account has one of each class at most, and a person misses an app once. */
export function findingsBy({ findings }: Pick<Report, 'findings'>): FindingsBy {
  const accounts = new Map<string, Finding>();
  const people = new Map<string, Finding>();
  for (const finding of findings) {
    const { class: cls, app, account, person } = finding;
    if (cls === 'missing' && person !== null) people.set(key(app, person.source, person.id), finding);
    else if (account !== null) accounts.set(key(cls, app, account.id), finding);
  }
  return {
    account: (cls, app, id) => accounts.get(key(cls, app, id)),
    missing: (app, { source, id }) => people.get(key(app, source, id)),
  };
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
