import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccepted } from '../../src/config/accepted.js';

const ID = 'f-04c2d3e4f506172877aa';
let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'lifegap-accepted-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

async function read(text: string): ReturnType<typeof readAccepted> {
  const file = path.join(dir, 'accepted.yaml');
  await writeFile(file, text);
  return readAccepted(file, 'accepted.yaml', ['slack', 'crm']);
}

const decision = '    reason: moves to workload identity\n    owner: iam@corp.example\n    until: 2027-01-31\n';

describe('the file of accepted findings', () => {
  it('names findings by id or exactly', async () => {
    const entries = await read(
      `version: 1\naccepted:\n  - id: ${ID}\n${decision}  - finding: { app: slack, class: orphaned, reason: no-owner, account: U0100 }\n${decision}`,
    );
    const rest = { reason: 'moves to workload identity', owner: 'iam@corp.example', until: '2027-01-31' };
    expect(entries).toEqual([
      { line: 3, id: ID, ...rest },
      { line: 7, finding: { app: 'slack', class: 'orphaned', reason: 'no-owner', account: 'U0100' }, ...rest },
    ]);
    const known = await read(`version: 1\naccepted:\n  - id: ${ID}\n    found: ambiguous\n    may_be_orphaned: true\n${decision}`);
    expect(known).toEqual([{ line: 3, id: ID, found: 'ambiguous', mayBeOrphaned: true, ...rest }]);
    expect(await read('version: 1\naccepted: []\n')).toEqual([]);
  });

  it.each([
    ['', 'accepted.yaml:1:1 version: '],
    ['version: 1\n', 'accepted.yaml:1:1 accepted: '],
    ['version: 2\naccepted: []\n', 'accepted.yaml:1:10 version: '],
    [`version: 1\naccepted:\n  - id: ${ID}\n    reason: x\n    owner: y\n`, 'accepted.yaml:3:5 accepted[0].until: expected a date'],
    [`version: 1\naccepted:\n  - id: ${ID}\n    reason: x\n    owner: y\n    until: 2027-02-30\n`, 'accepted.yaml:6:12 accepted[0].until: there is no such day'],
    [`version: 1\naccepted:\n  - id: ${ID}\n    reason: ''\n    owner: y\n    until: 2027-02-01\n`, 'accepted[0].reason: expected text'],
    [`version: 1\naccepted:\n  - id: f-04*\n${decision}`, 'accepted.yaml:3:9 accepted[0].id: wildcards are refused'],
    [`version: 1\naccepted:\n  - id: ada\n${decision}`, 'accepted.yaml:3:9 accepted[0].id: expected the id of a finding'],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: orphaned, reason: no-owner, account: "*" }\n${decision}`, 'accepted[0].finding.account: wildcards are refused'],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: orphaned, reason: no-owner, account: 'U?' }\n${decision}`, 'accepted[0].finding.account: wildcards are refused'],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: orphaned, reason: no-owner }\n${decision}`, 'accepted[0].finding.account: '],
    [`version: 1\naccepted:\n  - finding: { app: slak, class: orphaned, reason: no-owner, account: U1 }\n${decision}`, 'accepted.yaml:3:21 accepted[0].finding.app: expected one of slack, crm, got "slak". Did you mean slack?'],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: inconclusive, reason: unknown-status, account: U1 }\n${decision}`, 'accepted[0].finding.class: expected one of orphaned, stale, missing, conflict'],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: stale, reason: no-owner, account: U1 }\n${decision}`, 'accepted[0].finding.reason: expected one of not-propagated'],
    [`version: 1\naccepted:\n  - id: ${ID}\n    finding: { app: slack, class: stale, reason: unknown, account: U1 }\n${decision}`, 'accepted[0]: expected either id, or finding'],
    [`version: 1\naccepted:\n  - id: ${ID}\n    found: owner-left\n${decision}`, 'accepted.yaml:4:12 accepted[0].found: expected one of owner-terminated, '],
    [`version: 1\naccepted:\n  - id: ${ID}\n    found: unknown-status\n${decision}`, 'accepted[0].found: expected one of owner-terminated, '],
    [`version: 1\naccepted:\n  - id: ${ID}\n    may_be_orphaned: no\n${decision}`, 'accepted.yaml:4:22 accepted[0].may_be_orphaned: '],
    [`version: 1\naccepted:\n  - finding: { app: slack, class: stale, reason: unknown, account: U1 }\n    found: unknown\n${decision}`, 'accepted.yaml:4:12 accepted[0].found: expected beside an id alone'],
    [`version: 1\naccepted:\n  -\n${decision}`, 'accepted[0]: expected either id, or finding'],
    [`version: 1\naccepted:\n  - id: ${ID}\n${decision}  - id: ${ID}\n${decision}`, `accepted.yaml:7:1: accepts ${ID} again, after line 3`],
    [`version: 1\naccepted:\n  - id: ${ID}\n    untill: 2027-01-01\n${decision}`, 'accepted.yaml:4:5 accepted[0].untill: unknown key. Did you mean until?'],
    ['version: 1\naccepted: [\n', 'not valid YAML'],
  ])('is refused where it is wrong: %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(/^\d+ mistakes? in accepted\.yaml; nothing was read\n/);
  }); // prettier-ignore

  it('says every mistake at once', async () => {
    const text = `version: 1\naccepted:\n  - id: nope\n${decision}  - id: ${ID}\n    reason: x\n  - finding: { app: x, class: y, reason: z, account: '*' }\n${decision}`;
    const error = await read(text).then(String, String);
    expect(error.split('\n')).toEqual([
      'UsageError: 4 mistakes in accepted.yaml; nothing was read',
      expect.stringContaining('accepted[0].id'),
      expect.stringContaining('accepted[1].owner'),
      expect.stringContaining('accepted[1].until'),
      expect.stringContaining('accepted[2].finding.account'),
    ]);
  });

  it('that is not there accepts nothing; one that cannot be read is a mistake', async () => {
    expect(await readAccepted(path.join(dir, 'none.yaml'), 'none.yaml', [])).toBeUndefined();
    await expect(readAccepted(dir, 'folder', [])).rejects.toThrow(
      /^the accepted findings folder cannot be read \(EISDIR\); check policy\.accepted$/,
    );
    await writeFile(path.join(dir, 'bytes.yaml'), Buffer.from([0xff, 0xfe, 0xff]));
    await expect(readAccepted(path.join(dir, 'bytes.yaml'), 'bytes.yaml', [])).rejects.toThrow('not UTF-8 text');
  });
});
