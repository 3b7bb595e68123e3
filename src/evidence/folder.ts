import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import { once } from 'node:events';
import { codeOf, EXIT, LifegapError, UsageError } from '../model/errors.js';

/** Sorted by name: `HASH  NAME`, as `sha256sum -c` reads it. */
export const SUMS = 'SHA256SUMS';
/** The one hash over everything: of `SHA256SUMS`, in the same form. */
export const SEAL = 'SHA256SUMS.sha256';

/** A folder that appears whole, or not at all: written beside its place, flushed, and renamed. Nobody else may read it. */
export class PackFolder {
  readonly #hashes = new Map<string, string>();
  /** Lists are read side by side: whoever comes second waits for the folder as well. */
  readonly #folders = new Map<string, Promise<unknown>>([['.', Promise.resolve()]]);
  readonly #files = new Set<PackFile>();

  /** Makes the folders above it where they are not there, for the owner alone. Throws a UsageError where something stands at `target` already. */
  static async create(target: string): Promise<PackFolder> {
    await refuseExisting(target);
    const temporary = `${target}.${randomBytes(4).toString('hex')}.partial`;
    try {
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      await mkdir(temporary, { mode: 0o700 });
    } catch (error) {
      throw unwritable(target, error);
    }
    return new PackFolder(target, temporary);
  }

  private constructor(
    readonly target: string,
    readonly temporary: string,
  ) {}

  async write(name: string, chunks: Iterable<string>): Promise<void> {
    const file = await this.open(name);
    for (const chunk of chunks) await file.write(chunk);
    await file.end();
  }

  async open(name: string): Promise<PackFile> {
    const folder = path.posix.dirname(name);
    let made = this.#folders.get(folder);
    if (made === undefined) this.#folders.set(folder, (made = mkdir(path.join(this.temporary, folder), { mode: 0o700 })));
    await made.catch((error: unknown) => {
      throw unwritable(this.target, error);
    });
    const file = await PackFile.open(path.join(this.temporary, name), this.target, (hash) => {
      this.#hashes.set(name, hash);
      this.#files.delete(file);
    });
    this.#files.add(file);
    return file;
  }

  /** Returns the one hash over everything. */
  async seal(): Promise<string> {
    const lines = [...this.#hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hash]) => `${hash}  ${name}\n`);
    await this.write(SUMS, lines);
    const seal = this.#hashes.get(SUMS) as string;
    await this.write(SEAL, [`${seal}  ${SUMS}\n`]);
    try {
      for (const folder of this.#folders.keys()) await flush(path.join(this.temporary, folder));
      await refuseExisting(this.target);
      await rename(this.temporary, this.target);
      await flush(path.dirname(this.target));
    } catch (error) {
      throw error instanceof LifegapError ? error : unwritable(this.target, error);
    }
    return seal;
  }

  /** Why it is discarded is what is told: that what was written cannot be taken away again is no news beside it. */
  async discard(): Promise<void> {
    for (const file of this.#files) await file.close();
    await rm(this.temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A file of the pack, mode 0600; zipped where its name ends in `.gz`. Its hash is that of the bytes on the disk. */
export class PackFile {
  static async open(file: string, pack: string, done: (hash: string) => void): Promise<PackFile> {
    const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
      throw unwritable(pack, error);
    });
    return new PackFile(handle, file.endsWith('.gz'), pack, done);
  }

  readonly #hash = createHash('sha256');
  readonly #gzip: ReturnType<typeof createGzip> | undefined;
  readonly #drained: Promise<void> | undefined;
  #held = '';

  private constructor(
    private readonly handle: Awaited<ReturnType<typeof open>>,
    zipped: boolean,
    private readonly pack: string,
    private readonly done: (hash: string) => void,
  ) {
    if (!zipped) return;
    this.#gzip = createGzip({ level: 6 });
    this.#drained = this.#pump(this.#gzip);
    // It is waited for at the end; until then its failure is not unhandled.
    this.#drained.catch(() => undefined);
  }

  async write(text: string): Promise<void> {
    this.#held += text;
    if (this.#held.length > 1 << 16) await this.#release();
  }

  async end(): Promise<void> {
    try {
      await this.#release();
      this.#gzip?.end();
      await this.#drained;
      await this.handle.sync();
      await this.handle.close();
    } catch (error) {
      throw error instanceof LifegapError ? error : unwritable(this.pack, error);
    }
    this.done(this.#hash.digest('hex'));
  }

  /** Of a file that is given up. */
  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }

  async #release(): Promise<void> {
    const bytes = Buffer.from(this.#held);
    this.#held = '';
    if (this.#gzip === undefined) await this.#store(bytes);
    else if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#drained]);
  }

  async #pump(stream: AsyncIterable<unknown>): Promise<void> {
    for await (const chunk of stream) await this.#store(chunk as Buffer);
  }

  async #store(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    try {
      await this.handle.writeFile(bytes);
    } catch (error) {
      throw unwritable(this.pack, error);
    }
  }
}

async function refuseExisting(target: string): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (found !== undefined)
    throw new UsageError(`--evidence ${target}: it exists already; name a folder that does not, so that no pack is mixed with another`);
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function unwritable(pack: string, error: unknown): LifegapError {
  const code = codeOf(error) ?? 'unknown';
  return new LifegapError(
    `writing the evidence ${pack} failed (${code}): check that its parent is a folder, is writable and has room`,
    EXIT.usage,
    { cause: error },
  );
}
