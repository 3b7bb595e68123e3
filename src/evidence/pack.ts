import { readFile } from 'node:fs/promises';
import type { Config } from '../config/config.js';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { jsonText } from '../report/escape.js';
import type { AssetReader } from '../report/reporter.js';
import type { AuditOptions } from '../run.js';
import { SYSTEMS } from '../pull/sources.js';
import { encode } from './codec.js';
import { PackFolder } from './folder.js';
import { manifestOf } from './manifest.js';
import { FORMAT, KIND, type ReplayRecord } from './record.js';
import { Recorder } from './recorder.js';
import { renderReport, REPORTS } from './reports.js';

const FILES: Readonly<Record<string, string>> = {
  'manifest.json': 'this file',
  'replay.json': 'what it takes to judge the rows again: options, policy, how each list ended',
  'config.yaml': 'the config; its secrets are references',
  people: 'rows of the directories in normal form, one a line',
  accounts: 'rows of the apps in normal form, one a line',
  past: 'what earlier audits saw of people to whom something happened',
  reports: 'the reports',
  SHA256SUMS: 'the hash of every file, for sha256sum -c',
  'SHA256SUMS.sha256': 'the hash of SHA256SUMS: the one hash over everything',
};

/** The pack of one audit, while that runs. `seal` or `discard` must be called. */
export class Pack {
  static async begin(target: string, config: Config): Promise<Pack> {
    const text = await readFile(config.path, 'utf8').catch((error: unknown) => {
      throw new UsageError(`--evidence: the config ${config.shownPath} cannot be read again`, { cause: error });
    });
    return new Pack(await PackFolder.create(target), config, text);
  }

  readonly #recorder: Recorder;

  private constructor(
    private readonly folder: PackFolder,
    private readonly config: Config,
    private readonly text: string,
  ) {
    this.#recorder = new Recorder(folder);
  }

  /** The options of an audit that this pack sees all of. Trials are named in its reports. */
  watch(options: AuditOptions): AuditOptions {
    return {
      ...options,
      trials: true,
      systems: this.#recorder.systems(options.systems ?? SYSTEMS),
      ...(options.past === undefined
        ? {}
        : { past: this.#recorder.past(options.past), witness: this.#recorder.witness(options.witness ?? {}) }),
    };
  }

  /** Writes what is known at the end, and moves the pack to its place; returns the one hash over everything. */
  async seal(report: Report, options: AuditOptions, asset: AssetReader): Promise<string> {
    const { folder, config } = this;
    for (const file of Object.keys(REPORTS)) await folder.write(file, await renderReport(report, file, asset));
    // A secret that was also written out by hand goes; then this is no longer the file whose hash the report names.
    await folder.write('config.yaml', [config.redact(this.text)]);
    await folder.write('replay.json', [`${encode(this.#replay(report, options), 1)}\n`]);
    await folder.write('manifest.json', [`${jsonText(manifestOf(config, report, this.#recorder, FILES), 2)}\n`]);
    return folder.seal();
  }

  async discard(): Promise<void> {
    await this.folder.discard();
  }

  #replay({ run }: Report, options: AuditOptions): ReplayRecord {
    const { lists, providers, rowsBefore, pasts, unchanged } = this.#recorder;
    const { asOf, failOn, newOnly, baseline, acceptShrink, controls } = options;
    const { redact: _redact, directory, apps, ...config } = this.config;
    const bare = { options: {}, dir: '' };
    const record: ReplayRecord = {
      kind: KIND,
      format: FORMAT,
      options: {
        asOf,
        startedAt: Date.parse(run.startedAt),
        finishedAt: Date.parse(run.finishedAt),
        tool: run.tool,
        ...(failOn === undefined ? {} : { failOn }),
        ...(newOnly === undefined ? {} : { newOnly }),
        ...(baseline === undefined ? {} : { baseline }),
        ...(acceptShrink === undefined ? {} : { acceptShrink }),
        ...(controls === undefined ? {} : { controls }),
      },
      config: {
        ...config,
        path: '',
        dir: '',
        history: false,
        warnings: [],
        directory: directory.map((source) => ({ ...source, ...bare })),
        apps: apps.map((app) => ({ ...app, ...bare })),
      },
      lists: [...lists].sort((a, b) => (a.file < b.file ? -1 : 1)),
      providers,
      ...(options.past === undefined ? {} : { past: { rowsBefore, apps: pasts, unchanged } }),
    };
    return record;
  }
}
