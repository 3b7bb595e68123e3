import type { DateOrder, FieldMap, FieldSpec, SourceConfig } from '../../../src/model/config.js';
import type { Completeness } from '../../../src/model/completeness.js';
import { SourceError } from '../../../src/model/errors.js';
import { Secret } from '../../../src/model/secret.js';
import { ldapOptions } from '../../../src/sources/ldap/options.js';
import { ldapSource } from '../../../src/sources/ldap/source.js';
import type { LdapWorld } from '../../../src/sources/ldap/world.js';
import type { PullOptions, Source } from '../../../src/contract/source.js';
import type { Role, RowOf } from '../../../src/model/role.js';
import type { SourceContext } from '../../../src/contract/system.js';

export const NOW = Date.UTC(2026, 10, 23, 10);

export interface LdapSetup {
  readonly url: string;
  readonly base: string;
  readonly bindDn?: string;
  readonly password?: string;
  readonly schema?: 'active-directory' | 'inetorgperson';
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fields?: FieldMap;
  readonly state?: FieldSpec;
  readonly dates?: DateOrder;
  readonly world?: Partial<LdapWorld>;
  readonly trace?: (line: string) => void;
  readonly asOf?: number;
}

/** A source whose clock stands still, and which never waits. */
export function ldapFor<R extends Role>(role: R, setup: LdapSetup): Source<RowOf<R>> {
  const {
    url,
    base,
    bindDn = 'cn=reader',
    password = 'pa55word',
    schema = 'inetorgperson',
    fields = {},
    state,
    dates,
    world,
    trace,
  } = setup;
  const options = { url, base, bind_dn: bindDn, password: new Secret(password), schema, ...setup.options };
  const config: SourceConfig = {
    name: 'corp',
    connector: 'ldap',
    options,
    fields,
    dir: '/',
    ...(state === undefined ? {} : { state }),
    ...(dates === undefined ? {} : { dates }),
  };
  const context: SourceContext = {
    redact: (text) => text.replaceAll(password, '***'),
    env: {},
    pageConcurrency: 4,
    ...(trace === undefined ? {} : { trace }),
    ...(setup.asOf === undefined ? {} : { asOf: setup.asOf }),
  };
  const quiet: LdapWorld = { now: () => NOW, elapsed: () => NOW, wait: async () => {}, operationMs: 10_000, closeMs: 500, ...world };
  return ldapSource(role, config, ldapOptions(config, context), quiet);
}

export interface Pulled<Row> {
  readonly rows: Row[];
  readonly pages: number;
  readonly completeness: Completeness;
}

export async function pullAll<Row>(source: Source<Row>, options: Partial<PullOptions> = {}): Promise<Pulled<Row>> {
  const list = source.pull({ signal: new AbortController().signal, ...options });
  const rows: Row[] = [];
  let pages = 0;
  let step = await list.next();
  for (; step.done !== true; step = await list.next()) {
    rows.push(...step.value.rows);
    pages++;
  }
  return { rows, pages, completeness: step.value };
}

/** The error of a pull that must fail as a source does. */
export async function failureOf(source: Source<unknown>, options: Partial<PullOptions> = {}): Promise<SourceError> {
  try {
    await pullAll(source, options);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('the pull did not fail');
}
