import { z } from 'zod';
import { assignmentState, syncState } from './fields.js';
import { paging } from './paging.js';
import { anyOf, path, predicate, records, request, sentence } from './parts.js';

/** A list below the app: people assigned to it, or members of a group that is. */
const list = { request, paging: paging.prefault('none'), records };

/** Who is assigned to an app: `${app}` is what lifegap.yaml calls it under `assigned`. */
export const assignments = z.strictObject({
  permission: sentence.describe('What it takes beyond the permission for the list of people'),
  ...list,
  keep: anyOf.optional(),
  drop: anyOf.optional().describe('Assignments of what is no person'),
  id: path.optional().describe('Id of the assignment, where one person may have several; default: the person'),
  person: path.describe('Id of the person in the list of people'),
  account: path.optional().describe('Id of the account in the app'),
  status: assignmentState.optional().describe('assigned, ended or unknown; default: whoever is listed is assigned'),
  sync: syncState.optional(),
  open: z
    .strictObject({ request, when: predicate })
    .optional()
    .describe('What the settings of the app say where it lets in whoever is in the directory, assigned or not'),
  groups: z
    .strictObject({ when: predicate, id: path, ...list, person: path })
    .optional()
    .describe('Assignments of groups: their members are read as ${group}'),
});

/** How far the provider is set up to carry the stages of an app. */
export const provisioning = z.strictObject({
  permission: sentence,
  request,
  records,
  stopped: z
    .array(
      z.strictObject({
        when: predicate,
        is: z.enum(['off', 'unknown']),
        say: sentence,
        shows: path.optional().describe("The system's own word for it"),
      }),
    )
    .optional()
    .describe('States in which nothing is carried out, whatever the settings say'),
  each: z
    .strictObject({ as: z.string().regex(/^[a-z][a-z0-9_]*$/), id: path, request, records, keep: anyOf.optional() })
    .optional()
    .describe('The settings stand in a document of each record, read as ${NAME}'),
  shows: path.describe('What is quoted as evidence; a stage is off only where something stands here'),
  stages: z.strictObject({ create: predicate, update: predicate, delete: predicate }).describe('What holds where a stage is switched on'),
});

export type AssignmentForm = z.output<typeof assignments>;
export type ProvisioningForm = z.output<typeof provisioning>;
