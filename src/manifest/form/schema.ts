import { z } from 'zod';
import { UsageError } from '../../model/errors.js';
import { compilePattern } from './pattern.js';
import { assignments, provisioning } from './assignments.js';
import { auth } from './auth.js';
import { credentials } from './credentials.js';
import { errorRule, ok } from './errors.js';
import { builtIn, fields, kind, status } from './fields.js';
import { log } from './log.js';
import { paging } from './paging.js';
import { anyOf, path, records, request, sentence, sentences, template } from './parts.js';

/** Keys that every connector has; no parameter may be called so. */
export const RESERVED = [
  'connector',
  'manifest',
  'name',
  'fields',
  'state',
  'status',
  'expected',
  'allowed',
  'match',
  'compare',
  'lifecycle',
  'accounts',
  'probe',
  'log',
  'base_url',
  'token_url',
  'ca_file',
  'timeout',
  'credentials',
] as const;

const parameter = z.strictObject({
  describe: sentence.optional(),
  secret: z.boolean().optional().describe('Only ${env:} and ${file:} are taken for it in lifegap.yaml'),
  default: z.string().optional(),
  optional: z.boolean().optional().describe('May be left out: what names it is then left out, too'),
  pattern: z
    .string()
    .superRefine((value, context) => {
      try {
        compilePattern(value);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    })
    .optional()
    .describe('Text it must match as a whole: letters, digits, dots, as the vendor has it'),
  example: z.string().optional(),
});

/** What a pass may say of its own; everything else is as in the manifest. */
const pass = z.strictObject({
  name: sentence.describe('For messages: "members", "invitations"'),
  request: request.optional().describe("Laid over the manifest's request; query, headers and body key by key"),
  records: records.optional(),
  paging: paging.optional(),
  fields: fields.optional().describe("In place of the manifest's"),
  status: status.optional(),
  kind_of: kind.optional(),
  built_in: builtIn.optional(),
  keep: anyOf.optional(),
  drop: anyOf.optional(),
  may_repeat: z
    .boolean()
    .optional()
    .describe(
      'Rows of earlier passes or parents may come again; of a pass that adds, several rows with one id: all addresses count, and the first of any other value',
    ),
  adds: z
    .boolean()
    .optional()
    .describe('No rows of its own: what it has is added to the rows of later passes with the same id, where those lack it'),
  may_fail: z
    .boolean()
    .optional()
    .describe('Of a pass that adds: where it cannot be read, that is a remark, and what it would add is unknown'),
});

const parents = z.strictObject({
  as: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .describe('${NAME} in the request of the rows'),
  id: path,
  request,
  records,
  paging: paging.optional(),
  may_repeat: z.boolean().optional().describe('One account may come under several parents'),
  batch: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('The request is sent once for so many parents: ${NAME}, an element of a list in its query or body, stands for all of them'),
});

export const manifestSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected small letters, digits, - and _'),
  title: sentence,
  kind: z.enum(['directory', 'app']),
  permission: sentence.describe('The least permission that the credential needs'),
  leavers: z
    .enum(['listed', 'hidden', 'gone'])
    .describe('listed: with their status; hidden: left out; gone: removed, so presence is access'),
  partial: z
    .strictObject({
      because: sentence.describe('What the list may lack without a sign of it, and what to do'),
      unless_any: anyOf.optional().describe('A record for which this holds shows that the list has them'),
    })
    .optional()
    .describe('A list that may look whole and is not: it is never proven, whatever total it declares'),
  login_delay_days: z.int().min(1).max(366).optional().describe('By how many days lastLoginAt may be late, where that is more than one'),
  no_change_at: z
    .array(path)
    .min(1)
    .optional()
    .describe('Dates of a login or a password that are noted in the record: a changed date at one of them is no change'),
  base_roles: z
    .array(sentence)
    .min(1)
    .optional()
    .describe('Roles that every account has, switched off or not, and that are no access by themselves'),
  hides: sentences.optional().describe('What the list does not show'),
  cannot_tell: sentences.optional().describe('What the system does not say about a row'),
  gaps: sentences.optional().describe('Lifecycle gaps known of this system'),
  sources: sentences.optional().describe('Where the facts come from'),
  confidence: z.enum(['high', 'medium', 'low']).optional(),
  unverified: sentences.optional().describe('What nobody has checked yet'),
  params: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected small letters, digits and _')
        .refine((name) => !(RESERVED as readonly string[]).includes(name), 'this key has a meaning of its own; choose another name'),
      parameter,
    )
    .prefault({}),
  base_url: template.describe('Every request stays below it; lifegap.yaml may set another'),
  auth,
  request,
  passes: z.array(pass).min(1).optional().describe('The list is the union of these requests'),
  parents: parents.optional(),
  paging: paging.prefault('none'),
  records,
  xml: z
    .strictObject({ lists: z.record(z.string(), z.string().min(1)).describe('Element -> what its items are called: Users: member') })
    .optional()
    .describe('Answers come in XML: paths go through its elements as through the keys of JSON'),
  keep: anyOf.optional().describe('Only records for which this holds'),
  drop: anyOf.optional().describe('Not the records for which this holds; they are counted'),
  fields,
  status,
  kind_of: kind.optional().describe('human, service, bot or guest'),
  built_in: builtIn.optional(),
  credentials: credentials.optional().describe('Live keys and tokens of the accounts; what they are, never what opens a door'),
  assignments: assignments.optional().describe('An identity provider: who is assigned to an app'),
  provisioning: provisioning.optional().describe('An identity provider: what it is set up to do for an app'),
  log: log.optional().describe('Its own log of what was done to its accounts'),
  pushes: log.optional().describe('An identity provider: what it pushed into the app ${app}'),
  principal: z
    .strictObject({ request, id: path.describe('What the system calls the owner of the credential') })
    .optional()
    .describe('Whose the credential is, for evidence packs; headers are those of `request`'),
  ok: ok.optional(),
  errors: z.array(errorRule).optional(),
  rate_limit: z
    .strictObject({
      reset_headers: z.array(z.string()).min(1).optional().describe('Besides Retry-After and the usual ones'),
      requests_per_second: z.number().positive().max(1000).optional(),
    })
    .optional(),
});

export type Manifest = z.output<typeof manifestSchema>;
/** What is left of one where parts of it are not well-formed. */
export type ManifestParts = z.output<ReturnType<typeof manifestSchema.partial>>;
export type Pass = z.output<typeof pass>;
export type Parents = z.output<typeof parents>;
export type { ErrorRule } from './errors.js';

/** JSON Schema (draft 7) of a manifest, for editors. */
export function manifestJsonSchema(): object {
  const schema = z.toJSONSchema(manifestSchema, { target: 'draft-7', io: 'input', reused: 'ref' });
  return { ...schema, title: 'lifegap manifest', description: 'How to read the user list of one system.' };
}
