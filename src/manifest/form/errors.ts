import { z } from 'zod';
import { predicate, sentence } from './parts.js';

/** What an answer that is an error means. */
export const errorRule = z.strictObject({
  when: z
    .strictObject({
      status: z.union([z.int(), z.array(z.int())]).optional(),
      header: z.record(z.string(), z.string()).optional(),
      body: predicate.optional(),
    })
    .refine((given) => Object.keys(given).length > 0, 'expected status, header or body'),
  means: z.enum(['auth', 'permission', 'not_found', 'rate_limited', 'retry', 'expired_token', 'empty', 'refused']),
  say: sentence.optional().describe('What the user should do next; of `empty` what is not listed, and why'),
});
export type ErrorRule = z.output<typeof errorRule>;
