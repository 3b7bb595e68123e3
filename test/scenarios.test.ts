// One folder is one story: a config, the exports of its systems, the command, and what the real bin makes of them.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Report } from '../src/model/report.js';
import { lasted } from '../src/report/words.js';
import { lifegap } from './build.js';

const SCENARIOS = path.resolve(import.meta.dirname, '../fixtures/scenarios');
/** Rewrites the golden files. What it wrote is to be read against docs/verdicts.md before it is committed. */
const UPDATE = process.env['LIFEGAP_UPDATE_GOLDEN'] === '1';
const GOLDEN = ['expected.yaml', 'report.json', 'table.golden'] as const;

type Golden = Readonly<Record<(typeof GOLDEN)[number], string>>;

/** Runs the command of a scenario on a copy of its folder, so that nothing a run leaves behind gets into the fixture. */
async function run(folder: string): Promise<Golden> {
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-scenario-'));
  try {
    await cp(folder, dir, { recursive: true });
    const command = (await readFile(path.join(folder, 'command'), 'utf8')).trim().split(/\s+/);
    const json = path.join(dir, 'out.json');
    const { code, stdout, stderr } = await lifegap([...command, '--format', 'table', '--format', `json=${json}`], {
      cwd: dir,
      env: { COLUMNS: '100', LANG: 'C.UTF-8' },
    });
    const here = (text: string): string => text.replaceAll(dir, '.');
    const { run: about, ...report } = JSON.parse(await readFile(json, 'utf8')) as Report;
    expect(about.exitCode).toBe(code);
    return {
      'expected.yaml': here(stringify({ exit: code, reason: about.exitReason, stderr }, { lineWidth: 0 })),
      'report.json': here(`${JSON.stringify(report, null, 2)}\n`),
      // How long it took is the one thing that two runs differ in.
      'table.golden': here(stdout).replace(` in ${lasted(about)};`, ' in 0.4 s;'),
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const names = (await readdir(SCENARIOS, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('scenarios', () => {
  it('are there', () => expect(names.length).toBeGreaterThanOrEqual(10));

  it.each(names.sort())('%s', async (name) => {
    const folder = path.join(SCENARIOS, name);
    const is = await run(folder);
    if (UPDATE) await Promise.all(GOLDEN.map((file) => writeFile(path.join(folder, file), is[file])));
    const golden = async (file: string): Promise<string> => readFile(path.join(folder, file), 'utf8');
    expect(parse(is['expected.yaml'])).toEqual(parse(await golden('expected.yaml')));
    for (const file of GOLDEN) expect(is[file]).toBe(await golden(file));
  });
});

it('every scenario says in its first line what it is about, and fixes the instant', async () => {
  for (const name of names) {
    const text = (file: string): Promise<string> => readFile(path.join(SCENARIOS, name, file), 'utf8');
    expect(await text('lifegap.yaml'), name).toMatch(/^# [A-Z].*\.\n/);
    expect(await text('command'), name).toMatch(/--as-of \S+/);
  }
});
