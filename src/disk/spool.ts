import { closeSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { codeOf, EXIT, LifegapError } from '../model/errors.js';
import { writeWhole } from './whole-write.js';

const HELD = 1 << 20;
/** What a spool that is full may keep in memory: there may be one for every app. */
const AT_REST = 1 << 16;

/**
 * Lines that wait for the end of the audit: in memory while they are few, beyond a megabyte in a file that only its owner may read. The
 * file loses its name as soon as it is open, so that a killed audit leaves nothing behind (where the system allows it).
 */
export class Spool {
  #held: string[] = [];
  #length = 0;
  /** Lines that stand in the file. */
  #stored = 0;
  #file: number | undefined;
  #path = '';

  /** `beside`: the files stand in this one's folder, with its name before theirs. */
  constructor(private readonly beside: string) {}

  push(line: string): void {
    this.#held.push(line);
    this.#length += line.length + 1;
    if (this.#length > HELD) this.#flush();
  }

  /** Nothing more will be pushed for now: most of what is held goes to the file. */
  rest(): void {
    if (this.#length > AT_REST) this.#flush();
  }

  /** Throws when the file gives back another number of lines than it was given: a short list must never pass for a whole one. */
  *lines(): Generator<string> {
    if (this.#file !== undefined) {
      let came = 0;
      const chunk = Buffer.allocUnsafe(HELD);
      let rest = Buffer.alloc(0);
      for (let at = 0; ;) {
        const n = readSync(this.#file, chunk, 0, HELD, at);
        if (n === 0) break;
        at += n;
        let bytes = rest.length === 0 ? chunk.subarray(0, n) : Buffer.concat([rest, chunk.subarray(0, n)]);
        for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
          came++;
          yield bytes.toString('utf8', 0, end);
          bytes = bytes.subarray(end + 1);
        }
        rest = Buffer.from(bytes);
      }
      if (came !== this.#stored || rest.length > 0) throw this.#failure({ code: `${came} of ${this.#stored} rows came back` });
    }
    yield* this.#held;
  }

  close(): void {
    this.#held = [];
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#path, { force: true });
  }

  #flush(): void {
    try {
      this.#file ??= this.#open();
      writeWhole(this.#file, `${this.#held.join('\n')}\n`);
    } catch (error) {
      throw this.#failure(error);
    }
    this.#stored += this.#held.length;
    this.#held = [];
    this.#length = 0;
  }

  #open(): number {
    this.#path = `${this.beside}.spool-${randomBytes(8).toString('hex')}`;
    // A report may go to a folder that is made when it is written.
    mkdirSync(path.dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = openSync(this.#path, 'wx+', 0o600);
    if (process.platform !== 'win32') rmSync(this.#path);
    return file;
  }

  /** A disk that is full is no bug of ours. */
  #failure(cause: unknown): LifegapError {
    const code = codeOf(cause) ?? 'unknown';
    const text = `keeping rows for a while beside ${this.beside} failed (${code}): check that the folder is writable and has room`;
    return new LifegapError(text, EXIT.usage, { cause });
  }
}
