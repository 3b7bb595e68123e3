import { z } from 'zod';
import { ACCOUNT_STATUSES } from '../model/account.js';
import { PERSON_STATES } from '../model/person.js';
import { MECHANISMS, type Lifecycle, type RegisteredAccount, type Responsibility } from '../model/policy.js';
import { fieldMap, fieldSpec } from './fields.js';
import { logs } from './logs.js';
import { dates, day, text } from './scalars.js';
import { DEFAULT_COMPARE, DEFAULT_MATCH } from './words.js';

function reviewed<T extends { review_by?: number | undefined }>({ review_by, ...rest }: T) {
  return { ...rest, ...(review_by === undefined ? {} : { reviewBy: review_by }) };
}

const responsibility = z
  .strictObject({
    by: z.enum(MECHANISMS),
    system: text.exactOptional(),
    owner: text.exactOptional(),
    control: text.exactOptional().describe('The compensating control, where the method cannot carry the stage'),
    review_by: day.optional(),
  })
  .transform((given): Responsibility => reviewed(given));

const lifecycle = z
  .strictObject({ create: responsibility.exactOptional(), update: responsibility.exactOptional(), delete: responsibility.exactOptional() })
  .transform((stages): Lifecycle => stages);

const KINDS = ['service', 'shared', 'break-glass', 'bot', 'guest', 'test', 'other'] as const;

const registered = z
  .strictObject({
    match: text.describe('SCIM filter over the account'),
    kind: z.enum(KINDS),
    owner: text.exactOptional().describe('A person of the directory'),
    review_by: day.optional(),
    reason: text.exactOptional(),
  })
  .transform((given): RegisteredAccount => reviewed(given));

/** Keys of a directory entry besides its connector's options. */
export const DIRECTORY_KEYS = {
  name: text.max(64),
  connector: z.string(),
  fields: fieldMap.prefault({}),
  state: fieldSpec(PERSON_STATES).optional().describe('Where the state of a person stands'),
  dates,
  log: z.boolean().optional().describe("Read the connector's own log of people, too"),
};

/** Keys of an app besides its connector's options. */
export const APP_KEYS = {
  connector: z.string(),
  expected: text.max(8_192).optional().describe('SCIM filter over the person: who must have an account'),
  allowed: text.max(8_192).optional().describe('SCIM filter over the person: who may have one'),
  assigned: z
    .strictObject({
      directory: text.describe('Name of the directory entry that is the identity provider'),
      app: text.max(200).describe('Id of the app there'),
    })
    .optional()
    .describe('Whom the identity provider has assigned: expected and allowed, unless they are given'),
  match: z
    .array(text)
    .min(1, 'expected one rule at least')
    .prefault([...DEFAULT_MATCH])
    .describe('account key = person key, in order of trust'),
  compare: z.array(text).prefault([...DEFAULT_COMPARE]),
  lifecycle: lifecycle.prefault({}).describe('Who carries each stage'),
  accounts: z.array(registered).prefault([]).describe('Registered accounts that are not people'),
  base_roles: z
    .array(text)
    .min(1, 'expected one role at least')
    .optional()
    .describe('Roles that every account has: on an account that is off they are no access that is left'),
  probe: z.strictObject({ allowed: z.boolean() }).prefault({ allowed: false }),
  fields: fieldMap.prefault({}),
  status: fieldSpec(ACCOUNT_STATUSES).optional().describe('Where the status of an account stands'),
  dates,
  log: logs,
};
