import { UsageError } from '../model/errors.js';
import { printable } from './quote.js';

export type Path = readonly (string | number)[];

export interface Position {
  /** 1-based, in UTF-16 code units, as editors count. */
  readonly line: number;
  readonly col: number;
}

export interface Mistake {
  readonly position: Position | undefined;
  readonly path: Path;
  readonly message: string;
}

/** More than this many lines help nobody; the rest is counted. */
const SHOWN = 100;

/** `apps.slack.match[0]`; a key that is no plain word is quoted. */
export function showPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const key = /^[\w-]+$/.test(step) ? step : `"${printable(step.slice(0, 60))}"`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** Collects what is wrong with one config file, so that everything is said at once. */
export class Mistakes {
  readonly #list: Mistake[] = [];

  constructor(
    /** As the user would type it. */
    readonly file: string,
    private readonly locate: (path: Path, what: 'key' | 'value') => Position | undefined = () => undefined,
  ) {}

  get count(): number {
    return this.#list.length;
  }

  /** At the value that the path leads to; at its key when the key itself is the mistake. */
  at(path: Path, message: string, what: 'key' | 'value' = 'value'): void {
    this.atPosition(this.locate(path, what), path, message);
  }

  atPosition(position: Position | undefined, path: Path, message: string): void {
    this.#list.push({ position, path, message });
  }

  /** `lifegap.yaml:12:5 apps.slack.url`, as a warning begins. */
  place(path: Path, what: 'key' | 'value' = 'value'): string {
    return this.#place({ position: this.locate(path, what), path, message: '' });
  }

  lines(): string[] {
    const where = (m: Mistake): number => (m.position?.line ?? 0) * 1e6 + (m.position?.col ?? 0);
    const lines = [...this.#list].sort((a, b) => where(a) - where(b)).map((m) => this.#line(m));
    return [...new Set(lines)];
  }

  /** Throws a UsageError that lists every mistake, one line each, in the order of the file. */
  throwIfAny(): void {
    if (this.#list.length === 0) return;
    const lines = this.lines();
    const shown = lines.slice(0, SHOWN);
    if (lines.length > SHOWN) shown.push(`… and ${lines.length - SHOWN} more`);
    const head = `${lines.length} ${lines.length === 1 ? 'mistake' : 'mistakes'} in ${this.file}; nothing was read`;
    throw new UsageError([head, ...shown].join('\n'));
  }

  #line(mistake: Mistake): string {
    return `${this.#place(mistake)}: ${mistake.message}`;
  }

  #place({ position, path }: Mistake): string {
    const place = position === undefined ? this.file : `${this.file}:${position.line}:${position.col}`;
    const shown = showPath(path);
    return shown === '' ? place : `${place} ${shown}`;
  }
}
