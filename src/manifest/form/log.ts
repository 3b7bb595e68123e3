import { z } from 'zod';
import { auth } from './auth.js';
import { errorRule, ok } from './errors.js';
import { field, logAction, logActor, logOutcome } from './fields.js';
import { paging } from './paging.js';
import { anyOf, path, records, request, sentence, sentences, template } from './parts.js';

/** How `${since}` and `${until}` are written: to the second, so that every system can read them. */
export const WINDOW_FORMATS = ['iso', 'unix', 'unix_ms', 'date'] as const;

const window = z.strictObject({
  format: z
    .enum(WINDOW_FORMATS)
    .optional()
    .describe('How ${since} and ${until} are written: iso (default), unix seconds, unix_ms, or date, of which the last is included'),
  every_days: z.int().min(1).max(366).optional().describe('The longest span of one request: the window is asked for in slices'),
  cap: z.int().min(1).max(100_000).optional().describe('As many entries as one request gives at most: a slice that has so many is halved'),
  newest_first: z.boolean().optional().describe('The newest entries come first: reading stops at those from before the window'),
});

const text = field.exactOptional();
const fields = z.strictObject({
  id: text.describe('Of the entry'),
  at: field,
  accountId: text.describe('Whose account; in the log of a directory, whose person'),
  userName: text,
  email: text,
  externalId: text,
  personId: text.describe('Whose, in the words of the identity provider'),
  personUserName: text,
  personEmail: text,
  employeeId: text,
  app: text.describe('Which app, where the log tells of several'),
  changed: text.describe('Names of the attributes that were set'),
  actor: text.describe('Who did it'),
  detail: text.describe("The system's own word for what failed"),
});

/** What a system says was done to accounts: its own log, or what an identity provider pushed into an app. */
export const log = z.strictObject({
  permission: sentence.describe('What it takes to read it'),
  hides: sentences.optional().describe('What it leaves out'),
  base_url: template.optional().describe("Where it is not below the manifest's; where lifegap.yaml sets base_url, only its path counts"),
  auth: auth.optional().describe("In place of the manifest's"),
  request,
  window: window.optional(),
  paging: paging.prefault('none'),
  records,
  each: path
    .optional()
    .describe('A list in each record whose elements are entries: the record once for each of them, with it in place of the list'),
  keep: anyOf.optional().describe('Only records for which this holds'),
  drop: anyOf.optional().describe('Not the records for which this holds; they are counted'),
  fields,
  action: logAction.describe('create, update, disable, enable, delete, assign, unassign or login; what no rule names is other'),
  outcome: logOutcome.optional().describe('success, failure, skipped or unknown'),
  by: logActor.optional().describe('What did it: scim, jit, api, human or system'),
  retention_days: z.int().min(1).max(36_500).optional().describe('How long the system keeps entries'),
  late_minutes: z.int().min(1).max(100_000).optional().describe('By how much an entry may be late'),
  tells_updates: z.boolean().optional().describe('Every update of an account is there, with the names of what it set'),
  ok: ok.optional().describe('Of a log at an address of its own; the one of the manifest is not for it'),
  errors: z.array(errorRule).optional().describe("Before the manifest's own"),
  sources: sentences.optional().describe('Where the facts come from'),
  unverified: sentences.optional().describe('What nobody has checked yet'),
});
export type LogForm = z.output<typeof log>;
export type WindowForm = z.output<typeof window>;

/** Which log of a manifest: its own, or what it pushes. */
export const LOG_SECTIONS = { own: 'log', pushes: 'pushes' } as const;
