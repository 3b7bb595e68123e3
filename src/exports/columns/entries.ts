/** What stands in a table, with keys of the type that they have there. */
export function entriesOf<Key extends string, Value>(table: Readonly<Partial<Record<Key, Value>>>): readonly (readonly [Key, Value])[] {
  const found: (readonly [Key, Value])[] = [];
  for (const key in table) {
    const value = table[key];
    if (value !== undefined) found.push([key, value]);
  }
  return found;
}
