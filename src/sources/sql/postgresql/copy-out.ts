import type { Watch } from '../session.js';

/** What of a connection of `pg` is used. */
export interface CopyConnection {
  parse(statement: { readonly text: string }): void;
  bind(portal: Readonly<Record<string, never>>): void;
  execute(portal: Readonly<Record<string, never>>): void;
  sync(): void;
  readonly stream: { pause(): unknown; resume(): unknown; destroy(): unknown };
}

/** Whole rows, as COPY writes them. */
export interface Rows {
  readonly bytes: Buffer;
  readonly rows: number;
}

/** Bytes of a block; a row that is longer has one of its own. */
const BLOCK = 256 << 10;
/** Blocks that may wait to be read; then the server has to wait. */
const WAITING = 4;

/**
 * COPY … TO STDOUT, as a query that `pg` hands its messages to. It goes through Parse, which takes one statement: a second one is refused by the server.
 */
export class CopyOut {
  readonly #waiting: Rows[] = [];
  #block = Buffer.allocUnsafe(BLOCK);
  #filled = 0;
  #rows = 0;
  #connection: CopyConnection | undefined;
  #isPaused = false;
  #isDropped = false;
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(
    readonly text: string,
    private readonly watch: Watch | undefined,
  ) {}

  async *blocks(): AsyncGenerator<Rows> {
    for (;;) {
      const block = this.#waiting.shift();
      if (block !== undefined) {
        if (this.#isPaused && this.#waiting.length === 0) this.#goOn();
        this.watch?.(block.bytes);
        yield block;
      } else if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      } else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Nobody reads on: what is still to come is thrown away, so that the next query of the connection gets its answer. */
  drop(): void {
    this.#isDropped = true;
    this.#waiting.length = 0;
    if (this.#isPaused) this.#goOn();
  }

  submit(connection: CopyConnection): void {
    this.#connection = connection;
    connection.parse({ text: this.text });
    connection.bind({});
    connection.execute({});
    connection.sync();
  }

  /** One message for each row. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#isDropped) return;
    if (this.#filled + chunk.length > this.#block.length) this.#pass(chunk.length);
    this.#block.set(chunk, this.#filled);
    this.#filled += chunk.length;
    this.#rows++;
  }

  handleCommandComplete(): void {
    this.#pass(0);
  }

  handleReadyForQuery(): void {
    this.#finish({});
  }

  handleError(error: unknown): void {
    this.#pass(0);
    this.#finish({ error });
  }

  /** Passes on what came, and makes room for as much. */
  #pass(room: number): void {
    if (this.#isDropped) return;
    if (this.#rows > 0) this.#waiting.push({ bytes: this.#block.subarray(0, this.#filled), rows: this.#rows });
    this.#block = Buffer.allocUnsafe(Math.max(BLOCK, room));
    this.#filled = 0;
    this.#rows = 0;
    if (this.#waiting.length >= WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#connection?.stream.pause();
    }
    this.#wake?.();
  }

  #goOn(): void {
    this.#isPaused = false;
    this.#connection?.stream.resume();
  }

  #finish(end: { readonly error?: unknown }): void {
    // After an error the server still says that it is ready.
    this.#end ??= end;
    this.#wake?.();
  }
}
