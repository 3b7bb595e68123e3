import type { Page, PullOptions, Source } from '../../../src/contract/source.js';
import type { Completeness } from '../../../src/model/completeness.js';
import type { SourceConfig } from '../../../src/model/config.js';
import type { RequestSeen } from '../../../src/model/request-seen.js';
import type { Role, RowOf } from '../../../src/model/role.js';
import type { Account } from '../../../src/model/account.js';
import { openLogins } from '../../../src/sources/sql/logins.js';
import { openSql } from '../../../src/sources/sql/source.js';

export type Given = Readonly<Record<string, unknown>> & Partial<Pick<SourceConfig, 'fields' | 'state' | 'dates' | 'dir'>>;

/** A source of `connector: sql` with these options; `fields`, `state`, `dates` and `dir` stand among them. */
export function sqlSource<R extends Role>(role: R, given: Given, onRequest?: (request: RequestSeen) => void): Source<RowOf<R>> {
  const { fields = {}, state, dates, dir = '/', ...options } = given;
  const told = { ...(state === undefined ? {} : { state }), ...(dates === undefined ? {} : { dates }) };
  const config: SourceConfig = { name: 'crm', connector: 'sql', options, fields, ...told, dir };
  return openSql(role, config, {
    redact: (text) => text.replaceAll('sesame-wire-7', '***'),
    env: {},
    pageConcurrency: 1,
    ...(onRequest === undefined ? {} : { onRequest }),
  });
}

export interface Pulled<Row> {
  readonly rows: readonly Row[];
  readonly completeness: Completeness;
}

/** The whole list. */
export async function pulled<Row>(
  source: Source<Row>,
  options: Partial<PullOptions> = {},
  onPage: (page: Page<Row>) => Promise<void> | void = () => undefined,
): Promise<Pulled<Row>> {
  const pages = source.pull({ signal: new AbortController().signal, ...options });
  const rows: Row[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return { rows, completeness: step.value };
    rows.push(...step.value.rows);
    await onPage(step.value);
  }
}

/** What a pull fails with. */
export async function failure(source: Source<unknown>, options: Partial<PullOptions> = {}): Promise<Error & { readonly fault?: string }> {
  try {
    await pulled(source, options);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was read');
}

/** A source of the logins of a database. */
export function loginsSource(connector: string, options: Given): Source<Account> {
  const config: SourceConfig = { name: 'db', connector, options, fields: {}, dir: '/' };
  return openLogins('account', config, { redact: (text) => text, env: {}, pageConcurrency: 1 });
}

export async function loginsOf(connector: string, options: Given): Promise<Pulled<Account> & Pick<Source<Account>, 'facts'>> {
  const source = loginsSource(connector, options);
  return { ...(await pulled(source)), facts: source.facts };
}
