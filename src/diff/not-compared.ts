import type { AppDiff } from './app-diff.js';

type Seen = Pick<AppDiff, 'comparison' | 'standing'>;

/** Which lists are whole: of one that is not, nothing says what it never gives. */
export interface Whole {
  readonly directory: boolean;
  readonly list: boolean;
}

type Cause = 'one-sided' | 'nobody' | 'names' | 'unread';

/** Attributes that no account could be compared by, and why. */
function causes(diff: Seen, whole: Whole): Map<string, Cause> {
  const { comparison, standing } = diff;
  const { index } = standing;
  const inDirectory = (name: string): boolean => {
    const column = index.column(name);
    if (column === undefined) return false;
    for (let row = 0; row < index.size; row++) if (column.ref(row) !== 0) return true;
    return false;
  };
  const found = new Map<string, Cause>();
  for (const [name, { count, given }] of comparison.compared) {
    if (count > 0) continue;
    const [theirs, ours] = [inDirectory(name), given !== 'never'];
    if (theirs && ours) found.set(name, given === 'of one person' ? 'names' : 'nobody');
    else found.set(name, (theirs || whole.directory) && (ours || whole.list) ? 'one-sided' : 'unread');
  }
  return found;
}

/** One line for each cause, for people. */
export function notCompared(diff: Seen & Pick<AppDiff, 'accounts'>, whole: Whole): string[] {
  if (diff.accounts === 0) return [];
  const found = [...causes(diff, whole)];
  const line = (cause: Cause, why: string): string[] => {
    const names = found.filter(([, one]) => one === cause).map(([name]) => name);
    return names.length === 0 ? [] : [`not compared, because ${why}: ${names.join(', ')}`];
  };
  return [
    ...line('one-sided', 'one side never gives it'),
    ...line('nobody', 'no account that is on and belongs to somebody who is here has it on both sides'),
    ...line('names', 'what one side gives names nobody in the other'),
  ];
}

/** Why no update can be seen; undefined where something was compared. */
export function nothingCompared(diff: Seen, whole: Whole): string | undefined {
  const found = causes(diff, whole);
  if (found.size < diff.comparison.compared.size) return undefined;
  const all = new Set(found.values());
  if (all.has('names') || all.has('nobody'))
    return all.has('names')
      ? 'what one side gives of the compared attributes names nobody in the other'
      : 'nobody is there to compare: no account that is on and belongs to somebody who is here has an attribute that both sides give';
  return all.has('unread')
    ? 'in what was read, no compared attribute is given by both sides'
    : 'no compared attribute is given by both sides';
}
