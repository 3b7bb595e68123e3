import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Completeness } from '../../../src/model/completeness.js';
import type { LogConfig } from '../../../src/model/config.js';
import { UsageError } from '../../../src/model/errors.js';
import type { LogEntry } from '../../../src/model/log.js';
import type { RequestSeen } from '../../../src/model/request-seen.js';
import type { LogSource, PullOptions } from '../../../src/contract/source.js';
import { LOGS, SYSTEMS } from '../../../src/sources/registry.js';
import { failure, fileOf } from './files.js';

type Setup = Partial<Pick<LogConfig, 'fields' | 'dates' | 'app'>> & {
  readonly options?: object;
  readonly seen?: (request: RequestSeen) => void;
};

function logOf(file: string, { options = {}, fields = {}, dates, app, seen }: Setup = {}): Promise<LogSource> {
  const where = { name: 'siem', connector: 'file', options: { path: path.basename(file), ...options }, dir: path.dirname(file) };
  const config: LogConfig = {
    ...where,
    fields,
    of: 'app',
    which: 'own',
    ...(dates === undefined ? {} : { dates }),
    ...(app === undefined ? {} : { app }),
  };
  const context = { redact: (text: string) => text, env: {}, pageConcurrency: 1, ...(seen === undefined ? {} : { onRequest: seen }) };
  return SYSTEMS.log(config, context);
}

interface Pulled {
  readonly entries: readonly LogEntry[];
  readonly pages: readonly number[];
  readonly completeness: Completeness;
}

async function pull(log: LogSource, more: Partial<PullOptions> = {}): Promise<Pulled> {
  const entries: LogEntry[] = [];
  const pages: number[] = [];
  const list = log.pull({ signal: new AbortController().signal, window: { since: 0, until: Infinity }, ...more });
  for (;;) {
    const step = await list.next();
    if (step.done === true) return { entries, pages, completeness: step.value };
    entries.push(...step.value.rows);
    pages.push(step.value.rows.length);
  }
}

async function read(name: string, content: string | Uint8Array, setup?: Setup): Promise<Pulled> {
  return pull(await logOf(fileOf(name, content), setup));
}

const lines = (...all: readonly object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('');
const OFF = { at: '2026-10-02T08:00:00Z', action: 'disable', accountId: 'a1' };
const NEW = { at: '2026-10-01T08:00:00Z', action: 'create', accountId: 'a2' };
const short = ({ entries }: Pulled) => entries.map(({ at, action, accountId }) => [new Date(at?.at ?? 0).toISOString(), action, accountId]);
const BOTH = [
  ['2026-10-02T08:00:00.000Z', 'disable', 'a1'],
  ['2026-10-01T08:00:00.000Z', 'create', 'a2'],
];
const csv = (header: string, delimiter = ','): string =>
  [header, ...[OFF, NEW].map(({ at, action, accountId }) => [at, action, accountId].join(delimiter)), ''].join('\n');

describe('an export of a log', () => {
  it.each<readonly [name: string, text: string, setup: Setup]>([
    ['log.csv', csv('at,action,accountId'), {}],
    ['log.csv', csv('AT,Action,Account ID'), {}],
    ['log.csv', csv('at;action;account_id', ';'), {}],
    ['log.tsv', csv('at\taction\tACCOUNT.ID', '\t'), {}],
    ['log.ndjson', lines(OFF, NEW), {}],
    ['log.jsonl', lines({ ...OFF, accountId: undefined, account_id: 'a1' }, NEW), {}],
    ['log.json', JSON.stringify([OFF, NEW]), {}],
    ['log.json', JSON.stringify({ Records: [OFF, NEW] }), {}],
    ['log.json', JSON.stringify({ records: [OFF, NEW], schemas: ['urn:x'] }), {}],
    ['log.json', JSON.stringify({ a: { hits: [OFF, NEW] }, b: [{}] }), { options: { records: 'a.hits' } }],
    ['log.export', csv('at,action,accountId'), { options: { format: 'csv' } }],
    [
      'log.csv',
      'when,event,who\n02/10/2026 08:00,user.off,a1\n2026-10-01 08:00,user.new,a2\n',
      {
        fields: { at: 'when', accountId: 'who', action: { from: 'event', map: { 'user.off': 'disable', 'user.new': 'create' } } },
        dates: 'dmy',
      },
    ],
  ])('%s: %j', async (name, text, setup) => {
    for (const [file, content] of [
      [name, text],
      [`${name}.gz`, gzipSync(text)],
    ] as const) {
      const pulled = await read(file, content, setup);
      expect([short(pulled), pulled.completeness.verdict, pulled.completeness.reasons]).toEqual([BOTH, 'consistent', []]);
      expect(pulled.completeness).toMatchObject({ received: 2, unique: 2 });
    }
  });

  it('is read through paths, as an identity provider writes its log', async () => {
    const event = (eventType: string, result: string, more: object = {}) => ({
      uuid: `${eventType}-1`,
      published: '2026-10-02T08:00:00.123Z',
      eventType,
      outcome: { result, reason: result === 'FAILURE' ? 'quota' : null },
      actor: { displayName: 'Okta', type: 'SystemPrincipal' },
      target: [{ id: '00u1', type: 'AppUser', alternateId: 'ada@corp.example' }, { id: '0oa1', type: 'AppInstance' }],
      ...more,
    }); // prettier-ignore
    const { entries } = await read(
      'okta.ndjson',
      lines(event('push.off', 'SUCCESS'), event('push.new', 'FAILURE'), event('signon', 'ALLOW')),
      {
        fields: {
          id: 'uuid',
          at: 'published',
          accountId: 'target[type=AppUser].id',
          userName: 'target[type=AppUser].alternateId',
          app: 'target[type=AppInstance].id',
          actor: 'actor.displayName',
          detail: 'outcome.reason',
          action: { from: 'eventType', map: { 'push.off': 'disable', 'push.new': 'create' } },
          outcome: { from: 'outcome.result', map: { SUCCESS: 'success', FAILURE: 'failure' } },
          by: { from: 'actor.type', map: { SystemPrincipal: 'scim', User: 'human' } },
        },
      },
    );
    const same = {
      at: { at: Date.UTC(2026, 9, 2, 8, 0, 0, 123) },
      accountId: '00u1',
      userName: 'ada@corp.example',
      app: '0oa1',
      actor: 'Okta',
      by: 'scim',
    };
    expect(entries).toEqual([
      expect.objectContaining({ ...same, id: 'push.off-1', action: 'disable', outcome: 'success', outcomeTold: true }),
      expect.objectContaining({ ...same, action: 'create', outcome: 'failure', outcomeTold: true, detail: 'quota' }),
      { at: same.at, action: 'other', outcome: 'unknown', outcomeTold: false, app: '0oa1', by: 'scim' },
    ]);
  });

  it('may be a file of CloudTrail, as S3 keeps it', async () => {
    const records = ['CreateUser', 'DeleteUser', 'GetUser'].map((eventName, i) => ({
      eventID: `e${i}`,
      eventTime: '2026-10-02T08:00:00Z',
      eventName,
      requestParameters: { userName: 'ada' },
      ...(i === 1 ? { errorCode: 'AccessDenied' } : {}),
    }));
    const { entries, completeness } = await read('trail.json.gz', gzipSync(JSON.stringify({ Records: records })), {
      fields: {
        at: 'eventTime',
        userName: 'requestParameters.userName',
        detail: 'errorCode',
        action: { from: 'eventName', map: { CreateUser: 'create', DeleteUser: 'delete' } },
        outcome: { from: 'errorCode', map: { AccessDenied: 'failure' }, absent: 'success' },
      },
    });
    expect(entries.map(({ action, outcome, userName }) => [action, outcome, userName])).toEqual([
      ['create', 'success', 'ada'],
      ['delete', 'failure', 'ada'],
      ['other', 'unknown', undefined],
    ]);
    expect(completeness.verdict).toBe('consistent');
  });

  it('keeps every entry, however odd: none is left out', async () => {
    const { entries, completeness } = await read('log.ndjson', lines({}, { at: 'soon', action: 'x' }, OFF, OFF));
    expect(entries.map(({ at, action }) => [at?.at, action])).toEqual([
      [undefined, 'other'],
      [undefined, 'other'],
      [Date.UTC(2026, 9, 2, 8), 'disable'],
      [Date.UTC(2026, 9, 2, 8), 'disable'],
    ]);
    expect(completeness).toMatchObject({
      verdict: 'consistent',
      received: 4,
      unique: 4,
      unread: [{ field: 'at', cause: 'unreadable', values: 1 }],
    });
  });

  it('asks its dates for their order, and leaves out what they do not show', async () => {
    const dated = (...days: readonly string[]) => read('log.csv', ['at,action', ...days.map((day) => `${day},create`), ''].join('\n'));
    const at = ({ entries }: Pulled) =>
      entries.map((one) => (one.at === undefined ? undefined : new Date(one.at.at).toISOString().slice(0, 10)));
    expect(at(await dated('11/12/2026', '13/12/2026'))).toEqual(['2026-12-11', '2026-12-13']);
    const open = await dated('11/12/2026', '2026-12-13');
    expect(at(open)).toEqual([undefined, '2026-12-13']);
    expect(open.completeness.unread).toMatchObject([{ field: 'at', cause: 'two-ways', values: 1 }]);
  });

  it('comes in pages, and check reads one', async () => {
    const text = lines(...Array.from({ length: 2500 }, (_, i) => ({ ...OFF, id: i })));
    const { entries, pages } = await read('log.ndjson', text);
    expect([entries.map(({ id }) => id), Math.max(...pages)]).toEqual([Array.from({ length: 2500 }, (_, i) => String(i)), 1000]);
    const raw: unknown[] = [];
    const onRaw = (...both: readonly unknown[]) => void raw.push(both);
    const one = await pull(await logOf(fileOf('log.ndjson', text)), { firstPagesOnly: true, onRaw });
    expect(one.pages).toEqual([1000]);
    expect(raw).toHaveLength(1000);
    expect(raw[0]).toMatchObject([
      { accountId: 'a1', id: 0 },
      { accountId: 'a1', id: '0', action: 'disable' },
    ]);
  });

  it('is told as evidence, with the hash of its bytes', async () => {
    const seen: RequestSeen[] = [];
    await read('log.ndjson', lines(OFF, NEW), { seen: (request) => seen.push(request) });
    expect(seen).toMatchObject([
      { method: 'READ', path: 'log.ndjson', rows: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ]);
  });

  it('says of itself that it tells of no more than it has', async () => {
    expect((await logOf(fileOf('log.ndjson', ''))).log).toEqual({ lateness: 0, tellsUpdates: false, notes: [] });
    expect(Object.keys(LOGS)).toContain('file');
  });
});

describe('an export that is not whole', () => {
  const zipped = gzipSync(lines(OFF, NEW));

  it.each<readonly [string, string | Uint8Array, string]>([
    ['log.ndjson.gz', zipped.subarray(0, -4), 'siem: reading log.ndjson.gz: the gzip data ends too early; fetch or export the file again'],
    ['log.ndjson', `${lines(OFF)}{"at":`, 'siem: reading log.ndjson: the last line, 2, is cut off; export the file again'],
    ['log.csv', 'at,action,who\n2026-10-01,create,a\n2026-10-', 'siem: reading log.csv: line 3 has 1 cell where the header has 3'],
    ['log.json', '[{"at":', 'siem: reading log.json: the JSON ends too early'],
    ['log.json', '{"a":[{}],"b":[{}]}', 'siem: reading log.json: the JSON object holds several lists: "a", "b"; set records:'],
    ['log.csv', 'when,action\n2026-10-01,create\n', 'no field is mapped to at; set fields: { at: … } with one of "when", "action"'],
    ['log.csv', 'at,what\n2026-10-01,create\n', 'no field is mapped to action; set action: { from: …, map: { … } } with one of'],
  ])('fails: %s %#', async (name, content, expected) => {
    expect(await failure(read(name, content))).toContain(expected);
  });

  it('fails without a column that the config names, without a file, and without a format', async () => {
    const text = csv('at,action,accountId');
    expect(await failure(read('log.csv', text, { fields: { userName: 'login' } }))).toContain(
      'it has no column "login"; the columns are "at"',
    );
    expect(await failure(read('log.csv', text, { options: { path: 'other.csv' } }))).toContain('there is no such file');
    await expect(read('log.log', text)).rejects.toThrow(UsageError);
  });

  it.each<readonly [string, string, string]>([
    ['log.ndjson', '', 'the file holds no rows'],
    ['log.csv', 'at,action\n', 'the file holds no rows'],
    ['log.json', '{"Records":[]}', 'the file holds no rows'],
    ['log.ndjson', lines({ when: 1, what: 'x' }), 'at: no record has "at"; set fields: { at: … }'],
    ['log.ndjson', lines({ at: OFF.at, what: 'x' }), 'action: no record has "action"; set action: { from: …, map: { … } }'],
    ['log.json', JSON.stringify({ value: [OFF], '@odata.nextLink': 'https://x.example/2' }), 'the document goes on'],
    ['log.csv', `at,action\n${'2026-10-01,create\n'.repeat(65_535)}`, 'the file has exactly 65536 lines, as many as a sheet'],
  ])('is not proven: %s %#', async (name, text, reason) => {
    const { completeness } = await read(name, text);
    expect([completeness.verdict, completeness.reasons]).toEqual(['unproven', expect.arrayContaining([expect.stringContaining(reason)])]);
  });

  it('is not proven where it changes while it is read', async () => {
    const file = fileOf('log.ndjson', lines(...Array.from({ length: 3000 }, () => OFF)));
    const list = (await logOf(file)).pull({ signal: new AbortController().signal, window: { since: 0, until: 1 } });
    let step = await list.next();
    appendFileSync(file, lines(NEW));
    while (step.done !== true) step = await list.next();
    expect([step.value.verdict, step.value.reasons]).toEqual(['unproven', [expect.stringContaining('the file changed while it was read')]]);
  });

  it.each<readonly [reason: string, setup: Setup]>([
    ['outcome: no record has "result"; set outcome: { from: …', { fields: { outcome: { from: 'result', map: { ok: 'success' } } } }],
    ['app: no record has "app"; set fields: { app: … }', { app: 'crm' }],
  ])('is not proven where what failed, or what is of another app, would count: %s', async (reason, setup) => {
    const { completeness } = await read('log.ndjson', lines(OFF), setup);
    expect([completeness.verdict, completeness.reasons]).toEqual(['unproven', [expect.stringContaining(reason)]]);
  });

  it('is as good as any where the config says what no outcome means, or the log tells of several apps', async () => {
    const outcome = { from: 'errorCode', map: { AccessDenied: 'failure' }, absent: 'success' };
    for (const [line, setup] of [
      [OFF, { fields: { outcome } }],
      [{ ...OFF, app: 'wiki' }, { app: 'crm' }],
    ] as const)
      expect((await read('log.ndjson', lines(line), setup)).completeness).toMatchObject({ verdict: 'consistent' });
    expect(await failure(read('log.csv', csv('at,action,accountId'), { app: 'crm' }))).toContain('no field is mapped to app; set fields');
  });

  it('says where nothing that happened is in the map of its actions', async () => {
    const action = { from: 'action', map: { Disable: 'disable', on: 'enable' } };
    const told = async (...all: readonly object[]) =>
      (await read('log.ndjson', lines(...all), { fields: { action } })).completeness.reasons;
    expect(await told({ ...OFF, action: 'DISABLED' })).toEqual([
      'action: no record has a word that its map lists, so the log tells of nothing; set action: { from: …, map: { … } }',
    ]);
    expect(await told({ ...OFF, action: 'DISABLED' }, { ...OFF, action: 'on' })).toEqual([]);
  });

  it('says where the config names what no record has', async () => {
    const { completeness } = await read('log.ndjson', lines(OFF), { fields: { userName: 'login' } });
    expect([completeness.verdict, completeness.reasons]).toEqual(['consistent', ['userName: no record has "login"']]);
  });

  const row = (preview: boolean, one?: object) => ({ preview, offset: 0, ...(one === undefined ? { lastrow: true } : { result: one }) });
  const results = { fields: { at: 'result.at', action: 'result.action', accountId: 'result.accountId' } };

  it('leaves out what Splunk gave before its search had ended', async () => {
    const found = await read(
      'log.ndjson',
      lines(row(true, OFF), row(true, OFF), row(true, NEW), row(false, OFF), row(false, NEW), row(false)),
      results,
    );
    expect(short(found)).toEqual(BOTH);
    expect([found.completeness.verdict, found.completeness.reasons]).toEqual([
      'consistent',
      ['3 rows are previews of a search of Splunk that had not ended, and left out'],
    ]);
  });

  it('is not proven where Splunk gave no more than previews', async () => {
    const { entries, completeness } = await read('log.ndjson', lines(row(true, OFF), row(true, NEW)), results);
    expect([entries, completeness.verdict, completeness.reasons.join()]).toEqual([
      [],
      'unproven',
      expect.stringContaining(
        '2 rows are previews of a search of Splunk that had not ended, and there is no other; export again with preview=false',
      ),
    ]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await failure(logOf(fileOf('log.ndjson', lines(OFF))).then((log) => pull(log, { signal: stop.signal })))).toContain(
      'was stopped',
    );
  });
});
