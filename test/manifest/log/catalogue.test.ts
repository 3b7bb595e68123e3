import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogConfig } from '../../../src/model/config.js';
import type { LogEntry } from '../../../src/model/log.js';
import { Secret } from '../../../src/model/secret.js';
import { catalogueManifest, catalogueNames } from '../../../src/manifest/form/catalogue.js';
import { LOG_SECTIONS, type LogForm } from '../../../src/manifest/form/log.js';
import { fill } from '../../../src/manifest/form/template.js';
import { manifestLog } from '../../../src/manifest/log/source.js';
import { type Exchange, hastyWorld, startFixture } from '../fixture-server.js';
import { normalForm } from '../normal-form.js';
import { privateKey } from '../private-key.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/connectors');
/** `LIFEGAP_RECORD=slack npx vitest run test/manifest/log` writes what came as what is expected: read it before it is kept. */
const RECORD = process.env.LIFEGAP_RECORD;

interface Recorded {
  /** Beside those of pull.json. */
  readonly params?: Readonly<Record<string, string>>;
  readonly window: { readonly since: string; readonly until: string };
  /** Whose log it is read as; default: an app's own, or that of a directory named corp. */
  readonly of?: string;
  readonly app?: string;
  readonly exchanges: readonly Exchange[];
  readonly completeness: string;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

type Section = keyof typeof LOG_SECTIONS;
const LOGS = catalogueNames().flatMap((name) =>
  (['own', 'pushes'] as const)
    .filter((which) => catalogueManifest(name)[LOG_SECTIONS[which]] !== undefined)
    .map((which) => [name, which] as const),
);
const fileOf = (name: string, which: Section): string => path.join(FIXTURES, name, `${LOG_SECTIONS[which]}.json`);
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Plays the fixture to the real log over real HTTP. */
async function play(name: string, which: Section) {
  const manifest = catalogueManifest(name);
  const { params: more, window, exchanges, app, of } = read(fileOf(name, which)) as Recorded;
  const given = { ...(read(path.join(FIXTURES, name, 'pull.json')) as { params: Record<string, string> }).params, ...more };
  const params = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value === '{{private key}}' ? privateKey() : value]));
  const world = hastyWorld(Date.parse(window.until));
  const server = await startFixture(exchanges, world);
  onTestFinished(() => server.close());
  const here = (template: string): string => `${server.origin}${new URL(fill(template, params) ?? '').pathname.replace(/\/$/, '')}`;
  const form = manifest[LOG_SECTIONS[which]] as LogForm;
  const auth = form.auth ?? manifest.auth;
  const token = auth === 'none' ? undefined : (auth.oauth2_client ?? auth.oauth2_refresh ?? auth.jwt_bearer)?.token_url;
  const secrets = Object.entries(params).filter(([key]) => manifest.params[key]?.secret === true);
  const config: LogConfig = {
    name,
    connector: name,
    options: {
      ...params,
      ...Object.fromEntries(secrets.map(([key, value]) => [key, new Secret(value)])),
      base_url: here(manifest.base_url),
      ...(token === undefined ? {} : { token_url: here(token) }),
    },
    fields: {},
    dir: '/',
    of: of ?? (which === 'own' && manifest.kind === 'app' ? 'app' : 'corp'),
    which,
    ...(app === undefined ? {} : { app }),
  };
  const lines: string[] = [];
  const context = { redact: (text: string) => text, env: {}, pageConcurrency: 4, trace: (line: string) => void lines.push(line) };
  const log = manifestLog(config, context, manifest, world);
  onTestFinished(() => log.close?.());
  const entries: LogEntry[] = [];
  const pages = log.pull({
    signal: new AbortController().signal,
    window: { since: Date.parse(window.since), until: Date.parse(window.until) },
  });
  let step = await pages.next().catch((error: unknown) => {
    throw new Error(server.mistakes.join('\n'), { cause: error });
  });
  for (; step.done !== true; step = await pages.next()) entries.push(...step.value.rows);
  return { form, server, entries, completeness: step.value, printed: [...lines, ...step.value.reasons].join('\n'), secrets };
}

/** Every word that rules may give. */
function wordsOf(words: LogForm['action'] | LogForm['outcome'] | LogForm['by']): string[] {
  if (words === undefined) return [];
  const rules = Array.isArray(words) ? words : [words];
  const all = rules.flatMap((rule) => ('const' in rule ? [rule.const] : 'is' in rule ? [rule.is] : Object.values(rule.map)));
  return [...new Set<string>(all)].filter((word) => word !== 'other' && word !== 'unknown');
}

/** What a fixture does not show of what its log claims. */
function shortcomings(form: LogForm, { exchanges, entries }: Recorded): string[] {
  const short: string[] = [];
  const pages = exchanges.filter(({ request, response: { status = 200 } }) => status === 200 && !request.path.endsWith('/token'));
  if (form.paging !== 'none' && pages.length < 2) short.push('has one page');
  const shown = new Set(entries.flatMap((entry) => Object.keys(entry)));
  const names = Object.keys(form.fields).map(
    (name) => ({ accountId: 'personId', userName: 'personUserName', email: 'personEmail' })[name] ?? name,
  );
  for (const [i, name] of Object.keys(form.fields).entries())
    if (!shown.has(name) && !shown.has(names[i] as string)) short.push(`never shows ${name}`);
  for (const [key, words] of [
    ['action', form.action],
    ['outcome', form.outcome],
    ['by', form.by],
  ] as const)
    for (const word of wordsOf(words)) if (!entries.some((entry) => entry[key] === word)) short.push(`shows no ${key} ${word}`);
  if (!entries.some(({ action }) => action === 'other')) short.push('shows no action that nobody maps');
  return short;
}

describe.each(LOGS)('the catalogue: the log of %s (%s)', (name, which) => {
  it('is read as its fixture expects it, and asked for what is recorded and nothing else', async () => {
    const { server, entries, completeness, printed, secrets } = await play(name, which);
    const normal = entries.map(normalForm);
    const file = fileOf(name, which);
    if (RECORD === name)
      writeFileSync(
        file,
        `${JSON.stringify({ ...(read(file) as Recorded), completeness: completeness.verdict, entries: normal }, null, 2)}\n`,
      );
    const expected = read(file) as Recorded;
    expect(server.mistakes).toEqual([]);
    expect(server.left()).toBe(0);
    expect(normal).toEqual(expected.entries);
    expect({ verdict: completeness.verdict, reasons: completeness.reasons }).toMatchObject({ verdict: expected.completeness });
    for (const [, secret] of secrets) expect(printed).not.toContain(secret);
  });

  it('has a fixture that shows what it claims', () => {
    const form = catalogueManifest(name)[LOG_SECTIONS[which]] as LogForm;
    expect(shortcomings(form, read(fileOf(name, which)) as Recorded)).toEqual([]);
  });

  it('says where its facts come from, and what is not checked', () => {
    const { sources = [], unverified = [] } = catalogueManifest(name)[LOG_SECTIONS[which]] as LogForm;
    expect(sources.length).toBeGreaterThan(0);
    expect(unverified.length).toBeGreaterThan(0);
  });
});

it('a fixture falls short when it shows less than its log claims', () => {
  const form = catalogueManifest('okta').pushes as LogForm;
  const recorded = read(fileOf('okta', 'pushes')) as Recorded;
  const without = (key: string): Recorded => ({ ...recorded, entries: recorded.entries.map((entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key))) }); // prettier-ignore
  expect(shortcomings(form, without('detail'))).toEqual(['never shows detail']);
  expect(shortcomings(form, { ...recorded, entries: recorded.entries.filter(({ action }) => action !== 'other') })).toEqual([
    'shows no action that nobody maps',
  ]);
  expect(shortcomings(form, { ...recorded, entries: recorded.entries.filter(({ outcome }) => outcome !== 'failure') })).toContain(
    'shows no outcome failure',
  );
  expect(shortcomings(form, { ...recorded, exchanges: recorded.exchanges.slice(0, 1) })).toEqual(['has one page']);
});

it('has no fixture without a log', () => {
  for (const name of catalogueNames())
    for (const which of ['own', 'pushes'] as const)
      if (!LOGS.some(([one, section]) => one === name && section === which)) expect(existsSync(fileOf(name, which))).toBe(false);
});
