import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtBin, lifegap } from '../build.js';

beforeAll(() => builtBin(), 120_000);

const CONFIG = path.resolve(import.meta.dirname, '../../fixtures/scenarios/scim-delete-does-nothing/lifegap.yaml');
const AT = ['--config', CONFIG, '--as-of', '2026-11-01'];

describe('lifegap coverage', () => {
  it('shows the matrix without the findings, and ends as audit does', async () => {
    const audit = await lifegap(['audit', ...AT]);
    const coverage = await lifegap(['coverage', ...AT]);
    expect(coverage.code).toBe(audit.code);
    expect(coverage.stdout).toContain('COVERAGE');
    expect(coverage.stdout).not.toContain('FINDINGS');
    const csv = await lifegap(['coverage', ...AT, '-f', 'csv']);
    expect(csv.stdout).toBe((await lifegap(['audit', ...AT, '-f', 'csv-coverage'])).stdout);
    expect((await lifegap(['coverage', ...AT, '-f', 'markdown'])).stdout).toContain('| app | create | update | delete | mechanism |');
  });

  it('--explain names as many trials as the verdict counts, of the stage that was asked for', async () => {
    const json = await lifegap(['coverage', ...AT, '--explain', 'tickets', '--stage', 'delete', '-f', 'json']);
    const { apps } = JSON.parse(json.stdout) as {
      apps: [{ coverage: Record<string, { trials: number; evidence: { outcome: string }[] }> }];
    };
    expect(Object.keys(apps[0].coverage)).toEqual(['delete']);
    const { trials, evidence } = apps[0].coverage['delete'] as { trials: number; evidence: { outcome: string }[] };
    expect(trials).toBeGreaterThan(0);
    expect(evidence.filter(({ outcome }) => outcome !== 'undetermined')).toHaveLength(trials);
  });

  it.each([
    [['--stage', 'delete'], '--stage goes with --explain APP'],
    [['--explain', 'tickets', '--stage', 'remove'], '--stage remove: expected one of create, update, delete'],
    [['--explain', 'tickets', '--app', 'tickets'], 'leave --app away'],
    [['--explain', 'tikcets'], 'tikcets'],
    [['--format', 'sarif'], '--format sarif: expected one of table, csv, markdown, json'],
  ])('%j is a mistake of usage, on one line', async (args, message) => {
    const ran = await lifegap(['coverage', '--config', CONFIG, ...args]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(ran.stderr.trimEnd()).not.toContain('\n');
  });
});
