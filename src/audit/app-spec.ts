import type { AppCase, AppSpec } from '../diff/app-case.js';
import { compileFilter } from '../filter/filter.js';
import { personTest } from '../match/person-filter.js';
import type { AppConfig } from '../model/config.js';
import { counted } from '../model/counted.js';
import type { Assigned } from './assigned.js';

export interface Specified {
  readonly spec: AppSpec;
  /** Attributes that a filter asks for and the directory never gives, by filter. */
  readonly filterGaps: readonly string[];
}

/**
 * Compiles the app's filters, with the assignments of the identity provider where the config gives none, and says which attributes they ask for that
 * the directory never gives. `known`: roles that every account of the system has.
 */
export function specify(
  app: AppConfig,
  { standing, directoryProven }: Pick<AppCase, 'standing' | 'directoryProven'>,
  assigned: Assigned | undefined,
  known: readonly string[] = [],
): Specified {
  const { index } = standing;
  const filterGaps: string[] = [];
  const test = (name: 'expected' | 'allowed'): ((row: number) => boolean | undefined) | undefined => {
    const text = app[name];
    if (text === undefined) return undefined;
    const passes = personTest(compileFilter(text), standing);
    let undecided = 0;
    for (let row = 0; row < index.size; row++) if (passes(row) === undefined) undecided++;
    if (undecided > 0) {
      const whom =
        undecided === index.size ? 'nobody in the directory has' : `the source of ${counted(undecided, 'person', 'people')} never gives`;
      const unread = index.hasUnread ? ', or gives in dates that could not be read' : '';
      filterGaps.push(`${name} (${text}) asks for what ${whom}${unread}${directoryProven ? '' : ', as far as it was read'}`);
    }
    return passes;
  };
  const isPerson = (row: number): boolean => index.kind(row) === 'human' || index.kind(row) === 'unknown';
  const expected = test('expected') ?? assigned?.is ?? isPerson;
  const permitted = test('allowed') ?? (assigned?.isOpen === true ? undefined : assigned?.is) ?? (() => true);
  if ((assigned?.report?.unknown ?? 0) > 0 && assigned?.doubt === undefined && (app.expected ?? app.allowed) === undefined)
    filterGaps.push(`${counted(assigned?.report?.unknown ?? 0, 'assignment has', 'assignments have')} an unknown state`);
  const { name, match, compare, lifecycle, accounts, baseRoles = [] } = app;
  return {
    spec: {
      name,
      match,
      compare,
      lifecycle,
      accounts,
      baseRoles: [...baseRoles, ...known],
      // Who may not have an account is not missing one.
      expected: (row) => expected(row) !== false && permitted(row) !== false,
      allowed: (row) => permitted(row) !== false,
      undecided: (row) => expected(row) === undefined || permitted(row) === undefined,
      ...(assigned === undefined ? {} : { links: assigned.links }),
    },
    filterGaps,
  };
}
