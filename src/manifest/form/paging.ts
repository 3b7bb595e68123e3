import { z } from 'zod';
import { path, place, request } from './parts.js';

const parameter = z.string().min(1).describe('Name of a query parameter; with `in: body` a path in the JSON body');
const where = z.enum(['query', 'body']).optional().describe('Where the parameters go; default query');
const whereOrPath = z
  .enum(['query', 'body', 'path'])
  .optional()
  .describe('Where the number goes; default query. path: in place of ${NAME of param} in the path of the request, sizes in the query');
const size = { size_param: parameter.optional(), size: z.int().min(1).max(100_000).optional().describe('Rows a page') };
const total = place.optional().describe('Where the system says how many rows there are');
const more = place.optional().describe('True while there are further pages');
const done = place.optional().describe('True on the last page');
const emptyPageIsEnd = z.boolean().optional().describe('An empty page ends the list even where a next one is named; default false');

const counted = {
  ...size,
  in: whereOrPath,
  total,
  more,
  done,
  last_page: place.optional().describe('Number of the last page, or of all pages'),
};

const forms = z.strictObject({
  page: z
    .strictObject({
      param: parameter,
      start: z.int().min(0).max(1).optional().describe('Number of the first page; default 1'),
      clamps: z.boolean().optional().describe('A page past the end is the last page again, however full that is'),
      ...counted,
    })
    .optional(),
  offset: z
    .strictObject({
      param: parameter,
      start: z.int().min(0).max(1).optional().describe('Number of the first row; default 0'),
      step: z.enum(['rows', 'size']).optional().describe('Advance by the rows that came (default), or by the size asked for'),
      ...counted,
    })
    .optional(),
  scim: z
    .strictObject({ size: z.int().min(1).max(10_000).optional() })
    .optional()
    .describe('RFC 7644 section 3.4.2.4'),
  cursor: z
    .strictObject({
      next: z
        .union([place, z.strictObject({ last_record: path })], 'expected a path, { header: name } or { last_record: path }')
        .describe('Where the cursor stands: the body, a header, or a field of the last record'),
      param: parameter,
      in: where,
      ...size,
      first: z.string().optional().describe('Value of the parameter in the first request; default: left out'),
      first_only: z.array(z.string()).optional().describe('Query parameters of the first request alone'),
      request: request.optional().describe('The request of all pages but the first (Dropbox: list/continue)'),
      more,
      done,
      total,
      empty_page_is_end: emptyPageIsEnd,
    })
    .optional(),
  link_header: z
    .strictObject({
      rel: z.string().optional().describe('Default next'),
      must_have: z.record(z.string(), z.string()).optional().describe('Link parameters that a real next link has (Sentry: results)'),
      param: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Parameter of the link that names the next page, and of the request that asks for it; the URL of the link is then not used',
        ),
      ...size,
      total,
      empty_page_is_end: emptyPageIsEnd,
    })
    .optional()
    .describe('RFC 8288'),
  next_url: z
    .strictObject({ path: place, ...size, more, done, total, empty_page_is_end: emptyPageIsEnd })
    .optional()
    .describe('An absolute or relative URL; followed within base_url alone'),
  graphql: z
    .strictObject({ variable: z.string().describe('The cursor variable'), page_info: path, total })
    .optional()
    .describe('pageInfo { hasNextPage endCursor }'),
});

/** `none`, or exactly one of the forms. */
export const paging = z.union(
  [
    z.literal('none'),
    forms.refine((given) => Object.keys(given).length === 1, `expected exactly one of ${Object.keys(forms.shape).join(', ')}`),
  ],
  'expected none, or one kind of paging such as { cursor: … }',
);
export type Paging = z.output<typeof paging>;
export type PagingForms = z.output<typeof forms>;
