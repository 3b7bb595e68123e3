import { z } from 'zod';
import { field } from './fields.js';
import { paging } from './paging.js';
import { anyOf, path, records, request, sentence } from './parts.js';

const list = z.strictObject({
  name: sentence.optional().describe('For messages: "personal access tokens"'),
  permission: sentence.optional().describe('What reading them needs beside the permission of the list'),
  request: request.optional().describe("A list of its own; without it, the list stands in the account's own record"),
  paging: paging.optional(),
  per_account: z
    .boolean()
    .optional()
    .describe('The request is made once for every account: ${account.id}, ${account.userName}, ${account.email}'),
  records: records.describe("Path of the list: in the answer, or in the account's record"),
  account: z
    .strictObject({ id: path.optional(), userName: path.optional(), email: path.optional() })
    .refine((given) => Object.keys(given).length > 0, 'expected id, userName or email')
    .optional()
    .describe('Where a record of a list of its own says whose it is; the first that is there counts'),
  keep: anyOf.optional().describe('Only these are alive'),
  drop: anyOf.optional().describe('Not these: revoked ones'),
  fields: z.strictObject({
    id: field.describe('What names it; never the secret'),
    createdAt: field.exactOptional(),
    lastUsedAt: field.exactOptional(),
    expiresAt: field.exactOptional(),
  }),
});
export type CredentialList = z.output<typeof list>;

/** One list of credentials, or several: API keys and personal tokens. */
export const credentials = z.union([list, z.array(list).min(1)], 'expected { records, fields } or a list of them');

/** The lists of a manifest, whichever way they are written. */
export function credentialLists(given: z.output<typeof credentials> | undefined): readonly CredentialList[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}
