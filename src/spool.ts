import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { Buffer } from 'node:buffer';

const HELD = 1 << 20;
/** What a spool that is full may keep in memory: there may be one for every app. */
const AT_REST = 1 << 16;
let opened = 0;

/**
 * Lines that wait for the end of the audit: in memory while they are few, beyond a megabyte in a file that only its owner may read. The
 * file loses its name as soon as it is open, so that a killed audit leaves nothing behind (where the system allows it).
 */
export class Spool {
  #held: string[] = [];
  #length = 0;
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

  *lines(): Generator<string> {
    if (this.#file !== undefined) {
      const chunk = Buffer.allocUnsafe(HELD);
      let rest = Buffer.alloc(0);
      for (let at = 0; ;) {
        const n = readSync(this.#file, chunk, 0, HELD, at);
        if (n === 0) break;
        at += n;
        let bytes = rest.length === 0 ? chunk.subarray(0, n) : Buffer.concat([rest, chunk.subarray(0, n)]);
        for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
          yield bytes.toString('utf8', 0, end);
          bytes = bytes.subarray(end + 1);
        }
        rest = Buffer.from(bytes);
      }
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
    if (this.#file === undefined) {
      this.#path = `${this.beside}.spool-${process.pid}-${opened++}`;
      this.#file = openSync(this.#path, 'wx+', 0o600);
      if (process.platform !== 'win32') rmSync(this.#path);
    }
    writeSync(this.#file, `${this.#held.join('\n')}\n`);
    this.#held = [];
    this.#length = 0;
  }
}
