import { counted } from '../../model/counted.js';
import type { FactKind } from '../../model/completeness.js';
import type { Ledger } from '../../contract/ledger.js';

/** Sentences that are kept apart, and files that are named of each: ten thousand torn files are no ten thousand sentences. */
const SENTENCES = 20;
const NAMED = 3;

interface Said {
  readonly kind: FactKind;
  readonly isDoubt: boolean;
  readonly files: string[];
  count: number;
}

/** What is said of single files of a folder: each sentence once, with the files that it is said of. */
export class SaidOfFiles {
  readonly #said = new Map<string, Said>();
  #more = 0;

  add(file: string, text: string, isDoubt = true, kind: FactKind = 'other'): void {
    const key = `${isDoubt} ${text}`;
    const known = this.#said.get(key);
    if (known === undefined && this.#said.size >= SENTENCES) {
      // A remark may go unsaid, a doubt may not.
      if (isDoubt) this.#more++;
      return;
    }
    const said = known ?? { kind, isDoubt, files: [], count: 0 };
    said.count++;
    if (said.files.length < NAMED) said.files.push(file);
    this.#said.set(key, said);
  }

  tell(ledger: Ledger): void {
    for (const [key, { kind, isDoubt, files, count }] of this.#said) {
      const more = count > files.length ? ` and ${count - files.length} more` : '';
      const sentence = `${files.join(', ')}${more}: ${key.slice(key.indexOf(' ') + 1)}`;
      if (isDoubt) ledger.doubt(sentence, kind);
      else ledger.remark(sentence, kind);
    }
    if (this.#more > 0) ledger.doubt(`more is wrong with files of the folder: ${counted(this.#more, 'doubt is', 'doubts are')} not shown`);
  }
}
