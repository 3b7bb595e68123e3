import { readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { FORMATS } from '../../src/report/formats.js';
import { lifegap } from '../build.js';
import { audit, audited } from './decisions.js';

// Each test is several processes.
vi.setConfig({ testTimeout: 60_000 });

/** Six people who left long ago and are all still on: the delete stage is proven not to happen. */
const LEFT = Array.from({ length: 6 }, (_, i) => `p${i + 10},left${i},terminated,2026-10-0${i + 1}`).join('\n');
const STILL_ON = Array.from({ length: 6 }, (_, i) => `c${i + 10},left${i},active,`).join('\n');
const FILES = {
  'people.csv': `id,userName,state,endAt\np1,ada,active,\n${LEFT}\n`,
  'crm.csv': `id,userName,status,lastLoginAt\nc1,ada,active,\n${STILL_ON}\n`,
};

describe('words on coverage', () => {
  test.each<[string, number, string]>([
    ['coverage.delete=gap', 1, 'coverage.delete of crm is contradicted: --fail-on coverage.delete=gap'],
    ['coverage=gap', 1, 'coverage.delete of crm is contradicted: --fail-on coverage=gap'],
    ['coverage.delete=covered', 0, 'every list was read whole, and no finding reached --fail-on'],
    ['coverage.create!=covered', 3, 'inconclusive: coverage.create of crm'],
    ['coverage.create=gap', 0, 'every list was read whole, and no finding reached --fail-on'],
    ['none', 0, 'every list was read whole, and no finding reached --fail-on'],
    ['orphaned,coverage.delete=gap', 1, '6 proven findings reached --fail-on orphaned,coverage.delete=gap; coverage.delete of crm is contradicted'],
    ['severity>=critical', 0, 'every list was read whole, and no finding reached --fail-on'],
  ])('--fail-on %s ends with %i', async (words, code, reason) => {
    const judged = await audit(await audited('', FILES), '2026-11-20', '--fail-on', words);
    expect([judged.code, judged.report.run.exitReason]).toEqual([code, reason]);
  }); // prettier-ignore

  test('a word that is none is refused before anything is read', async () => {
    const ran = await lifegap(['audit', '--fail-on', 'coverage.delet=gap'], { cwd: await audited('', FILES) });
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/coverage\.delet/);
  });
});

describe('one audit, many outputs', () => {
  const files = Object.entries(FORMATS).map(([name, { extension }]) => [name, `${name}.${extension}`] as const);

  test('every format goes to its file, readable by its owner alone, and they tell of one audit', async () => {
    const dir = await audited('', FILES);
    const flags = files.flatMap(([name, file]) => ['--format', `${name}=${file}`]);
    const ran = await lifegap(['audit', '--as-of', '2026-11-20', ...flags], { cwd: dir });
    expect(ran).toEqual({ code: 1, stdout: '', stderr: 'lifegap: exit 1: 6 proven findings reached --fail-on orphaned\n' });
    for (const [name, file] of files) {
      const text = await readFile(path.join(dir, file), 'utf8');
      // Annotations and JUnit of a passed check hold counts alone.
      // Nothing is excluded in this audit: its table is the head alone.
      expect(text, name).toMatch(name === 'csv-exclusions' ? /^"app","what","kept_by"/ : /crm/);
      expect((await stat(path.join(dir, file))).mode & 0o777, name).toBe(0o600);
    }
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('one of them may go to standard output, and the exit code is that of the audit', async () => {
    const dir = await audited('', FILES);
    const ran = await lifegap(['audit', '--as-of', '2026-11-20', '--format', 'junit', '--format', 'sarif=out.sarif'], { cwd: dir });
    expect([ran.code, ran.stdout.slice(0, 38)]).toEqual([1, '<?xml version="1.0" encoding="UTF-8"?>']);
    const { runs } = JSON.parse(await readFile(path.join(dir, 'out.sarif'), 'utf8')) as { runs: { results: object[]; invocations: object[] }[] }; // prettier-ignore
    expect(runs[0]?.invocations).toMatchObject([{ exitCode: 1, executionSuccessful: true }]);
    expect(runs[0]?.results).toHaveLength(7);
  });

  test('a source that fails ends with 4, and every file is there and says so', async () => {
    const dir = await audited('', FILES);
    await rm(path.join(dir, 'crm.csv'));
    const flags = ['sarif=a', 'junit=b', 'github=c', 'markdown=d', 'gitlab=e'].flatMap((format) => ['--format', format]);
    expect((await lifegap(['audit', ...flags], { cwd: dir })).code).toBe(4);
    const [sarif, junit, github, markdown, gitlab] = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => readFile(path.join(dir, name), 'utf8')),
    );
    expect(sarif).toContain('"executionSuccessful":false');
    expect(junit).toMatch(/name="list"><error type="failed"/);
    expect(github).toMatch(/^::error .*could not be read/m);
    expect(markdown).toContain('exit code 4');
    expect(gitlab).toMatch(/"check_name":"list".*"severity":"blocker"/);
  });
});
