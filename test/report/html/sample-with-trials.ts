import type { Report } from '../../../src/model/report.js';
import type { Trial } from '../../../src/model/trial.js';
import { sampleReport } from '../sample.js';

const ENTRIES: Trial['log'] = [
  { at: '2026-10-01T09:12:00Z', action: 'disable', outcome: 'success', by: 'system', log: 'corp-okta' },
  { at: '2026-10-01T09:18:00Z', action: 'disable', outcome: 'failure', by: 'scim', log: 'corp-okta' },
];

/** Trials of every outcome, dated and not. */
const TRIALS: readonly Trial[] = [
  trial('p-1', { outcome: 'followed', followedAt: '2026-10-01T11:00:00Z', lagHours: 2, evidence: 'switched off at 2026-10-01T11:00:00Z' }),
  trial('p-2', {
    outcome: 'followed',
    followedAt: '2026-10-21T09:00:00Z',
    lagHours: 480,
    evidence: 'switched off at 2026-10-21T09:00:00Z',
  }),
  trial('p-3', { outcome: 'open', lagHours: 1273, evidence: 'the account is active', log: ENTRIES }),
  trial('p-4', { at: null, between: ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z'], evidence: 'the status is not known' }),
];

function trial(id: string, over: Partial<Trial>): Trial {
  return {
    person: { id, source: 'corp-ad', userName: `user-${id}` },
    account: { id: `U-${id}`, userName: `name-${id}` },
    event: 'left',
    at: '2026-10-01T09:00:00Z',
    outcome: 'undetermined',
    followedAt: null,
    lagHours: null,
    evidence: '',
    ...over,
  };
}

/** The sample, with the trials behind every stage of its first app. */
export function sampleWithTrials(): Report {
  const sample = sampleReport();
  const apps = sample.apps.map((app, i) => {
    const { create, update, delete: removal } = app.coverage;
    return i > 0 ? app : { ...app, coverage: { create, update, delete: { ...removal, evidence: TRIALS } } };
  });
  const [slack] = sample.apps.filter((app) => app.name === 'slack');
  const coverage = { create: 'covered', update: 'gap', delete: 'contradicted' } as const;
  const seen = { name: slack?.name ?? '', orphaned: 9, stale: 0, missing: 4, coverage };
  const trend = [
    { asOf: '2026-11-01T00:00:00.000Z', apps: [seen] },
    { asOf: '2026-11-12T00:00:00.000Z', apps: [] },
    { asOf: '2026-11-20T00:00:00.000Z', apps: [{ ...seen, orphaned: 6 }] },
  ];
  return { ...sample, apps, trend };
}
