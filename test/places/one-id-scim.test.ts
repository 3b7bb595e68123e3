// Users of one id on several pages that contradict each other: the order of pages never matters.
import { describe, expect, it } from 'vitest';
import { audited, csv, verdicts, type Vendor } from '../connectors/audited.js';

const HR = csv(
  'id,email,state,endAt',
  'p1,ada@corp.example,active,',
  'p2,ben@corp.example,terminated,2026-09-30',
  'p3,cy@corp.example,active,',
);
const CONFIG = `directory: { name: hr, connector: file, path: hr.csv }
apps: { app: { connector: scim, url: "\${env:ORIGIN}/scim/v2", token: "\${env:SECRET}" } }
`;
const user = (id: string, email: string, active: boolean): object => ({
  id,
  userName: email,
  emails: [{ value: email, type: 'work' }],
  active,
});
const ADA = user('u1', 'ada@corp.example', true);
const CY = user('u3', 'cy@corp.example', true);
const BEN_OFF = user('u2', 'ben@corp.example', false);
const BEN_ON = user('u2', 'ben@corp.example', true);

/** Two users a page. */
function server(users: readonly object[]): Vendor {
  return ({ path, query }) => {
    if (!path.endsWith('/Users')) return undefined;
    const start = Math.max(1, Number(query.get('startIndex') ?? 1));
    const Resources = users.slice(start - 1, start - 1 + Math.min(2, Number(query.get('count') ?? 2)));
    return { body: { totalResults: users.length, startIndex: start, itemsPerPage: Resources.length, Resources } };
  };
}

async function judged(users: readonly object[]): Promise<readonly string[]> {
  return verdicts(await audited(CONFIG, { 'hr.csv': HR }, server(users)));
}

describe('SCIM users of one id that contradict each other', () => {
  it.each([
    ['off first', [ADA, BEN_OFF, CY, BEN_ON]],
    ['on first', [ADA, BEN_ON, CY, BEN_OFF]],
    ['three of them', [BEN_OFF, ADA, BEN_ON, CY, BEN_OFF]],
  ])('let a leaver in where one does: %s', async (_, users) => {
    expect(await judged(users)).toContain('u2 orphaned:owner-terminated high');
  });

  it('are no finding where all of them are off', async () => {
    expect((await judged([ADA, BEN_OFF, CY, BEN_OFF])).filter((line) => line.startsWith('u2'))).toEqual([]);
  });
});
