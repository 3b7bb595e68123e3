import { z } from 'zod';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES } from '../../model/account.js';
import { ASSIGNMENT_STATES, SYNC_STATES } from '../../model/assignment.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES } from '../../model/log.js';
import { PERSON_KINDS, PERSON_STATES } from '../../model/person.js';
import { anyOf, expression, path, paths, predicate, type Predicate, scalar, sentence, template } from './parts.js';

/** Of a word (`admin`, `kind`, `status`): what no value means, and which word counts where several places differ. */
function meaning<Absent extends z.ZodType, Prefer extends z.ZodType>(target: Absent, word: Prefer) {
  return {
    absent: target.exactOptional().describe('What it means that there is no value'),
    prefer: z
      .union([word, z.array(word).min(1)])
      .exactOptional()
      .describe('on, off, or words, best first: which counts where several places differ'),
  };
}

const from = z.union([path, paths], 'expected a path, or a list of which the first with a value counts');

const shaping = {
  when: anyOf.optional().describe('Only of records for which this holds; of others there is nothing here'),
  null_if: z.array(scalar).min(1).optional().describe('Values that mean "none": 0, "1970-01-01T00:00:00.000Z"'),
  split: z
    .strictObject({ at: z.string().min(1), take: z.union([z.enum(['first', 'last']), z.int().min(0)]) })
    .optional()
    .describe('A piece of the text'),
  latest: z
    .boolean()
    .optional()
    .describe('Of all the dates at all these places, the latest: when one was last here, whatever product it was'),
  lower: z.boolean().optional(),
  trim: z.boolean().optional(),
};

const fieldError = 'expected a path, a list of paths, { from }, { template }, { cel } or { const }';
const byTemplate = z.strictObject({ template: template.describe('"${first_name} ${last_name}": paths of the record'), ...shaping });
const place = z.union([path, z.strictObject({ from, ...shaping }), byTemplate, z.strictObject({ cel: expression, ...shaping })]);
export const field = z.union(
  [
    path,
    paths,
    z.array(place).min(1).describe('The first that has a value; each may have a condition of its own'),
    z.strictObject({ from, map: z.record(z.string(), z.string()).optional(), ...meaning(z.string(), z.string()), ...shaping }),
    byTemplate,
    z.strictObject({ const: z.string() }),
    z.strictObject({ cel: expression, map: z.record(z.string(), z.string()).optional(), ...shaping }),
  ],
  fieldError,
);
export type Field = z.output<typeof field>;

export const fields = z.record(z.string().min(1), field).refine((map) => Object.hasOwn(map, 'id'), 'expected a place for id');

/** A word of a closed list; what no rule names is `unknown`. */
function word<Words extends readonly [string, ...string[]]>(words: Words) {
  const target = z.enum(words);
  const map = z.record(z.string(), target);
  const own = z.strictObject({ from: path, map, absent: target.exactOptional() });
  const mapped = z.strictObject({
    from: z.union([path, z.array(z.union([path, own])).min(1, 'expected one path at least')], 'expected a path, or a list of paths'),
    map,
    ...meaning(target, z.enum(['on', 'off', ...words])),
  });
  const rule = z.union([z.strictObject({ when: predicate, is: target }), mapped], 'expected { when, is } or { from, map }');
  return z.union(
    [z.strictObject({ const: target }), mapped, z.array(rule).min(1)],
    'expected { from, map }, a list of { when, is } and { from, map }, or { const }',
  );
}

const unique = <Word extends string>(words: readonly Word[]): [Word, ...Word[]] => [...new Set(words)] as [Word, ...Word[]];

/** Words of both roles: a directory may be read as an app, and the engine translates. */
export const status = word(unique([...ACCOUNT_STATUSES, ...PERSON_STATES]));
/** Of an assignment of an identity provider, and of how far it has come into the app. */
export const assignmentState = word(ASSIGNMENT_STATES);
export const syncState = word(SYNC_STATES);
/** Of an entry of a log: what was done, how it went, and by what. */
export const logAction = word(LOG_ACTIONS);
export const logOutcome = word(LOG_OUTCOMES);
export const logActor = word(LOG_ACTORS);
export const kind = word(unique([...ACCOUNT_KINDS, ...PERSON_KINDS]));

interface Mapped {
  from: string | (string | { from: string; map: Record<string, string>; absent?: string })[];
  map: Record<string, string>;
  absent?: string;
  prefer?: string | string[];
}
/** Rules for a word, whatever its list. */
export type Words = { const: string } | Mapped | ({ when: Predicate; is: string } | Mapped)[];

/** Accounts that the system has made for itself, and nobody else can be. */
export const builtIn = z
  .array(z.strictObject({ when: predicate, why: sentence.describe("What it is: GitLab's placeholder for deleted users") }))
  .min(1)
  .describe("The vendor's own accounts: nobody's, so no orphans, unless a key gives them to somebody of the directory");
export type BuiltIn = z.output<typeof builtIn>[number];
