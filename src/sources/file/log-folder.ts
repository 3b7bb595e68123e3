import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Completeness } from '../../model/completeness.js';
import { factsOf } from '../../model/completeness.js';
import { counted } from '../../model/counted.js';
import type { LogConfig } from '../../model/config.js';
import type { LogEntry } from '../../model/log.js';
import { Problems } from '../../mapping/problems.js';
import { Ledger } from '../../contract/ledger.js';
import type { Page, PullOptions } from '../../contract/source.js';
import type { SourceContext } from '../../contract/system.js';
import { DigestFault, faultOf, FileFault } from './fault.js';
import { type Found, stateOf, walk } from './folder.js';
import { tellOfAll, type OfAllFiles, type Together } from './log-mapping.js';
import { logFile } from './log-pages.js';
import { type FileOptions, fileOptions } from './options.js';
import { FilePasses } from './passes.js';
import { SaidOfFiles } from './said-of-files.js';

type Entries = AsyncGenerator<Page<LogEntry>, Completeness, void>;

/** A folder of log files, as S3 keeps those of CloudTrail and a shipper those that it rotates: one after the other, one open at a time. */
export class LogFolder {
  constructor(
    private readonly config: LogConfig,
    private readonly folder: Pick<FileOptions, 'path' | 'shown'>,
    private readonly onRequest: SourceContext['onRequest'],
  ) {}

  async *read(options: PullOptions): Entries {
    try {
      return yield* new Reading(this.config, this.folder, this.onRequest, options).entries();
    } catch (error) {
      throw error instanceof FileFault ? faultOf(this.config.name, this.folder.shown, error) : error;
    }
  }
}

/** One pull of a folder. */
class Reading {
  readonly #ledger = new Ledger();
  readonly #said = new SaidOfFiles();
  readonly #problems = new Problems();
  /** What is so of every file so far; undefined: none with entries came yet. */
  #ofAll: readonly OfAllFiles[] | undefined;
  readonly #counts = { file: 0, other: 0, link: 0, out: 0, closed: 0, digest: 0, empty: 0, whole: 0 };
  #firstFault: { readonly shown: string; readonly fault: FileFault } | undefined;

  constructor(
    private readonly config: LogConfig,
    private readonly folder: Pick<FileOptions, 'path' | 'shown'>,
    private readonly onRequest: SourceContext['onRequest'],
    private readonly options: PullOptions,
  ) {}

  async *entries(): Entries {
    const isWhole = this.options.firstPagesOnly !== true;
    const before = isWhole ? await stateOf(this.folder.path) : undefined;
    for await (const found of walk(this.folder.path)) {
      this.#counts[found.kind]++;
      if (found.kind === 'file') yield* this.#file(found);
      else if (found.kind === 'out')
        this.#said.add(found.name, 'it is a link out of the folder, which is not followed; copy the files into it');
      else if (found.kind === 'closed')
        this.#said.add(found.name, 'the folder could not be read; give the user that runs lifegap the right to');
      if (!isWhole && this.#ledger.received > 0) break;
    }
    if (this.#firstFault !== undefined && this.#counts.whole === 0)
      throw faultOf(this.config.name, this.#firstFault.shown, this.#firstFault.fault);
    if (before !== undefined) await this.#compare(before);
    this.#tell();
    return this.#ledger.completeness();
  }

  async *#file({ name }: Found): AsyncGenerator<Page<LogEntry>, void, void> {
    const file = fileOptions({ ...this.config, options: { ...this.config.options, path: path.join(this.folder.path, name) } });
    const passes = new FilePasses(this.config.name, file, this.config.dates, this.onRequest);
    // The first page of all is the one that is shown.
    const { onRaw, ...rest } = this.options;
    const options = onRaw === undefined || this.#ledger.received > 0 ? rest : this.options;
    const list = passes.read(options.signal, logFile(this.config, options, this.#together()));
    try {
      this.#heard(name, yield* this.#counted(list), await isBlank(file.path));
    } catch (error) {
      if (!(error instanceof FileFault) || error.fault === 'aborted') throw error;
      if (error instanceof DigestFault) {
        this.#counts.digest++;
        return;
      }
      this.#firstFault ??= { shown: file.shown, fault: error };
      this.#said.add(name, `${error.what}; ${error.next}`);
    }
  }

  /** What came of a file counts, whether or not its end can be read. */
  async *#counted(list: Entries): Entries {
    let isDone = false;
    try {
      for (let step = await list.next(); ; step = await list.next()) {
        isDone = step.done === true;
        if (step.done === true) return step.value;
        this.#ledger.count(step.value.rows.length, 1);
        this.#ledger.alone(step.value.rows.length);
        yield step.value;
      }
    } finally {
      // Whoever asks for no more leaves a file open.
      if (!isDone) await list.return(new Ledger().completeness());
    }
  }

  #heard(name: string, list: Completeness, isBlankFile: boolean): void {
    this.#counts.whole++;
    for (const { text, isDoubt, kind } of factsOf(list)) this.#said.add(name, text, isDoubt, kind);
    // A header, an empty list and what was zipped are whole without entries; of nothing at all, nobody knows what it was.
    if (isBlankFile) this.#said.add(name, 'the file is empty');
    else if (list.received === 0) this.#counts.empty++;
  }

  #together(): Together {
    return {
      problems: this.#problems,
      file: (facts) => {
        this.#ofAll = this.#ofAll?.filter(({ text }) => facts.some((one) => one.text === text)) ?? facts;
      },
    };
  }

  async #compare(before: Awaited<ReturnType<typeof stateOf>>): Promise<void> {
    const after = await stateOf(this.folder.path);
    if (after.hash === before.hash) return;
    const what = after.files === before.files ? 'files were written or replaced' : `${before.files} files before, ${after.files} after`;
    this.#ledger.doubt(`the folder changed while it was read: ${what}`);
  }

  #tell(): void {
    const { file, other, link, digest, empty } = this.#counts;
    this.#said.tell(this.#ledger);
    this.#problems.remarkTo(this.#ledger);
    this.#ledger.unread(this.#problems.unreadDates);
    tellOfAll(this.#ofAll ?? [], this.#ledger);
    if (file === digest)
      this.#ledger.doubt('the folder holds no log files (.csv, .tsv, .json, .ndjson, .jsonl, each also with .gz, and .xlsx)');
    else if (this.#ledger.received === 0) this.#ledger.doubt('the files of the folder hold no rows');
    const remarks = [
      [other, 'file has', 'files have', 'another extension'],
      [link, 'link was', 'links were', 'not followed'],
      [digest, 'digest of CloudTrail was', 'digests of CloudTrail were', 'left out'],
      [empty, 'file has', 'files have', 'no entries'],
    ] as const;
    for (const [count, one, many, what] of remarks) if (count > 0) this.#ledger.remark(`${counted(count, one, many)} ${what}`);
    this.#ledger.end('protocol');
  }
}

async function isBlank(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined))?.size === 0;
}
