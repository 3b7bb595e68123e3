// A log that is a folder of files: what CloudTrail keeps in S3, and what shippers rotate.
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../../src/audit/run.js';
import { loadConfig } from '../../../src/config/load.js';
import type { Completeness } from '../../../src/model/completeness.js';
import type { LogConfig } from '../../../src/model/config.js';
import type { LogEntry } from '../../../src/model/log.js';
import type { RequestSeen } from '../../../src/model/request-seen.js';
import type { PullOptions } from '../../../src/contract/source.js';
import { SYSTEMS } from '../../../src/sources/registry.js';
import { failure, folder } from './files.js';

type Files = Readonly<Record<string, string | Uint8Array>>;
type Given = Partial<Pick<LogConfig, 'fields' | 'app' | 'dates'>> & { readonly options?: object; readonly seen?: RequestSeen[] };
type More = Partial<PullOptions> & { readonly onPage?: (n: number) => void };

/** The files below `logs` of a new folder; gives that folder. */
function written(files: Files): string {
  const dir = folder();
  mkdirSync(path.join(dir, 'logs'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(dir, 'logs', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
  }
  return dir;
}

async function pull(dir: string, { options = {}, fields = {}, app, dates, seen }: Given = {}, { onPage, ...more }: More = {}) {
  const config: LogConfig = {
    ...{ name: 'siem', connector: 'file', options: { path: 'logs', ...options }, dir, fields, of: 'app', which: 'own' },
    ...(app === undefined ? {} : { app }),
    ...(dates === undefined ? {} : { dates }),
  };
  const context = { redact: (text: string) => text, env: {}, pageConcurrency: 1, onRequest: (one: RequestSeen) => void seen?.push(one) };
  const log = await SYSTEMS.log(config, context);
  const list = log.pull({ signal: new AbortController().signal, window: { since: 0, until: Infinity }, ...more });
  const entries: LogEntry[] = [];
  for (let n = 0; ; n++) {
    const step = await list.next();
    if (step.done === true) return { entries, completeness: step.value };
    entries.push(...step.value.rows);
    onPage?.(n);
  }
}

const read = (files: Files, given?: Given, more?: More) => pull(written(files), given, more);
const line = (accountId: string): string => `${JSON.stringify({ at: '2026-10-02T08:00:00Z', action: 'disable', accountId })}\n`;
const who = ({ entries }: { readonly entries: readonly LogEntry[] }) => entries.map(({ accountId }) => accountId).join(' ');
const said = ({ completeness: { verdict, reasons } }: { readonly completeness: Completeness }) => [verdict, ...reasons];

const TRAIL = 'AWSLogs/111122223333/CloudTrail/us-east-1/2026/10';
const event = (eventName: string, userName: string, more: object = {}) => ({
  eventID: `${eventName}-${userName}`,
  eventTime: '2026-10-02T08:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName,
  userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/ops/ada' },
  requestParameters: { userName },
  ...more,
});
const records = (...all: readonly object[]): string => JSON.stringify({ Records: all });
const DIGEST = JSON.stringify({
  awsAccountId: '111122223333',
  digestS3Object: 'AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/10/02/x.json.gz',
  logFiles: [{ s3Object: `${TRAIL}/02/a.json.gz`, hashValue: '00', newestEventTime: '2026-10-02T08:00:00Z' }],
});

describe('a folder of log files', () => {
  it('is read in the order of the paths, whatever each file is', async () => {
    const pulled = await read({
      'crm-2026-10-03.ndjson.gz': line('c'),
      'crm-2026-10-02.ndjson': line('b'),
      '2026/10/01/crm.csv': 'at,action,accountId\n2026-10-02,create,a\n',
      '2026/10/02/crm.tsv.gz': 'accountId\tAction\tat\na2\tcreate\t2026-10-02\n',
      'x.jsonl': line('d'),
      'y.JSON': `[${line('e')}]`,
    });
    expect(who(pulled)).toBe('a a2 b c d e');
    expect(said(pulled)).toEqual(['consistent']);
    expect(pulled.completeness).toMatchObject({ received: 6, unique: 6, pages: 6 });
  });

  it.each<readonly [string, Files, readonly string[]]>([
    ['other files', { 'a.ndjson': line('a'), 'README.md': '#', 'b.ndjson.tmp': 'x', '.c.ndjson': '{' }, ['3 files have another extension']],
    ['digests', { [`${TRAIL}/a.json.gz`]: `[${line('a')}]`, 'AWSLogs/1/CloudTrail-Digest/d.json.gz': DIGEST }, ['1 digest of CloudTrail was left out']],
    ['files without entries', { 'a.ndjson': line('a'), 'b.csv': 'at,action\n', 'c.json': '{"Records":[]}', 'd.ndjson.gz': '' }, ['3 files have no entries']],
  ])('counts %s, and is none the worse', async (_, files, remarks) => {
    const pulled = await read(files);
    expect([who(pulled), ...said(pulled)]).toEqual(['a', 'consistent', ...remarks]);
  }); // prettier-ignore

  const TORN = `a${' b'.repeat(100)} c`;
  const torn = gzipSync(line('b').repeat(100)).subarray(0, -6);
  it.each<readonly [string, Files, string, readonly string[]]>([
    ['torn gzip', { 'b.ndjson.gz': torn }, TORN, ['b.ndjson.gz: the gzip data ends too early; fetch or export the file again']],
    ['a cut line', { 'b.ndjson': `${line('b')}{"at":` }, 'a b c', ['b.ndjson: the last line, 2, is cut off; export the file again']],
    ['a line that is no JSON', { 'b/1.ndjson': 'x\n', 'b/2.ndjson': line('b') }, 'a b c', ['b/1.ndjson: line 1 is no JSON; write one JSON object on each line, or set format: json for a document']],
    ['nothing in a file', { 'b.ndjson': '' }, 'a c', ['b.ndjson: the file is empty']],
    ['a header without a column', { 'b.csv': 'when,action\n1,create\n' }, 'a c', ['b.csv: no field is mapped to at; set fields: { at: … } with one of "when", "action"']],
    ['a file of other records', { 'b.ndjson': '{"at":"2026-10-02"}\n' }, 'a  c', ['b.ndjson: action: no record has "action"; set action: { from: …, map: { … } }']],
    ['a page of a longer list', { 'b.json': `{"value":[${line('b')}],"@odata.nextLink":"https://x.example/2"}` }, 'a b c', ['b.json: the document goes on (@odata.nextLink): it is one page of a longer list']],
    ['many of one kind', Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`b${n}.json`, '[{'])), 'a c', ['b1.json, b2.json, b3.json and 2 more: line 1 is no JSON; export the file again, or set format: ndjson for one object per line']],
  ])('is not proven with %s, and gives the others', async (_, files, accounts, doubts) => {
    const pulled = await read({ 'a.ndjson': line('a'), ...files, 'c.ndjson': line('c') });
    expect([who(pulled), ...said(pulled)]).toEqual([accounts, 'unproven', ...doubts]);
  }); // prettier-ignore

  it('keeps to twenty sentences, and loses no doubt', async () => {
    const files = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`b${i}.ndjson`, `${line('b').repeat(i)}x\n`]));
    const [verdict, ...reasons] = said(await read({ 'a.ndjson': line('a'), ...files }));
    expect([verdict, reasons.length, reasons.at(-1)]).toEqual([
      'unproven',
      21,
      'more is wrong with files of the folder: 5 doubts are not shown',
    ]);
  });

  it.each<readonly [string, Files, string]>([
    ['empty', {}, 'the folder holds no log files (.csv, .tsv, .json, .ndjson, .jsonl, each also with .gz, and .xlsx)'],
    ['of other files', { 'a.log': line('a') }, 'the folder holds no log files'],
    ['of digests', { 'a.json': DIGEST }, 'the folder holds no log files'],
    ['of files without entries', { 'a.csv': 'at,action\n' }, 'the files of the folder hold no rows'],
  ])('is not proven when it is %s', async (_, files, doubt) => {
    const { completeness } = await read(files);
    expect([completeness.verdict, completeness.reasons[0]]).toEqual(['unproven', expect.stringContaining(doubt)]);
  });

  it('fails where no file can be read, where one is a digest by itself, and when it is stopped', async () => {
    expect(await failure(read({ 'b.json': '[{', 'c.json': '[' }))).toBe('siem: reading logs/b.json: line 1 is no JSON; export the file again, or set format: ndjson for one object per line');
    expect(await failure(read({ 'a.json': DIGEST }, { options: { path: 'logs/a.json' } }))).toContain('it is a digest of CloudTrail');
    const stopped = AbortSignal.abort();
    expect(await failure(read({ 'a.ndjson': line('a'), 'b.ndjson': line('b') }, {}, { signal: stopped }))).toContain('was stopped');
  }); // prettier-ignore

  it('follows no link: one that stays inside is said, one that leads out is a doubt', async () => {
    const dir = written({ 'a.ndjson': line('a'), 'sub/b.ndjson': line('b') });
    const link = (to: string, name: string): void => symlinkSync(path.join(dir, to), path.join(dir, 'logs', name));
    link('logs/a.ndjson', 'current.ndjson');
    link('logs', 'sub/round');
    const inside = await pull(dir);
    expect([who(inside), ...said(inside)]).toEqual(['a b', 'consistent', '2 links were not followed']);
    writeFileSync(path.join(dir, 'c.ndjson'), line('c'));
    link('c.ndjson', 'd.ndjson');
    const out = await pull(dir);
    expect(who(out)).toBe('a b');
    expect(said(out).slice(0, 2)).toEqual(['unproven', 'd.ndjson: it is a link out of the folder, which is not followed; copy the files into it']);
  }); // prettier-ignore

  it.each<readonly [string, (logs: string) => void, string]>([
    ['a file more', (logs) => writeFileSync(path.join(logs, 'c.ndjson'), line('c')), '2 files before, 3 after'],
    ['a file that grows after it was read', (logs) => appendFileSync(path.join(logs, 'a.ndjson'), line('x')), 'files were written or replaced'],
  ])('is not proven when it changes meanwhile: %s', async (_, change, what) => {
    const dir = written({ 'a.ndjson': line('a'), 'b.ndjson': line('b') });
    // The first file is closed when the page of the second one comes.
    const pulled = await pull(dir, {}, { onPage: (n) => n === 1 && change(path.join(dir, 'logs')) });
    expect([pulled.completeness.verdict, pulled.completeness.reasons]).toEqual([
      'unproven',
      expect.arrayContaining([`the folder changed while it was read: ${what}`]),
    ]);
  }); // prettier-ignore

  it('says what no file has, not what one of them lacks, and counts odd values together', async () => {
    const fields = { userName: 'login', detail: 'why' };
    const one = (more: object) => `${JSON.stringify({ at: 'soon', action: 'create', ...more })}\n`;
    const pulled = await read({ 'a.ndjson': one({ login: 'ada' }), 'b.ndjson': one({}) }, { fields });
    expect(said(pulled)).toContain('detail: no record has "why"');
    expect(said(pulled).join('\n')).not.toContain('login');
    expect(pulled.completeness.unread).toMatchObject([{ field: 'at', cause: 'unreadable', values: 2 }]);
  });

  it('asks the dates of each file for their order', async () => {
    const dated = (...days: readonly string[]) => ['at,action', ...days.map((day) => `${day},create`), ''].join('\n');
    const { entries } = await read({ 'a.csv': dated('11/12/2026', '13/12/2026'), 'b.csv': dated('11/12/2026', '12/13/2026'), 'c.csv': dated('11/12/2026') });
    expect(entries.map(({ at }) => at && new Date(at.at).toISOString().slice(5, 10))).toEqual(['12-11', '12-13', '11-12', '12-13', undefined]);
  }); // prettier-ignore

  it('shows check the first page alone', async () => {
    const raw: unknown[] = [];
    const files = { 'a.json': DIGEST, 'b.ndjson': line('b'), 'c.ndjson': line('c') };
    const pulled = await read(files, {}, { firstPagesOnly: true, onRaw: (one) => void raw.push(one) });
    expect([who(pulled), raw]).toEqual(['b', [expect.objectContaining({ accountId: 'b' })]]);
  });

  it('is told as evidence file by file', async () => {
    const seen: RequestSeen[] = [];
    await read({ 'a.ndjson': line('a'), 'x/b.ndjson.gz': line('b') }, { seen });
    expect(seen.map(({ path: at, rows, sha256 }) => [at, rows, sha256?.length])).toEqual([
      ['logs/a.ndjson', 1, 64],
      ['logs/x/b.ndjson.gz', 1, 64],
    ]);
  });
});

it('tells an audit what CloudTrail saw of the users of an account', async () => {
  const dir = written({
    [`${TRAIL}/02/a.json.gz`]: records(event('CreateUser', 'ada'), event('DeleteUser', 'ada', { errorCode: 'AccessDenied' })),
    [`${TRAIL}/03/a.json.gz`]: records(
      event('DeleteLoginProfile', 'ada'),
      event('CreateUser', 'ada', { eventSource: 'transfer.amazonaws.com', eventID: 'other' }),
      event('DeleteUser', 'ben', { errorCode: 'NewCodeException' }),
    ),
    'AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/10/02/d.json.gz': DIGEST,
  });
  writeFileSync(path.join(dir, 'people.csv'), 'id,userName,state\np1,ada,active\np2,ben,active\n');
  writeFileSync(path.join(dir, 'users.csv'), 'id,userName,status\nAIDA1,ada,active\nAIDA2,ben,active\n');
  const map = 'map: { CreateUser: create, UpdateUser: update, DeleteUser: delete }';
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
history: false
directory: { name: hr, connector: file, path: people.csv }
apps:
  aws:
    connector: file
    path: users.csv
    log:
      - connector: file
        path: logs
        app: iam.amazonaws.com
        fields: { id: eventID, at: eventTime, app: eventSource, userName: requestParameters.userName, actor: userIdentity.arn, detail: errorCode }
        action: { from: eventName, ${map} }
        outcome: { from: errorCode, absent: success, map: { AccessDenied: failure } }
`,
  );
  const asOf = Date.parse('2026-10-20T00:00:00Z');
  const config = await loadConfig({ path: path.join(dir, 'lifegap.yaml'), cwd: dir, env: {} });
  const { apps } = await runAudit(config, { asOf, now: () => asOf, env: {}, signal: new AbortController().signal, systems: SYSTEMS });
  const [log] = apps[0]?.logs ?? [];
  expect(log).toMatchObject({ name: 'logs', entries: 4, error: null, failures: [{ detail: 'AccessDenied', count: 1 }] });
  expect([log?.completeness.verdict, log?.completeness.reasons]).toEqual([
    'consistent',
    ['1 digest of CloudTrail was left out', '1 entry of other apps is skipped'],
  ]);
});
