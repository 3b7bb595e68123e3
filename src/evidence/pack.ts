import { readFile } from 'node:fs/promises';
import type { Config } from '../model/config.js';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { jsonText } from '../report/escape.js';
import type { AssetReader } from '../report/reporter.js';
import type { AuditOptions } from '../audit/options.js';
import { SYSTEMS } from '../sources/registry.js';
import { buildHash } from './build.js';
import { encode } from './codec.js';
import { ExclusionCount, type Exclusion } from './exclusions.js';
import { PackFolder } from './folder.js';
import { judgeAgain } from './judge.js';
import { manifestOf, type Seen } from './manifest.js';
import { FORMAT, KIND, type ReplayRecord } from './record.js';
import { placed } from './log-replay.js';
import { Recorder } from './recorder.js';
import { differencesBetween } from './redact/differences.js';
import type { Unit } from './redact/coarse.js';
import type { RedactionKey } from './redact/key.js';
import { Redaction } from './redact/redaction.js';
import { renderReport, REPORTS } from './reports.js';

const FILES: Readonly<Record<string, string>> = {
  'manifest.json': 'this file',
  'replay.json': 'what it takes to judge the rows again: options, policy, how each list ended',
  people: 'rows of the directories in normal form, one a line',
  accounts: 'rows of the apps in normal form, one a line',
  logs: 'entries of logs in normal form, one a line',
  past: 'what earlier audits saw of people to whom something happened',
  reports: 'the reports',
  SHA256SUMS: 'the hash of every file, for sha256sum -c',
  'SHA256SUMS.sha256': 'the hash of SHA256SUMS: the one hash over everything',
};
const CONFIG_FILE = { 'config.yaml': 'the config; its secrets are references' };

export interface Sealed {
  /** The one hash over everything. */
  readonly hash: string;
  /** Where pseudonymous rows are judged otherwise than the real ones were; one line each. */
  readonly differences: readonly string[];
}

/** The pack of one audit, while that runs. `seal` or `discard` must be called. */
export class Pack {
  /** `key`: personal data is replaced by pseudonyms that it makes; `coarsen`: and dates by the first day of their month, quarter or year. */
  static async begin(target: string, config: Config, key?: RedactionKey, coarsen?: Unit): Promise<Pack> {
    const text = await readFile(config.path, 'utf8').catch((error: unknown) => {
      throw new UsageError(`--evidence: the config ${config.shownPath} cannot be read again`, { cause: error });
    });
    const redaction = key === undefined ? undefined : new Redaction(key, config, coarsen);
    const build = await buildHash();
    return new Pack(await PackFolder.create(target), config, text, redaction, build);
  }

  readonly #recorder: Recorder;
  #exclusions: ExclusionCount | undefined;

  private constructor(
    private readonly folder: PackFolder,
    private readonly config: Config,
    private readonly text: string,
    private readonly redaction: Redaction | undefined,
    private readonly build: string,
  ) {
    this.#recorder = new Recorder(folder, config.apps, redaction);
  }

  /** The options of an audit that this pack sees all of. Trials are named in its reports. */
  watch(options: AuditOptions): AuditOptions {
    this.redaction?.judgesBy(options.asOf);
    return {
      ...options,
      trials: true,
      census: (this.#exclusions = new ExclusionCount(this.config.apps, options.census)),
      systems: this.#recorder.systems(options.systems ?? SYSTEMS),
      ...(options.past === undefined
        ? {}
        : { past: this.#recorder.past(options.past), witness: this.#recorder.witness(options.witness ?? {}) }),
    };
  }

  /** Writes what is known at the end, and moves the pack to its place. */
  async seal(report: Report, options: AuditOptions, asset: AssetReader): Promise<Sealed> {
    const { redaction, folder, config } = this;
    if (redaction !== undefined) return this.#sealRedacted(redaction, report, options, asset);
    await this.#write('replay.json', `${encode(this.#replay(config, report, options), 1)}\n`);
    await this.#reports(report, asset);
    // A secret that was also written out by hand goes; then this is no longer the file whose hash the report names.
    await this.#write('config.yaml', config.redact(this.text));
    const manifest = manifestOf(config, report, this.#seen, { ...FILES, ...CONFIG_FILE });
    await this.#write('manifest.json', `${jsonText(manifest, 2)}\n`);
    return { hash: await folder.seal(), differences: [] };
  }

  async discard(): Promise<void> {
    await this.folder.discard();
  }

  /** The reports are those of the pseudonymous rows, as they stand in the pack: nothing of the real report gets into it. */
  async #sealRedacted(redaction: Redaction, real: Report, options: AuditOptions, asset: AssetReader): Promise<Sealed> {
    const { config, baseline } = redaction.decided(real, options);
    const { baseline: _real, ...others } = options;
    const kept = { ...others, ...(baseline === undefined ? {} : { baseline }) };
    await this.#write('replay.json', `${encode({ ...this.#replay(config, real, kept), redacted: redaction.mark }, 1)}\n`);
    const { report } = await judgeAgain(this.folder.temporary, options.signal);
    await this.#reports(report, asset);
    const differences = differencesBetween(real, report);
    const manifest = manifestOf(config, report, this.#seen, FILES, { redaction, differences });
    await this.#write('manifest.json', `${jsonText(manifest, 2)}\n`);
    return { hash: await this.folder.seal(), differences };
  }

  get #seen(): Seen {
    const exclusions = (app: string): readonly Exclusion[] => this.#exclusions?.of(app) ?? [];
    return { recorder: this.#recorder, exclusions, build: this.build };
  }

  async #reports(report: Report, asset: AssetReader): Promise<void> {
    for (const file of Object.keys(REPORTS)) await this.folder.write(file, await renderReport(report, file, asset));
  }

  async #write(name: string, text: string): Promise<void> {
    await this.folder.write(name, [text]);
  }

  #replay(whole: Config, { run }: Report, options: AuditOptions): ReplayRecord {
    const { lists, providers, logs, rowsBefore, pasts, unchanged, left } = this.#recorder;
    const { asOf, failOn, newOnly, baseline, acceptShrink, controls } = options;
    const { redact: _redact, directory, apps, ...config } = whole;
    const bare = { options: {}, dir: '' };
    let place = 0;
    const record: ReplayRecord = {
      kind: KIND,
      format: FORMAT,
      options: {
        asOf,
        startedAt: Date.parse(run.startedAt),
        finishedAt: Date.parse(run.finishedAt),
        tool: run.tool,
        build: this.build,
        ...(failOn === undefined ? {} : { failOn }),
        ...(newOnly === undefined ? {} : { newOnly }),
        ...(baseline === undefined ? {} : { baseline }),
        ...(acceptShrink === undefined ? {} : { acceptShrink }),
        ...(controls === undefined ? {} : { controls }),
      },
      config: {
        ...config,
        path: '',
        history: false,
        warnings: [],
        directory: directory.map((source) => ({ ...source, ...bare })),
        apps: apps.map((app) => ({
          ...app,
          ...bare,
          ...(app.logs === undefined ? {} : { logs: app.logs.map((log) => ({ ...log, ...bare, options: placed(place++) })) }),
        })),
      },
      lists: [...lists].sort((a, b) => (a.file < b.file ? -1 : 1)),
      providers,
      ...(logs.length === 0 ? {} : { logs: [...logs].sort((a, b) => (a.file < b.file ? -1 : 1)) }),
      ...(options.past === undefined ? {} : { past: { rowsBefore, apps: pasts, unchanged, left } }),
    };
    return record;
  }
}
