// What logs say is in a pack as lists are: entries, pages, how it ended; and comes out of it the same.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit/run.js';
import type { AuditOptions } from '../../src/audit/options.js';
import { asset } from '../../src/cli/asset.js';
import { loadConfig } from '../../src/config/load.js';
import type { LogSource } from '../../src/contract/source.js';
import type { SourceContext, Systems } from '../../src/contract/system.js';
import { Pack } from '../../src/evidence/pack.js';
import type { Unit } from '../../src/evidence/redact/coarse.js';
import type { RedactionKey } from '../../src/evidence/redact/key.js';
import { openReplay } from '../../src/evidence/replay.js';
import { verifyPack } from '../../src/evidence/verify.js';
import type { Completeness } from '../../src/model/completeness.js';
import type { Config, LogConfig } from '../../src/model/config.js';
import { SourceError } from '../../src/model/errors.js';
import type { LogEntry } from '../../src/model/log.js';
import { SYSTEMS } from '../../src/sources/registry.js';
import { filesOf, keyOf, textOf } from './packs.js';

const root = mkdtempSync(path.join(tmpdir(), 'lifegap-log-pack-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const AS_OF = Date.parse('2026-11-24T12:00:00Z');
const WINDOW = { since: AS_OF - 120 * 86_400_000, until: AS_OF };
const CONTEXT: SourceContext = { redact: (text) => text, env: {}, pageConcurrency: 1 };
const signal = new AbortController().signal;

const CONFIG = `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  crm:
    connector: file
    path: app.csv
    log:
      - { connector: file, path: a/audit.ndjson }
      - { connector: file, path: pushes.csv, of: hr, app: '0oa1', fields: { accountId: who } }
  wiki: { connector: file, path: app.csv, log: [{ connector: file, path: b/audit.ndjson }] }
  mail: { connector: file, path: app.csv }
history: false
`;
const FILES = {
  'lifegap.yaml': CONFIG,
  'people.csv': 'id,email,state,endAt\np1,ada@corp.example,active,\np2,ben@corp.example,terminated,2026-10-01\n',
  'app.csv': 'id,email,status\na1,ada@corp.example,active\na2,ben@corp.example,active\n',
  'a/audit.ndjson': '',
  'b/audit.ndjson': '',
  'pushes.csv': 'who,action,at\n',
};

const at = (iso: string): LogEntry['at'] => ({ at: Date.parse(iso) });
const entry = (more: Partial<LogEntry>): LogEntry => ({ action: 'other', outcome: 'unknown', outcomeTold: false, by: 'unknown', ...more });

/** Hostile where a log's own words stand. */
const CRM: readonly LogEntry[][] = [
  [
    entry({
      id: 'zqx-evt-1',
      at: at('2026-10-01T09:18:30Z'),
      action: 'disable',
      outcome: 'failure',
      outcomeTold: true,
      accountId: 'zqx-a2',
      userName: 'zqxBen',
      email: 'Ben.Zqx@corp.example',
      externalId: 'zqx-p2',
      actor: 'Zqx \u001b[31mAdmin',
      by: 'human',
      detail: 'zqxBen\u2028was not found',
    }),
    entry({
      at: { at: Date.parse('2026-10-02'), day: true },
      changed: ['department', 'title'],
      action: 'update',
      app: '0oa1',
      email: 'ben.zqx@corp.example',
    }),
  ],
  [],
  [
    entry({
      personId: 'zqx-9', personUserName: 'zqxBen', personEmail: 'ben.zqx@corp.example', employeeId: 'zqx0017', detail: 'zqxBen\u2028was not found',
      action: 'delete', outcome: 'success', outcomeTold: true, by: 'scim',
    }), // prettier-ignore
  ],
];
const WIKI: readonly LogEntry[][] = [[entry({ action: 'login', userName: 'somebody', at: at('2026-11-01T00:00:00Z') })]];
const DIRECTORY: readonly LogEntry[][] = [[entry({ action: 'disable', personId: 'p2', outcome: 'success', outcomeTold: true })]];
const CONSISTENT: Completeness = { verdict: 'consistent', reasons: [], facts: [], received: 3, unique: 3, pages: 3 };
const FAILS = new SourceError('pushes.csv', 'permission', 'pushes.csv: GET /zqx answered 403');

/** What each log of the config says. */
function logs(config: LogConfig): { readonly pages: readonly LogEntry[][]; readonly ends: Completeness | SourceError } {
  const file = typeof config.options['path'] === 'string' ? config.options['path'] : '';
  if (config.of === 'hr' && config.which === 'own') return { pages: DIRECTORY, ends: CONSISTENT };
  if (file.endsWith('pushes.csv')) return { pages: WIKI, ends: FAILS };
  return { pages: file.endsWith('/b/audit.ndjson') ? WIKI : CRM, ends: CONSISTENT };
}

const LIVE: Systems = {
  ...SYSTEMS,
  log: async (config) => {
    const { pages, ends } = logs(config);
    return Promise.resolve({
      name: config.name,
      connector: config.connector,
      log: { lateness: 60_000, tellsUpdates: true, notes: ['needs the right to read zqx'] },
      async *pull() {
        for (const rows of pages) yield Promise.resolve({ rows });
        if (ends instanceof SourceError) throw ends;
        return ends;
      },
    } satisfies LogSource);
  },
};

/** Every log of the config, the directory's own first. */
const logsOf = ({ directory, apps }: Pick<Config, 'directory' | 'apps'>): LogConfig[] => [
  ...directory.map((one) => ({ ...one, of: one.name, which: 'own' as const })),
  ...apps.flatMap((app) => app.logs ?? []),
];

interface Read {
  readonly pages: readonly (readonly LogEntry[])[];
  readonly ends: unknown;
  readonly facts: LogSource['log'];
}

async function read(systems: Systems, config: LogConfig): Promise<Read> {
  const source = await systems.log(config, CONTEXT);
  const pages: (readonly LogEntry[])[] = [];
  try {
    const pull = source.pull({ signal, window: WINDOW });
    for (let step = await pull.next(); ; step = await pull.next()) {
      if (step.done === true) return { pages, ends: step.value, facts: source.log };
      pages.push(step.value.rows);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { pages, ends: { fault: error.fault, message: error.message }, facts: source.log };
  }
}

let packs = 0;
interface Packed {
  readonly dir: string;
  readonly said: readonly Read[];
}

/** A pack for which every log of the config was read once. */
async function pack(key?: RedactionKey, coarsen?: Unit): Promise<Packed> {
  const cwd = mkdtempSync(path.join(root, 'run-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    writeFileSync(path.join(cwd, name), text);
  }
  const config = await loadConfig({ path: path.join(cwd, 'lifegap.yaml'), cwd, env: {} });
  const dir = path.join(root, `pack-${packs++}`);
  const written = await Pack.begin(dir, config, key, coarsen);
  const options: AuditOptions = { asOf: AS_OF, now: () => AS_OF, env: {}, signal, systems: LIVE };
  const watched = written.watch(options);
  const report = await runAudit(config, watched);
  const said: Read[] = [];
  for (const log of logsOf(config)) said.push(await read(watched.systems ?? LIVE, log));
  await written.seal(report, options, asset);
  return { dir, said };
}

const replayed = async (dir: string): Promise<Read[]> => {
  const { config, options } = await openReplay(dir, signal);
  const all: Read[] = [];
  for (const log of logsOf(config)) all.push(await read(options.systems ?? LIVE, log));
  return all;
};
const logFiles = (dir: string): string[] => filesOf(dir).filter((name) => name.startsWith('logs/'));

describe('logs in a pack', () => {
  it('come out as they went in: entries, pages, facts, how they ended; logs that are called alike stay apart', async () => {
    const { dir, said } = await pack();
    const again = await replayed(dir);
    expect(again).toEqual(said);
    expect(again.map(({ pages }) => pages.map((page) => page.length))).toEqual([[1], [2, 0, 1], [1], [1]]);
    expect(again[2]?.ends).toEqual({ fault: 'permission', message: 'pushes.csv: GET /zqx answered 403' });
    expect((await verifyPack(dir, signal, asset)).problems).toEqual([]);
  });

  it('have hashes as every file, and stand in the manifest', async () => {
    const { dir } = await pack();
    const sums = readFileSync(path.join(dir, 'SHA256SUMS'), 'utf8');
    expect(logFiles(dir).length).toBeGreaterThanOrEqual(4);
    for (const name of logFiles(dir)) expect(sums).toContain(`  ${name}\n`);
    const manifest = JSON.parse(readFileSync(path.join(dir, 'manifest.json'), 'utf8')) as { logs: Record<string, unknown>[] };
    expect(manifest.logs).toContainEqual(
      expect.objectContaining({
        name: 'pushes.csv',
        of: 'hr',
        app: '0oa1',
        asked: { since: '2026-07-27T12:00:00.000Z', until: '2026-11-24T12:00:00.000Z' },
        entriesByKind: { 'action login': 1, 'outcome unknown': 1 },
        completeness: null,
        error: 'pushes.csv: GET /zqx answered 403',
      }),
    );
    const file = logFiles(dir)[0] as string;
    writeFileSync(path.join(dir, file), gzipSync(''));
    expect((await verifyPack(dir, signal, asset)).problems).toEqual([`${file}: changed`]);
  });

  it('hold no path and no option of the config', async () => {
    const { dir } = await pack();
    const record = readFileSync(path.join(dir, 'replay.json'), 'utf8');
    expect(record).not.toMatch(/audit\.ndjson"?,? *"?\/|\/tmp\//);
    const config = (JSON.parse(record) as { config: { apps: { logs?: { options: unknown; dir: string }[] }[] } }).config;
    expect(config.apps.flatMap(({ logs: own = [] }) => own.map(({ options, dir: folder }) => [options, folder]))).toEqual([
      [{ place: 0 }, ''],
      [{ place: 1 }, ''],
      [{ place: 2 }, ''],
    ]);
  });

  it.each<[what: string, change: (row: Record<string, unknown>) => unknown]>([
    ['an action of nobody', (row) => ({ ...row, action: 'destroy' })],
    ['a date that is none', (row) => ({ ...row, at: { at: 'yesterday' } })],
    ['a name that is a number', (row) => ({ ...row, userName: 7 })],
    ['attributes that are no list', (row) => ({ ...row, changed: 'department' })],
    ['an entry that is a list', () => [1]],
  ])('with %s are refused in one line', async (_, change) => {
    const { dir } = await pack();
    for (const file of logFiles(dir)) {
      const lines = gunzipSync(readFileSync(path.join(dir, file))).toString().trim().split('\n'); // prettier-ignore
      const changed = lines.map((line) => JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)));
      writeFileSync(path.join(dir, file), gzipSync(`${changed.join('\n')}\n`));
    }
    await expect(replayed(dir)).rejects.toThrow(/^[^\n]*\.gz is not as lifegap writes it[^\n]*get the pack again from whoever made it$/);
  });

  it('from a pack that has none, are missed by name', async () => {
    const { dir } = await pack();
    const { options } = await openReplay(dir, signal);
    const stranger: LogConfig = { name: 'siem', connector: 'file', options: {}, fields: {}, dir: '', of: 'app', which: 'own' };
    await expect(read(options.systems ?? LIVE, stranger)).rejects.toThrow('the pack holds no log siem');
  });
});

describe('logs in a redacted pack', () => {
  it('name nobody, and what is alike stays alike', async () => {
    const { dir } = await pack(keyOf('one'));
    for (const file of filesOf(dir)) expect(textOf(path.join(dir, file)), file).not.toMatch(/zqx/i);
    const [, crm, pushes] = await replayed(dir);
    const [first, second, third] = crm?.pages.flat() ?? [];
    expect(first).toMatchObject({ action: 'disable', outcome: 'failure', by: 'human', at: { at: Date.parse('2026-10-01T09:18:30Z') } });
    expect(second).toMatchObject({ app: '0oa1', changed: ['department', 'title'] });
    expect(first?.email?.toLowerCase()).toBe(second?.email);
    expect(first?.userName).toBe(third?.personUserName);
    expect([first?.detail, first?.actor]).toEqual([third?.detail, expect.stringMatching(/^p-/)]);
    expect(pushes?.ends).toEqual({ fault: 'permission', message: 'pushes.csv: reading it failed (permission); what it said is withheld' });
    expect(crm?.facts.notes).toEqual([]);
    expect((await verifyPack(dir, signal, asset)).problems).toEqual([]);
  });

  it('have coarse dates where the pack has', async () => {
    const { dir } = await pack(keyOf('one'), 'month');
    const [, crm] = await replayed(dir);
    const october = { at: Date.parse('2026-10-01'), day: true };
    expect(crm?.pages.flat().map((one) => one.at)).toEqual([october, october, undefined]);
  });
});
