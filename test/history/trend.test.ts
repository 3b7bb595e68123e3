import { expect, test } from 'vitest';
import { trendBefore } from '../../src/history/trend.js';
import type { AuditSeen, ListOfAudit } from '../../src/history/queries.js';

const coverage = { create: 'covered', update: 'gap', delete: 'unproven' } as const;

function list(over: Partial<ListOfAudit>): ListOfAudit {
  return { role: 'app', name: 'crm', whole: true, came: 0, went: 0, verdict: 'proven', error: false, rows: 9, orphaned: 1, stale: 2, missing: 3, coverage, ...over }; // prettier-ignore
}

function audit(id: number, asOf: string, lists: readonly ListOfAudit[]): AuditSeen {
  return { id, asOf, tool: 'lifegap', exitCode: 0, lists };
}

test('a trend is made of earlier audits, and of lists that were read whole', () => {
  const audits = [
    audit(1, '2026-01-01T00:00:00.000Z', [list({ role: 'directory', name: 'hr' }), list({})]),
    audit(2, '2026-01-02T00:00:00.000Z', [list({ whole: false }), list({ name: 'wiki', orphaned: 7 })]),
    audit(3, '2026-01-03T00:00:00.000Z', [list({})]),
  ];
  expect(trendBefore(audits, Date.parse('2026-01-03T00:00:00Z'))).toEqual([
    { asOf: '2026-01-01T00:00:00.000Z', apps: [{ name: 'crm', orphaned: 1, stale: 2, missing: 3, coverage }] },
    { asOf: '2026-01-02T00:00:00.000Z', apps: [{ name: 'wiki', orphaned: 7, stale: 2, missing: 3, coverage }] },
  ]);
});
