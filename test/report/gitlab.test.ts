import { expect, test } from 'vitest';
import { gitlab } from '../../src/report/gitlab.js';
import { describeCiFormat } from './ci-format.js';
import { text } from './medium.js';
import { sampleReport } from './sample.js';

describeCiFormat('gitlab', gitlab, {
  most: 80_000_000,
  parse: (out) => {
    const entries = JSON.parse(out) as { fingerprint: string; severity: string; location: { lines: { begin: number } } }[];
    for (const entry of entries) expect(['blocker', 'critical', 'major', 'minor', 'info']).toContain(entry.severity);
    expect(entries.length).toBeGreaterThan(19);
  },
});

test('GitLab: fingerprints are unique, and what is accepted is only information', () => {
  const entries = JSON.parse(text(gitlab, sampleReport())) as { fingerprint: string; severity: string; description: string }[];
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  expect(entries.filter(({ description }) => description.includes('accepted until'))).toMatchObject([{ severity: 'info' }]);
});
