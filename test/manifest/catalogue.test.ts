import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { Secret } from '../../src/model/secret.js';
import { catalogueManifest, catalogueNames } from '../../src/manifest/form/catalogue.js';
import { fill } from '../../src/manifest/form/template.js';
import type { Manifest } from '../../src/manifest/form/schema.js';
import { normalName } from '../../src/manifest/mapping/rows.js';
import { manifestSource } from '../../src/manifest/source.js';
import type { Role } from '../../src/model/role.js';
import { type Exchange, hastyWorld, startFixture } from './fixture-server.js';
import { normalForm } from './normal-form.js';
import { privateKey } from './private-key.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/connectors');
/** `LIFEGAP_RECORD=slack npx vitest run test/manifest` writes what came as what is expected: read it before it is kept. */
const RECORD = process.env.LIFEGAP_RECORD;

interface Recorded {
  readonly params: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly role?: Role;
  readonly exchanges: readonly Exchange[];
}

interface Expected {
  readonly completeness: string;
  readonly rows: readonly Record<string, unknown>[];
}

function fixture(name: string, file: 'pull.json' | 'expected.json'): unknown {
  return JSON.parse(readFileSync(path.join(FIXTURES, name, file), 'utf8'));
}

/** The value of a parameter that stands for a private key: none is kept in the repository. */
const KEY = '{{private key}}';

function withKeys(params: Recorded['params']): Recorded['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === KEY ? privateKey() : value]));
}

function tokenUrl({ auth }: Manifest): string | undefined {
  return auth === 'none' ? undefined : (auth.oauth2_client ?? auth.oauth2_refresh ?? auth.jwt_bearer)?.token_url;
}

/** Plays the fixture to the real source over real HTTP. */
async function play(name: string) {
  const manifest = catalogueManifest(name);
  const { now, role, exchanges, ...recorded } = fixture(name, 'pull.json') as Recorded;
  const params = withKeys(recorded.params);
  const world = hastyWorld(Date.parse(now ?? '2026-11-24T10:00:00Z'));
  const server = await startFixture(exchanges, world);
  onTestFinished(() => server.close());
  const here = (template: string): string => {
    const { pathname } = new URL(fill(template, params) ?? '');
    return `${server.origin}${pathname === '/' ? '' : pathname}`;
  };
  const secrets = Object.entries(params).filter(([key]) => manifest.params[key]?.secret === true);
  const token = tokenUrl(manifest);
  const options = {
    ...params,
    ...Object.fromEntries(secrets.map(([key, value]) => [key, new Secret(value)])),
    base_url: here(manifest.base_url),
    ...(token === undefined ? {} : { token_url: here(token) }),
  };
  const lines: string[] = [];
  const context = { redact: (text: string) => text, env: {}, pageConcurrency: 4, trace: (line: string) => void lines.push(line) };
  const config = { name, connector: name, options, fields: {}, dir: '/' };
  const source = manifestSource<Role>(role ?? (manifest.kind === 'app' ? 'account' : 'person'), config, context, manifest, world);
  onTestFinished(() => source.close?.());
  const rows: (Account | Person)[] = [];
  const pages = source.pull({ signal: new AbortController().signal });
  let step = await pages.next().catch((error: unknown) => {
    throw new Error(server.mistakes.join('\n'), { cause: error });
  });
  for (; step.done !== true; step = await pages.next()) rows.push(...step.value.rows);
  return { manifest, server, rows, completeness: step.value, printed: [...lines, ...step.value.reasons].join('\n'), secrets };
}

const GONE = ['deactivated', 'deleted', 'suspended', 'terminated'];

/** What a fixture does not show of what its manifest claims. */
function shortcomings(manifest: Manifest, { exchanges, role }: Recorded, rows: Expected['rows']): string[] {
  const short: string[] = [];
  if (rows.length < 3) short.push(`has only ${rows.length} row${rows.length === 1 ? '' : 's'}`);
  const pages = exchanges.filter(({ response: { status = 200, waits } }) => status === 200 && waits === undefined);
  if ((manifest.paging !== 'none' || manifest.passes !== undefined) && pages.length < 2) short.push('has one page');
  const words = rows.map((row) => String(row.state ?? row.status));
  if (manifest.leavers === 'listed' && !words.some((word) => GONE.includes(word))) short.push('shows no leaver');
  if (!('const' in manifest.status) && !words.includes('unknown')) short.push('shows no status that is unknown');
  // A limit after the last page would prove nothing.
  if (!exchanges.slice(0, -1).some(({ response }) => (response.waits ?? 0) > 0)) short.push('has no rate limit in the middle');
  const shown = new Set(rows.flatMap((row) => [...Object.keys(row), ...Object.keys(row.attributes ?? {})]));
  const played = role ?? (manifest.kind === 'app' ? 'account' : 'person');
  const claimed = [manifest.fields, ...(manifest.passes ?? []).map((pass) => pass.fields ?? {})].flatMap((fields) =>
    Object.keys(fields).flatMap((name) => normalName(played, name, fields) ?? []),
  );
  if (manifest.credentials !== undefined && played === 'account') claimed.push('credentials');
  return [...short, ...[...new Set(claimed)].filter((field) => !shown.has(field)).map((field) => `never shows ${field}`)];
}

describe.each(catalogueNames())('the catalogue: %s', (name) => {
  it('reads its fixture as it is expected to, asks for what is recorded and for nothing else', async () => {
    const { server, rows, completeness, printed, secrets } = await play(name);
    const normal = rows.map(normalForm);
    if (RECORD === name)
      writeFileSync(
        path.join(FIXTURES, name, 'expected.json'),
        `${JSON.stringify({ completeness: completeness.verdict, rows: normal }, null, 2)}\n`,
      );
    const expected = fixture(name, 'expected.json') as Expected;
    expect(server.mistakes).toEqual([]);
    expect(server.left()).toBe(0);
    expect(normal).toEqual(expected.rows);
    expect({ verdict: completeness.verdict, reasons: completeness.reasons }).toMatchObject({ verdict: expected.completeness });
    for (const [, secret] of secrets) expect(printed).not.toContain(secret);
  });

  it('has a fixture that shows what the manifest claims', () => {
    const recorded = fixture(name, 'pull.json') as Recorded;
    const { rows } = fixture(name, 'expected.json') as Expected;
    expect(shortcomings(catalogueManifest(name), recorded, rows)).toEqual([]);
  });
});

describe('a fixture falls short', () => {
  const manifest = catalogueManifest('slack');
  const recorded = fixture('slack', 'pull.json') as Recorded;
  const { rows } = fixture('slack', 'expected.json') as Expected;
  const without = (key: string) => rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key)));
  const limit = recorded.exchanges.findIndex(({ response }) => (response.waits ?? 0) > 0);
  const moved = (to: number) => recorded.exchanges.filter((_, i) => i !== limit).toSpliced(to, 0, recorded.exchanges[limit] as Exchange);

  it.each<[string, Recorded, Expected['rows'], Partial<Manifest>]>([
    ['has only 1 row', recorded, rows.slice(0, 1), {}],
    [
      'has one page',
      { ...recorded, exchanges: recorded.exchanges.filter((one, i) => i === 0 || one === recorded.exchanges[limit]) },
      rows,
      {},
    ],
    ['shows no leaver', recorded, rows.filter(({ status }) => !GONE.includes(String(status))), {}],
    ['shows no status that is unknown', recorded, rows.filter(({ status }) => status !== 'unknown'), {}],
    ['has no rate limit in the middle', { ...recorded, exchanges: recorded.exchanges.filter((_, i) => i !== limit) }, rows, {}],
    ['has no rate limit in the middle', { ...recorded, exchanges: moved(recorded.exchanges.length - 1) }, rows, {}],
    ['never shows admin', recorded, without('admin'), {}],
    ['never shows credentials', recorded, rows, { credentials: { records: 'keys', fields: { id: 'id' } } }],
    ['never shows lastLoginAt', recorded, rows, { fields: { ...manifest.fields, lastLoginAt: 'seen' } }],
  ])('when it %s', (what, pulled, expected, more) => {
    expect(shortcomings({ ...manifest, ...more }, pulled, expected)).toContain(what);
  });

  it('when there is none', () => {
    expect(() => fixture('no-such-system', 'pull.json')).toThrow('ENOENT');
  });
});

it('has no fixture without a manifest', () => {
  expect(readdirSync(FIXTURES).filter((folder) => !catalogueNames().includes(folder))).toEqual([]);
});
