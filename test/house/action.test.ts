// action.yml, and what docs/ci.md tells to type: executed as the runner would, with the packed tool, away from the sources.
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { folder } from '../bad-input/run.js';
import { ACCOUNTS, audited } from '../cli/decisions.js';
import { NIGHT } from '../night.js';
import { giveTool, installed, type Installed } from '../packed.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const ROOT = path.resolve(import.meta.dirname, '../..');
const docs = await readFile(path.join(ROOT, 'docs/ci.md'), 'utf8');
const blocks = (language: string): string[] => [...docs.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language).map(([, , text]) => text ?? ''); // prettier-ignore

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
const action = parse(await readFile(path.join(ROOT, 'action.yml'), 'utf8')) as Action;

interface Done {
  readonly code: number | null;
  readonly log: string;
}

function bash(script: string, cwd: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Done> {
  const child = spawn('bash', ['--noprofile', '--norc', ...args, '-c', script], { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env } }); // prettier-ignore
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, log })));
}

/** Where the packed tool is, as npm would lay it out: a registry is out of reach of the tests. */
let tool: Installed;
beforeAll(async () => {
  tool = await installed();
});

/** Executes the steps that run a script, with what the runner sets and what it puts into expressions. */
async function runAction(workspace: string, inputs: Readonly<Record<string, string>> = {}): Promise<Done & { readonly summary: string; readonly outputs: Readonly<Record<string, string>> }> {
  const runner = await folder({ output: '', summary: '' });
  const values: Record<string, string> = { 'github.action_path': path.join(tool.dir, 'node_modules/lifegap') };
  for (const [name, { default: usual }] of Object.entries(action.inputs)) values[`inputs.${name}`] = inputs[name] ?? usual;
  const outputs: Record<string, string> = {};
  let log = '';
  for (const { id = '', name, run, env = {} } of action.runs.steps) {
    // setup-node and the upload are GitHub's; the tool is installed already.
    if (run === undefined || name === 'Build lifegap') continue;
    const fill = (text: string): string => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '');
    const done = await bash(run, workspace, {
      GITHUB_ACTION_PATH: values['github.action_path'] ?? '',
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: path.join(runner, 'output'),
      GITHUB_STEP_SUMMARY: path.join(runner, 'summary'),
      RUNNER_TEMP: runner,
      CI: 'true',
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
    }, ['-e', '-o', 'pipefail']);
    log += done.log;
    for (const line of (await readFile(path.join(runner, 'output'), 'utf8')).split('\n').filter(Boolean)) {
      const [, name = '', value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      outputs[name] = values[`steps.${id}.outputs.${name}`] = value;
    }
    await writeFile(path.join(runner, 'output'), '');
    if (done.code !== 0) return { code: done.code, log, outputs, summary: await readFile(path.join(runner, 'summary'), 'utf8') };
  }
  return { code: 0, log, outputs, summary: await readFile(path.join(runner, 'summary'), 'utf8') };
} // prettier-ignore

/** The lines that the runner would take for commands. */
function commands(log: string): string[] {
  let stop: string | undefined;
  return log.split('\n').filter((line) => {
    if (stop !== undefined) {
      if (line === `::${stop}::`) stop = undefined;
      return false;
    }
    stop = /^::stop-commands::(.+)$/.exec(line)?.[1];
    return stop === undefined && /^\s*::|##\[/.test(line);
  });
}

describe('action.yml', () => {
  test('is a composite action; what it uses is pinned by commit, and no script holds an expression', () => {
    expect(action.runs.using).toBe('composite');
    for (const { uses, run, shell } of action.runs.steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
      else expect([shell, run?.includes('${{')]).toEqual(['bash', false]);
    }
    const build = action.runs.steps.find(({ name }) => name === 'Build lifegap');
    expect(build?.run?.trim().split('\n')).toEqual([
      'node .ci/only-to-build.js',
      'npm ci --ignore-scripts',
      'npm run build',
      'npm prune --omit=dev --ignore-scripts',
    ]);
  });

  test('findings: summary, annotations, SARIF and the exit code; names are no commands', async () => {
    const names = '::error::a\n##[error]b\n::stop-commands::c\n'.split('\n').filter(Boolean);
    const rows = names.map((name, i) => `x${i},${name},active,\n`).join('');
    const { code, log, summary, outputs } = await runAction(await audited('', { 'crm.csv': `${ACCOUNTS}${rows}` }));
    expect([code, outputs['exit-code']]).toEqual([1, '1']);
    expect(log).toContain('\\u{3a}:stop-commands::c');
    expect(log).toContain('Exit code 1: 5 proven findings reached --fail-on orphaned');
    expect(summary).toMatch(/^## lifegap: exit code 1\n/);
    const annotations = commands(log);
    expect(annotations.length).toBeGreaterThan(0);
    for (const line of annotations) expect(line).toMatch(/^::(?:error|warning) file=lifegap\.yaml,line=\d+,title=lifegap%3A crm%3A /);
    const upload = action.runs.steps.find(({ uses }) => uses?.includes('upload-sarif'));
    expect(upload?.with?.['sarif_file']).toBe('${{ steps.audit.outputs.sarif }}');
    expect(upload?.if).toContain("steps.audit.outputs.sarif != ''");
    const sarif = JSON.parse(await readFile(outputs['sarif'] ?? '', 'utf8')) as { version: string; runs: { results: object[] }[] };
    expect([sarif.version, sarif.runs[0]?.results.length]).toEqual(['2.1.0', 6]);
  });

  test('nothing found: exit code 0; further flags come one a line, with spaces and quotes in them', async () => {
    const dir = await audited('', { "it's a list.json": '{ "version": 1, "findings": [] }' });
    const { code, outputs } = await runAction(dir, { args: "--baseline=it's a list.json\n--fail-on=missing:invitation-pending\n" });
    expect([code, outputs['exit-code']]).toEqual([0, '0']);
  });

  test('a mistake ends with 2, and there is nothing to upload', async () => {
    const { code, log, summary, outputs } = await runAction(await audited(''), { args: '--fail-on=orphand' });
    expect([code, outputs, summary]).toEqual([2, { 'exit-code': '2' }, '']);
    expect(log).toContain('Did you mean orphaned?');
  });

  test('a source that fails ends with 4, and is shown', async () => {
    const dir = await audited('');
    await rm(path.join(dir, 'crm.csv'));
    const { code, summary, outputs } = await runAction(dir);
    expect([code, outputs['sarif'] === undefined]).toEqual([4, false]);
    expect(summary).toContain('could not be read');
  });
});

describe('docs/ci.md', () => {
  const yaml = blocks('yaml').map((text) => parse(text) as Record<string, unknown>);

  test('every YAML block is one, and asks the action for what it has', async () => {
    expect(yaml).toHaveLength(2);
    const { jobs } = yaml[0] as { jobs: { lifegap: { steps: readonly Step[] } } };
    const [checkout, step] = jobs.lifegap.steps;
    expect(checkout?.uses).toMatch(/@[0-9a-f]{40}$/);
    for (const input of Object.keys(step?.with ?? {})) expect(Object.keys(action.inputs)).toContain(input);
    const dir = await audited('', { 'lifegap-baseline.json': '{ "version": 1, "findings": [] }' });
    const { code, log } = await runAction(dir, step?.with);
    expect(code).toBe(1);
    expect(log).toMatch(/not in the baseline|new or worse than the baseline/);
  });

  test('every shell line does what it says', async () => {
    const dir = await workspace();
    const [installing, ...lines] = blocks('sh').join('').trim().split('\n');
    // This line needs a registry for the dependencies; the file that it names is the one that `npm pack` makes.
    expect(installing).toBe(`npm install --save-dev ./${tool.packed.filename}`);
    const codes: [string, number | null][] = [];
    // npx takes a second to find what lies in node_modules; that it does is seen once by day.
    for (const [i, line] of lines.entries()) {
      const typed = NIGHT || i === 0 ? line : line.replace('npx lifegap', 'node_modules/.bin/lifegap');
      codes.push([line.replace(/\s*#.*/, ''), (await bash(typed, dir, {})).code]);
    }
    expect(codes).toEqual([
      ['npx lifegap --version', 0],
      ['npx lifegap audit --format table --format sarif=lifegap.sarif --format junit=lifegap.xml --format markdown=summary.md', 1],
      ['npx lifegap baseline write', 0],
      ['npx lifegap audit --baseline lifegap-baseline.json', 0],
    ]);
    for (const file of ['lifegap.sarif', 'lifegap.xml', 'summary.md', 'lifegap-baseline.json']) expect((await readFile(path.join(dir, file))).length).toBeGreaterThan(100);
  }); // prettier-ignore

  test('the GitLab job leaves the reports that it names', async () => {
    const dir = await workspace();
    const { lifegap } = yaml[1] as { lifegap: { script: string[]; artifacts: { reports: Record<string, string> } } };
    // `npm ci` needs a registry; the tool is installed from its tarball here.
    expect(lifegap.script[0]).toBe('npm ci');
    expect(lifegap.script).toHaveLength(2);
    expect((await bash(lifegap.script[1] ?? '', dir, { CI: 'true' })).code).toBe(1);
    const { codequality, junit } = lifegap.artifacts.reports;
    expect(JSON.parse(await readFile(path.join(dir, codequality ?? ''), 'utf8'))).toHaveLength(3);
    expect(await readFile(path.join(dir, junit ?? ''), 'utf8')).toContain('<testsuites name="lifegap"');
  });

  /** Company and tool, and nothing of an earlier run. */
  async function workspace(): Promise<string> {
    const dir = await audited('');
    await giveTool(dir);
    return dir;
  }
});
