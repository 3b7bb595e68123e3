import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Path } from '../yaml/mistakes.js';
import { printable, quoted } from '../yaml/quote.js';
import { codeOf } from '../model/errors.js';

/** 64 KiB: larger files are no credentials. */
const MAX_SECRET_BYTES = 64 * 1024;
const REFERENCE = /\$\{(env|file):([^{}]*)\}/g;

interface Context {
  /** Folder of the config: `${file:}` paths are relative to it. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly mistake: (path: Path, message: string) => void;
  readonly warn: (text: string) => void;
}

/** Resolves `${env:NAME}` and `${file:path}` in texts that are already parsed, so what a variable holds is never read as YAML. */
export class References {
  /** Undefined: it could not be resolved, and the mistake is noted. */
  readonly #values = new Map<string, string | undefined>();

  constructor(private readonly context: Context) {}

  /** The text with every reference replaced; undefined when one of them is a mistake. */
  async resolve(text: string, at: Path): Promise<string | undefined> {
    if (!text.includes('${')) return text;
    if (text.replace(REFERENCE, '').includes('${')) {
      this.context.mistake(at, 'expected ${env:NAME} or ${file:path}; nothing else may follow ${');
      return undefined;
    }
    const pieces: string[] = [];
    let from = 0;
    let whole = true;
    for (const match of text.matchAll(REFERENCE)) {
      const value = await this.#value(match[1] as 'env' | 'file', match[2] ?? '', at);
      pieces.push(text.slice(from, match.index), value ?? '');
      from = match.index + match[0].length;
      whole &&= value !== undefined;
    }
    return whole ? pieces.join('') + text.slice(from) : undefined;
  }

  /** What the references of a text stood for, once resolved. */
  valuesOf(text: string): string[] {
    return [...text.matchAll(REFERENCE)].flatMap((match) => this.#values.get(match[0]) ?? []);
  }

  async #value(kind: 'env' | 'file', name: string, at: Path): Promise<string | undefined> {
    const reference = `\${${kind}:${name}}`;
    if (this.#values.has(reference)) {
      const value = this.#values.get(reference);
      if (value === undefined) this.context.mistake(at, `${printable(reference)} could not be resolved, see above`);
      return value;
    }
    const value = kind === 'env' ? this.#fromEnv(name, at) : await this.#fromFile(name, at);
    this.#values.set(reference, value);
    return value;
  }

  #fromEnv(name: string, at: Path): string | undefined {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      this.context.mistake(at, `${quoted(name)} is no name of an environment variable`);
      return undefined;
    }
    const value = this.context.env[name];
    if (value === undefined || value === '') {
      this.context.mistake(at, `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`);
      return undefined;
    }
    return this.#sound(value, `the environment variable ${name}`, at);
  }

  async #fromFile(name: string, at: Path): Promise<string | undefined> {
    const file = path.resolve(this.context.dir, name);
    const shown = quoted(name);
    try {
      // Opening a pipe waits for a writer, perhaps for ever.
      const found = await stat(file);
      if (!found.isFile() && !found.isDirectory()) {
        this.context.mistake(at, `the secret file ${shown} is no regular file`);
        return undefined;
      }
      const handle = await open(file, 'r');
      try {
        const { mode } = found;
        if (found.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_SECRET_BYTES + 1), 0, MAX_SECRET_BYTES + 1, null);
        if (bytesRead > MAX_SECRET_BYTES) {
          this.context.mistake(at, `the secret file ${shown} is larger than 64 KiB; is it the right one?`);
          return undefined;
        }
        if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
          this.context.warn(`the secret file ${shown} can be read by other users (mode ${(mode & 0o777).toString(8)}); chmod 600 it`);
        }
        const value = buffer.toString('utf8', 0, bytesRead).replace(/\r?\n$/, '');
        if (value !== '') return this.#sound(value, `the secret file ${shown}`, at);
        this.context.mistake(at, `the secret file ${shown} is empty`);
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = codeOf(error) ?? 'unreadable';
      this.context.mistake(at, `the secret file ${shown} cannot be read (${code}); paths are relative to the config's folder`);
    }
    return undefined;
  }

  /** A line break inside a credential is a copy-and-paste accident that would break a header apart. */
  #sound(value: string, what: string, at: Path): string | undefined {
    if (!/[\u0000-\u001f\u007f]/.test(value)) return value;
    this.context.mistake(at, `${what} holds a line break or another control character`);
    return undefined;
  }
}
