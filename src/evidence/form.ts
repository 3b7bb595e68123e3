// The form of replay.json and of the rows of a pack: a pack comes from somebody else.
import * as z from 'zod';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES } from '../model/account.js';
import { ASSIGNMENT_STATES } from '../model/assignment.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, LOG_TEXTS } from '../model/log.js';
import { PERSON_KINDS, PERSON_STATES } from '../model/person.js';
import { MECHANISMS, STAGES } from '../model/policy.js';
import { KIND } from './record.js';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);
/** Milliseconds that are a date. */
const instant = z.number().min(-8.64e15).max(8.64e15);
const moment = z.looseObject({ at: instant, day: z.boolean().optional() }).optional();
const record = <V extends z.ZodType>(value: V): z.ZodRecord<z.ZodString, V> => z.record(text, value);

const both = {
  id: text.min(1),
  userName: text.optional(),
  emails: texts.optional(),
  aliases: texts.optional(),
  employeeId: text.optional(),
  externalId: text.optional(),
  attributes: record(text.optional()),
  createdAt: moment,
};

export const personRow = z.looseObject({
  ...both,
  state: z.enum(PERSON_STATES),
  kind: z.enum(PERSON_KINDS),
  groups: texts.optional(),
  startAt: moment,
  endAt: moment,
  changedAt: moment,
});

export const accountRow = z.looseObject({
  ...both,
  status: z.enum(ACCOUNT_STATUSES),
  kind: z.enum(ACCOUNT_KINDS),
  roles: texts.optional(),
  admin: z.boolean().optional(),
  updatedAt: moment,
  lastLoginAt: moment,
  deactivatedAt: moment,
  credentials: z.array(z.looseObject({ id: text, createdAt: moment, lastUsedAt: moment, expiresAt: moment })).optional(),
  moreCredentials: z.literal(true).optional(),
});

export const logRow = z.looseObject({
  id: text.optional(),
  at: moment,
  action: z.enum(LOG_ACTIONS),
  outcome: z.enum(LOG_OUTCOMES),
  outcomeTold: z.boolean(),
  ...Object.fromEntries(LOG_TEXTS.map((name) => [name, text.optional()])),
  changed: texts.optional(),
  by: z.enum(LOG_ACTORS),
});

const completeness = z.looseObject({
  verdict: z.enum(['proven', 'consistent', 'unproven']),
  reasons: texts,
  facts: z.array(z.looseObject({ kind: text, isDoubt: z.boolean(), text })).optional(),
  declaredTotal: z.number().optional(),
  credentials: texts.optional(),
  received: count,
  unique: count,
  pages: count,
});

const failure = z.looseObject({ fault: text, message: text });

const list = z.looseObject({
  role: z.enum(['person', 'account']),
  name: text,
  file: text,
  pages: z.array(count),
  counts: record(z.number()),
  facts: z.looseObject({ leavers: text, total: text, loginDelay: z.number().optional(), notes: texts }),
  completeness: completeness.optional(),
  failure: failure.optional(),
  confirmed: z.array(z.looseObject({ rows: z.array(z.unknown()).optional(), failure: failure.optional() })).optional(),
});

const log = z.looseObject({
  place: count.optional(),
  name: text,
  connector: text,
  of: text,
  which: z.enum(['own', 'pushes']),
  app: text.optional(),
  file: text,
  window: z.looseObject({ since: instant, until: instant }),
  pages: z.array(count),
  counts: record(z.number()),
  log: z.looseObject({ retention: z.number().optional(), lateness: z.number(), tellsUpdates: z.boolean(), notes: texts }),
  completeness: completeness.optional(),
  failure: failure.optional(),
});

const assignments = z.looseObject({
  assignments: z.array(z.looseObject({ person: text, state: z.enum(ASSIGNMENT_STATES), account: text.optional(), sync: text.optional() })),
  completeness,
  isOpen: z.boolean().optional(),
  error: text.nullable(),
});

const provider = z.looseObject({
  name: text,
  hasAssignments: z.boolean(),
  hasProvisioning: z.boolean(),
  assignments: record(assignments),
  provisioning: record(z.looseObject(Object.fromEntries(STAGES.map((stage) => [stage, z.unknown()])))),
});

const responsibility = z.looseObject({
  by: z.enum(MECHANISMS),
  system: text.optional(),
  owner: text.optional(),
  control: text.optional(),
  reviewBy: z.number().optional(),
});

const source = z.looseObject({ name: text, connector: text, fields: record(z.unknown()) });

const logConfig = source.extend({
  options: z.looseObject({ place: count }),
  of: text,
  which: z.enum(['own', 'pushes']),
  app: text.optional(),
});

const app = source.extend({
  logs: z.array(logConfig).optional(),
  expected: text.optional(),
  allowed: text.optional(),
  assigned: z.looseObject({ directory: text, app: text }).optional(),
  match: z.array(z.looseObject({ name: text, account: text, person: text })),
  compare: texts,
  lifecycle: z.looseObject(Object.fromEntries(STAGES.map((stage) => [stage, responsibility.optional()]))),
  accounts: z.array(
    z.looseObject({ match: text, kind: text, owner: text.optional(), reviewBy: z.number().optional(), reason: text.optional() }),
  ),
  line: z.number(),
});

const share = z.number().min(0).max(1);

const policy = z.looseObject({
  grace: z.looseObject(Object.fromEntries(STAGES.map((stage) => [stage, z.number()]))),
  leavers: z.array(z.enum(PERSON_STATES)),
  window: z.number(),
  guard: z.looseObject({ shrink: share, unmatched: share }),
  guests: z.enum(['report', 'allow']),
  preHire: z.enum(['allow', 'report']),
  preHireLead: z.number(),
  invitation: z.number(),
  addresses: z.looseObject({ plus: z.set(text), dots: z.set(text), same: z.map(text, text) }).optional(),
  coverage: z.looseObject({ minTrials: z.number(), covered: z.number(), gap: z.number(), lookBack: z.number().optional() }),
  failOn: texts,
  sla: record(z.number()).optional(),
});

const since = z.tuple([text, text, z.number()]);

/** After `decode`, which has made maps, sets and numbers of what stands for them. */
export const replayRecord = z.looseObject({
  kind: z.literal(KIND),
  format: z.number(),
  options: z.looseObject({
    asOf: instant,
    startedAt: instant,
    finishedAt: instant,
    tool: text,
    build: text.optional(),
    failOn: texts.optional(),
    newOnly: z.boolean().optional(),
    baseline: z.looseObject({ entries: z.array(z.looseObject({})) }).optional(),
    acceptShrink: texts.optional(),
    controls: texts.optional(),
  }),
  redacted: z.looseObject({ key: text.optional() }).optional(),
  config: z.looseObject({
    sha256: text,
    shownPath: text,
    directory: z.array(source).min(1),
    apps: z.array(app),
    allApps: texts,
    policy,
    accepted: z.looseObject({ file: text, entries: z.array(z.looseObject({ line: z.number(), until: text })) }).optional(),
  }),
  lists: z.array(list),
  providers: z.array(provider),
  logs: z.array(log).optional(),
  past: z
    .looseObject({
      rowsBefore: record(z.number()),
      apps: record(text),
      unchanged: record(z.array(since)),
      left: z.array(since).optional(),
    })
    .optional(),
});

const version = z.looseObject({ since: count, until: count.optional(), gone: z.boolean(), values: z.map(text, text) });

const seen = z.looseObject({ at: count, whole: z.boolean(), basis: text, exchanged: z.boolean(), idlyTouched: z.number().optional() });

/** What earlier audits saw of one app, but for the people. */
export const pastHead = z.looseObject({ audits: z.array(z.looseObject({ asOf: instant })), lists: z.array(seen) });

/** Somebody to whom something happened. */
export const pastPerson = z.looseObject({
  person: z.looseObject({
    row: z.number().optional(),
    source: text,
    id: text,
    userName: text.optional(),
    versions: z.array(version.extend({ state: z.enum(PERSON_STATES), startAt: moment, endAt: moment, changedAt: z.number().optional() })),
    lists: z.array(seen),
  }),
  accounts: z.array(version.extend({ id: text, came: z.boolean(), status: z.enum(ACCOUNT_STATUSES) })),
});

/** The first thing that is not as the form says: `config.apps.0.match: expected array`. */
export function firstFault(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.map(String).join('.') || 'all of it'}: ${issue.message}`;
}
