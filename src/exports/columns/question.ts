/** What decides a verdict and was not sure: one line for the user, with the flag that answers it. */
export interface Question {
  /** What is not sure, of this file. */
  readonly about: string;
  readonly flag: '--map' | '--dates';
  /** Behind the name of the list: `.status=State`, `.status:Gesperrt=deactivated`, `=dmy`. */
  readonly answer: string;
  /** Other answers, in words. */
  readonly or: string;
}

/** How one column was read. */
export interface ColumnTold {
  readonly column: string;
  /** Undefined: it is not used. */
  readonly as?: string;
  readonly why: string;
}

/** What the words of a state or status were taken for, with how often each stands in the rows that were looked at. */
export interface WordTold {
  readonly word: string;
  readonly as: string | undefined;
  readonly rows: number;
}
