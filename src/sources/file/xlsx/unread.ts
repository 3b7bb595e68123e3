/** A cell that holds something, and what it is cannot be known. */
export class Unread {
  // Nothing of it is a plain value: no mapping takes it for a text.
  readonly #kind: 'error' | 'formula' | 'digits';
  readonly #text: string;
  readonly #cell: string;

  constructor(kind: 'error' | 'formula' | 'digits', text: string, cell: string) {
    this.#kind = kind;
    this.#text = text;
    this.#cell = cell;
  }

  /** `error`: the formula failed; `formula`: it was never worked out; `digits`: a number of more digits than a spreadsheet keeps. */
  get kind(): 'error' | 'formula' | 'digits' {
    return this.#kind;
  }

  get text(): string {
    return this.#text;
  }

  /** `D5` */
  get cell(): string {
    return this.#cell;
  }

  toJSON(): string {
    return this.#text;
  }
}
