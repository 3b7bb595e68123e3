import { NOTHING_GIVEN, type Given } from '../exports/columns/given.js';
import type { Question } from '../exports/columns/question.js';
import type { SourceConfig } from '../model/config.js';
import { EXIT, LifegapError, SourceError, UsageError } from '../model/errors.js';
import { printable } from '../yaml/quote.js';
import { answersOf } from './answers.js';
import { documentOf } from './document.js';
import { keysOf } from './keys.js';
import { headOf } from './head.js';
import { explained, questionLine, shortLine, strangeWords } from './lines.js';
import { listsOf, type List } from './lists.js';
import { planOf, type Plan } from './plan.js';
import { daysToCome } from './to-come.js';

/** What stands on the command line. */
export interface Wanted {
  readonly people: string;
  readonly apps: readonly string[];
  /** --map, --dates, and options of files: `encoding` -> NAME=VALUE. */
  readonly maps: readonly string[];
  readonly dates: readonly string[];
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds: what is later is yet to come. */
  readonly asOf: number;
  readonly cwd: string;
  /** Where the config will stand. */
  readonly folder: string;
  /** A word as a shell takes it. */
  readonly shellWord: (word: string) => string;
}

/** The config that was made of the files, and what is said of them. */
export interface Prepared {
  readonly config: string;
  /** The known export, or null, by the name of the list. */
  readonly exports: ReadonlyMap<string, string | null>;
  /** What accounts are matched by, by app. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly short: readonly string[];
  readonly explained: readonly string[];
  /** What nobody should miss. */
  readonly warnings: readonly string[];
  /** What has to be answered before the config holds. */
  readonly questions: readonly string[];
}

/** Looks into the files, and makes a config of them. What is not sure is asked for, all of it at once. @throws {LifegapError} */
export async function prepare(wanted: Wanted): Promise<Prepared> {
  const { cwd, shellWord } = wanted;
  const lists = await listsOf(wanted.people, wanted.apps, cwd);
  const answers = answersOf(lists, wanted.maps, wanted.dates);
  const options = optionsOf(lists, wanted.options);
  const plans = await lookInto(lists, answers, options, wanted);
  const [people, ...apps] = plans;
  if (people === undefined) throw new UsageError('compare needs a list of people');
  const keys = apps.map((app) => keysOf(people, app));
  const questions = [
    ...plans.flatMap((plan) =>
      onceEach([...plan.questions, ...daysToCome(plan, wanted.asOf)]).map((question) => questionLine(plan, question, shellWord)),
    ),
    ...apps.flatMap((app, i) =>
      keys[i]?.by.length === 0 && app.rows.looks.length > 0 && people.rows.looks.length > 0 ? [noKey(people, app)] : [],
    ),
  ].map(printable);
  // An empty file has no key, and needs none.
  const matches = apps.map((app, i) => [app, keys[i]?.by.length === 0 ? ['email'] : (keys[i]?.by ?? [])] as const);
  const keysFor = (plan: Plan): readonly string[] | undefined => matches.find(([app]) => app === plan)?.[1];
  return {
    config: documentOf(people, matches, wanted.folder, cwd),
    exports: new Map(plans.map(({ list, known }) => [list.name, known?.name ?? null])),
    keys: new Map(matches.map(([{ list }, by]) => [list.name, by])),
    short: plans.map((plan) => printable(shortLine(plan, keysFor(plan)))),
    explained: plans.flatMap((plan) => explained(plan, keysFor(plan))).map(printable),
    warnings: [
      ...plans.flatMap((plan) => strangeWords(plan, shellWord)),
      ...apps.flatMap(({ list }, i) => (keys[i]?.contradicted ?? []).map((key) => otherNumbers(list, key))),
    ].map(printable),
    questions,
  };
}

/** Every file, though one may fail: all that is wrong is said at once. */
async function lookInto(
  lists: readonly List[],
  answers: ReadonlyMap<string, Given>,
  options: ReadonlyMap<string, Plan['options']>,
  { cwd }: Wanted,
): Promise<readonly Plan[]> {
  const looked = await Promise.all(
    lists.map(async (list): Promise<Plan | LifegapError> => {
      const own = { ...formatOf(list), ...options.get(list.name) };
      const config: SourceConfig = { name: list.name, connector: 'file', options: { path: list.file, ...own }, fields: {}, dir: cwd };
      try {
        return planOf(list, await headOf(config, list.role), answers.get(list.name) ?? NOTHING_GIVEN, own);
      } catch (error) {
        if (error instanceof LifegapError) return answerable(error, list, config);
        throw error;
      }
    }),
  );
  const failed = looked.filter((one) => one instanceof LifegapError);
  const [first, ...more] = failed;
  if (first === undefined) return looked.flatMap((one) => (one instanceof LifegapError ? [] : [one]));
  const code = failed.some((error) => !(error instanceof SourceError)) ? EXIT.usage : EXIT.source;
  throw more.length === 0 ? first : new LifegapError(failed.map(({ message }) => message).join('\n'), code);
}

/** The same, with the flag that helps, where one does. */
async function answerable(error: LifegapError, { name, file, role }: List, config: SourceConfig): Promise<LifegapError> {
  if (error instanceof UsageError && /\.xls[xm]$/i.test(file))
    return new UsageError(`${error.message} (here: --sheet ${name}=SHEET)`, { cause: error });
  const mayBeOther = error instanceof SourceError && error.fault === 'malformed' && config.options.encoding === undefined;
  if (!mayBeOther) return error;
  const encoding = 'windows-1252';
  const isOther = await headOf({ ...config, options: { ...config.options, encoding } }, role).then(
    () => true,
    () => false,
  );
  return isOther ? new UsageError(`${error.message} (here: --encoding ${name}=${encoding})`, { cause: error }) : error;
}

/** What has no extension, or that of a text, holds columns. */
function formatOf({ file }: List): Readonly<Record<string, string>> {
  return /(?:^|[/\\])[^./\\]+$|\.txt(?:\.gz)?$/i.test(file) ? { format: 'csv' } : {};
}

/** Options of files, by list: `crm=Users` of `sheet`. */
function optionsOf(lists: readonly List[], given: Wanted['options']): ReadonlyMap<string, Readonly<Record<string, string | number>>> {
  const found = new Map<string, Record<string, string | number>>();
  for (const [option, words] of Object.entries(given)) {
    for (const word of words) {
      const list = lists.filter(({ name }) => word.startsWith(`${name}=`)).sort((a, b) => b.name.length - a.name.length)[0];
      if (list === undefined)
        throw new UsageError(`--${option} ${word}: expected NAME=VALUE, with one of ${lists.map(({ name }) => name).join(', ')}`);
      const value = word.slice(list.name.length + 1);
      // Of a sheet, a short number is that of its tab.
      found.set(list.name, { ...found.get(list.name), [option]: option === 'sheet' && /^\d{1,2}$/.test(value) ? Number(value) : value });
    }
  }
  return found;
}

/** Two columns may have the same word: one answer does for both. */
function onceEach(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((one) => [one.answer, one])).values()];
}

function noKey(people: Plan, app: Plan): string {
  const name = app.list.name;
  return `${app.list.file}: no column says whose account it is in a way that ${people.list.file} knows, too: an address, a user name or an employee number in both. --map ${name}.emails=COLUMN (or: ${name}.userName, ${name}.employeeId; and the same for ${people.list.name})`;
}

function otherNumbers({ file }: List, key: string): string {
  return `${file}: not matched by ${key}: the addresses show that these are numbers of something else`;
}
