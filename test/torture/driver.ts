import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SECRETS, type RequestFault, type Systems } from './company.js';

/** What fails, and at which call. */
export type Fault =
  | { readonly layer: 'fs'; readonly kind: string; readonly k: number }
  /** What lies on the disk before each of these calls is kept: no write that a killed process has made is lost, and none is added. */
  | { readonly layer: 'fs'; readonly kind: 'snapshot'; readonly from: number; readonly to: number; readonly into: string }
  | RequestFault;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** An error that nobody caught. */
  readonly crash?: string;
  /** Calls of the file system in the company's folder, by name. */
  readonly calls: number;
  readonly names: readonly string[];
  /** What the fault met. */
  readonly hit?: string;
  readonly ms: number;
}

export const FORMATS = ['json', 'csv', 'csv-accounts', 'sarif', 'junit', 'html'] as const;
export const AS_OF = '2026-06-20';
/** Longer than any run takes on a machine that does other things as well; what waits for something that never comes is told by it. */
const ENDLESS_MS = 60_000;

/** Process of the audits, one after the other. */
export class Runner {
  #child: ChildProcess | undefined;
  #jobs = 0;

  async run(dir: string, args: readonly string[], fault?: Fault): Promise<Outcome> {
    const child = (this.#child ??= await started());
    const id = ++this.#jobs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.stop();
        reject(new Error(`endless: ${JSON.stringify(fault)}`));
      }, ENDLESS_MS);
      const end = (message: unknown): void => {
        clearTimeout(timer);
        child.off('message', end);
        child.off('exit', killed);
        resolve(message as Outcome);
      };
      const killed = (): void => {
        this.#child = undefined;
        end({ code: 137, stdout: '', stderr: '', calls: 0, names: [], ms: 0 });
      };
      child.on('message', end);
      child.on('exit', killed);
      child.send({ id, dir, args, fault, env: { PATH: process.env['PATH'] ?? '', ...SECRETS } });
    });
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}

async function started(): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'runner.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

/** The audit that is tortured: everything that it can write. `fails`: may a finding end it with 1? */
export function auditArgs(fails: boolean): string[] {
  const files = FORMATS.flatMap((format) => ['-f', `${format}=out/report.${format}`]);
  const gate = fails ? [] : ['--fail-on', 'none'];
  return ['audit', '-f', 'table', ...files, '--history', '--as-of', AS_OF, '--baseline', 'known.json', '--evidence', 'pack', ...gate];
}

/** The company with two audits on record and a baseline, to be copied for every run. */
export async function prepared(systems: Systems, runner: Runner): Promise<string> {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), 'lifegap-torture-')), 'company');
  systems.write(dir);
  systems.begin(undefined);
  for (const day of ['2026-06-01', '2026-06-10'])
    await runner.run(dir, ['audit', '-q', '--history', '--as-of', day, '-f', 'json=first.json']);
  const known = JSON.parse(readFileSync(path.join(dir, 'first.json'), 'utf8')) as { findings: readonly { id: string }[] };
  if (known.findings.length < 4) throw new Error('the company has too few findings to lose one');
  await runner.run(dir, ['baseline', 'write', 'known.json', '-q', '--app', 'crm', '--as-of', '2026-06-10']);
  rmSync(path.join(dir, 'first.json'));
  return dir;
}

let copies = 0;
/** A copy in a folder whose name says nothing. */
export function copyOf(dir: string): string {
  const copy = path.join(path.dirname(dir), `run-${++copies}`);
  cpSync(dir, copy, { recursive: true });
  return copy;
}

/** The process of the run is no more: its lock names one that is dead. */
export function bury(dir: string): void {
  const lock = path.join(dir, '.lifegap/history.db.owner');
  if (!existsSync(lock)) return;
  const text = readFileSync(lock, 'utf8');
  if (text !== '') writeFileSync(lock, text.replace(/"pid":\d+/, '"pid":4194304'));
}

/** Every file below a folder. */
export function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(dir, name)).isFile());
}

export function folderFor(dir: string): string {
  const into = path.join(path.dirname(dir), `kept-${++copies}`);
  mkdirSync(into);
  return into;
}
