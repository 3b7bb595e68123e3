import { ACCOUNT_KINDS, ACCOUNT_STATUSES } from '../model/account.js';
import type { CompletenessVerdict, UnreadCause } from '../model/completeness.js';
import { FRAMEWORKS } from '../model/controls.js';
import { HOP_POINTS, LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES } from '../model/log.js';
import { VERDICTS } from '../model/fail-on.js';
import { BASELINE_STATES, CLASSES, REASONS, SEVERITIES } from '../model/finding.js';
import { PERSON_STATES } from '../model/person.js';
import { MECHANISMS, STAGES } from '../model/policy.js';
import type { Grade, InferredMechanism, Provisioned } from '../model/report.js';
import type { Trial } from '../model/trial.js';

type Schema = Readonly<Record<string, unknown>>;

/** Every word of a closed list; the compiler sees to it that none is left out. */
const wordsOf = <T extends string>(words: Readonly<Record<T, true>>): Schema => ({ enum: Object.keys(words) });

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const flag: Schema = { type: 'boolean' };
const hours: Schema = { type: ['number', 'null'] };
const sentences: Schema = { type: 'array', items: text };
/** RFC 3339, UTC; a date alone where the system gave no more. */
const instant: Schema = { type: 'string', pattern: '^-?\\d{4,6}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z)?$' };
const hash: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const list = (items: Schema): Schema => ({ type: 'array', items });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

/** Further keys are let through: they may be added without another `schemaVersion`. */
function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const counts = (...names: readonly string[]): Schema => object(Object.fromEntries(names.map((name) => [name, count])));

const controls: Schema = {
  type: 'object',
  propertyNames: { enum: Object.keys(FRAMEWORKS) },
  additionalProperties: { type: 'array', items: text, minItems: 1 },
};

/** Where a change stands on its way from the directory into the app. */
const point: Schema = { enum: [...new Set(Object.values(HOP_POINTS).flat())] };

/** A log's own words, counted. */
const failures: Schema = list(object({ detail: text, count }));

const reason: Schema = { enum: [...new Set(Object.values(REASONS).flat())] };

/** Each class with the reasons that are its own. */
const classified: Schema = {
  oneOf: CLASSES.map((name) => ({ properties: { class: { const: name }, reason: { enum: REASONS[name] } } })),
};

const DEFINITIONS = {
  completeness: object(
    {
      verdict: wordsOf<CompletenessVerdict>({ proven: true, consistent: true, unproven: true }),
      reasons: sentences,
      received: count,
      unique: count,
      pages: count,
    },
    {
      declaredTotal: count,
      credentials: sentences,
      unread: {
        type: 'array',
        items: object({
          field: text,
          place: text,
          cause: wordsOf<UnreadCause>({ 'two-ways': true, contradicts: true, unreadable: true }),
          values: count,
          sample: text,
        }),
      },
    },
  ),
  directory: object(
    {
      name: text,
      connector: text,
      people: count,
      byState: { type: 'object', propertyNames: { enum: PERSON_STATES }, additionalProperties: count },
      completeness: ref('completeness'),
      error: orNull(text),
      notes: sentences,
    },
    { export: orNull(text) },
  ),
  assigned: object({
    directory: text,
    app: text,
    people: count,
    unknown: count,
    notInDirectory: count,
    linked: count,
    completeness: ref('completeness'),
    error: orNull(text),
  }),
  trial: object(
    {
      person: object({ id: text, source: text }, { userName: text }),
      account: orNull(object({ id: text }, { userName: text })),
      event: text,
      at: orNull(instant),
      outcome: wordsOf<Trial['outcome']>({ followed: true, open: true, undetermined: true }),
      followedAt: orNull(instant),
      lagHours: hours,
      evidence: text,
    },
    {
      between: { type: 'array', items: instant, minItems: 2, maxItems: 2 },
      log: list(
        object({ at: instant, action: { enum: LOG_ACTIONS }, outcome: { enum: LOG_OUTCOMES }, by: { enum: LOG_ACTORS }, log: text }),
      ),
    },
  ),
  hop: object({ from: point, to: point, median: hours, p95: hours, trials: count, failed: count }, { failures }),
  log: object({
    name: text,
    of: text,
    from: orNull(instant),
    until: orNull(instant),
    entries: count,
    unmatched: count,
    completeness: ref('completeness'),
    error: orNull(text),
    failures,
    by: { ...map(count), propertyNames: { enum: LOG_ACTORS } },
  }),
  part: object({ trials: count, successes: count }),
  responsibility: object(
    { by: { enum: [...MECHANISMS, null] }, problems: sentences },
    { system: text, owner: text, control: text, reviewBy: day },
  ),
  stage: object(
    {
      verdict: { enum: VERDICTS },
      grade: wordsOf<Grade>({ declared: true, snapshot: true, logged: true, observed: true, probed: true }),
      trials: count,
      successes: count,
      interval: orNull({ type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 2, maxItems: 2 }),
      lag: orNull(object({ medianHours: hours, p95Hours: hours, open: count, longestOpenHours: hours })),
      declared: { enum: [...MECHANISMS, null] },
      reasons: sentences,
    },
    {
      earlier: count,
      stillActive: count,
      hops: list(ref('hop')),
      parts: object({ account: ref('part') }, { credentials: ref('part'), memberships: ref('part') }),
      provisioned: object({ directory: text, set: wordsOf<Provisioned['set']>({ on: true, off: true, unknown: true }), evidence: text }),
      controls,
      evidence: list(ref('trial')),
    },
  ),
  app: object(
    {
      name: text,
      connector: text,
      accounts: count,
      completeness: ref('completeness'),
      error: orNull(text),
      reconciliation: object({
        accounts: counts('inSync', 'stale', 'orphaned', 'conflict', 'pending', 'protected', 'inactive', 'inconclusive'),
        people: counts('expected', 'present', 'missing', 'pending', 'awaitingLogin', 'notDeterminable'),
      }),
      coverage: object(Object.fromEntries(STAGES.map((stage) => [stage, ref('stage')]))),
      mechanism: object(
        {
          inferred: wordsOf<InferredMechanism>({ scim: true, jit: true, 'scim+jit': true, manual: true, mixed: true, unknown: true }),
          confidence: { type: 'number', minimum: 0, maximum: 1 },
          declared: { enum: [...MECHANISMS, null] },
          traces: sentences,
        },
        { overturnedBy: text },
      ),
      offboarding: object(
        { independent: flag, reasons: sentences },
        {
          accounts: object({ provisioned: counts('deactivated', 'stillActive'), local: counts('deactivated', 'stillActive') }),
        },
      ),
      notes: sentences,
    },
    {
      export: orNull(text),
      assigned: ref('assigned'),
      logs: list(ref('log')),
      responsibilities: object(Object.fromEntries(STAGES.map((stage) => [stage, ref('responsibility')]))),
    },
  ),
  acceptance: object({ reason: text, owner: text, until: day }),
  finding: {
    ...object(
      {
        id: text,
        class: { enum: CLASSES },
        reason,
        severity: { enum: SEVERITIES },
        app: text,
        account: orNull(
          object(
            { id: text, status: { enum: ACCOUNT_STATUSES }, kind: { enum: ACCOUNT_KINDS } },
            { userName: text, email: text, createdAt: instant, lastLoginAt: instant },
          ),
        ),
        person: orNull(object({ id: text, source: text, state: { enum: PERSON_STATES } }, { userName: text, email: text, endAt: instant })),
        match: orNull(object({ rule: text })),
        attributes: list(object({ name: text, directory: text, app: text, cause: { enum: REASONS.stale } })),
        summary: text,
        hints: sentences,
        controls,
        accepted: orNull(ref('acceptance')),
      },
      { mayBeOrphaned: { const: true }, loggedOff: instant, expired: ref('acceptance'), baseline: { enum: BASELINE_STATES } },
    ),
    ...classified,
  },
} as const satisfies Readonly<Record<string, Schema>>;

/**
 * JSON Schema (draft 7) of `lifegap audit --format json`. Closed lists are enums: a new word is another `schemaVersion`. Keys may be added.
 */
export const REPORT_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'The JSON report of lifegap',
  ...object(
    {
      schemaVersion: { const: 1 },
      run: object(
        {
          tool: { type: 'string', pattern: '^lifegap ' },
          startedAt: instant,
          finishedAt: instant,
          configSha256: hash,
          config: object({ path: text, lines: map({ type: 'integer', minimum: 1 }) }),
          failOn: sentences,
          exitCode: { enum: [0, 1, 3, 4] },
          exitReason: text,
        },
        { newOnly: flag },
      ),
      asOf: instant,
      directory: list(ref('directory')),
      apps: list(ref('app')),
      findings: list(ref('finding')),
      summary: counts(...CLASSES, 'accepted', 'failing'),
    },
    {
      controls: object({ frameworks: { ...map(text), propertyNames: { enum: Object.keys(FRAMEWORKS) } }, note: text }),
      accepted: object(
        { file: text, expired: count, unused: list(object({ line: count, what: text, until: day })) },
        {
          outgrown: list(object({ line: count, what: text, until: day, now: reason }, { was: reason, mayBeOrphaned: { const: true } })),
        },
      ),
      baseline: object({
        file: text,
        new: count,
        known: count,
        worsened: count,
        overdue: count,
        notProven: count,
        fixed: list(
          object({
            id: text,
            app: text,
            class: { enum: CLASSES },
            reason: text,
            severity: { enum: SEVERITIES },
            firstSeen: day,
          }),
        ),
      }),
    },
  ),
  definitions: DEFINITIONS,
};
