import { z } from 'zod';
import { place, predicate, sentence } from './parts.js';

export const ok = z
  .strictObject({ when: predicate, error: place.optional().describe("The system's own word for what is wrong") })
  .describe('What holds for an answer that is none of an error, where errors come as HTTP 200');

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
