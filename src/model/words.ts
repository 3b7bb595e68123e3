/** Is it one of the words of a closed list? */
export function isOneOf<Word extends string>(words: readonly Word[], word: unknown): word is Word {
  return (words as readonly unknown[]).includes(word);
}

/** A value for each word of a closed list. */
export function byWord<Word extends string, Value>(
  words: readonly Word[],
  valueOf: (word: Word, at: number) => Value,
): Record<Word, Value> {
  return Object.fromEntries(words.map((word, at) => [word, valueOf(word, at)])) as Record<Word, Value>;
}

/** The words that are the keys of a table; a table that is written out has no others. */
export function wordsOf<Word extends string>(table: Readonly<Record<Word, unknown>>): Word[] {
  return Object.keys(table) as Word[];
}
