import { z } from 'zod';
import { UNVERIFIED } from '../../src/exports/known-export.js';

const names = z.array(z.string().min(1)).min(1);
const reading = {
  fields: z.record(z.string(), z.unknown()).optional(),
  dates: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.string().optional(),
  records: z.string().optional(),
};
/** What the file is and how to get it, in a line of a table. */
const line = z.string().min(1).max(140).regex(/^.*$/);

/** What one file of src/exports/known may say. What stands in `fields`, `state` and `status` is held by the config that is made of it. */
export const form = z.strictObject({
  title: line,
  get: line,
  role: z.enum(['person', 'account', 'either']),
  header: z.strictObject({ all: names, any: names.optional(), none: names.optional() }),
  fields: z.record(z.string(), z.unknown()).optional(),
  person: z.strictObject({ ...reading, state: z.unknown() }).optional(),
  account: z
    .strictObject({
      ...reading,
      status: z.unknown(),
      accounts: z.array(z.strictObject({ match: z.string(), kind: z.string(), reason: z.string() })).optional(),
    })
    .optional(),
  leavers: z.enum(['listed', 'hidden', 'gone', 'unknown']),
  notes: z
    .array(
      z
        .string()
        .min(1)
        .max(160)
        .regex(/^[^\n]*[^.\n]$/),
    )
    .min(1),
  sources: z.array(z.strictObject({ url: z.url({ protocol: /^https$/ }), checked: z.iso.date().optional() })).min(1),
  unverified: z.array(z.enum(UNVERIFIED)),
});
