import { z } from 'zod';

const FORBIDDEN_STEP = /(?:^|[.:[\]"'])(?:__proto__|constructor|prototype)(?:$|[.:[\]"'])/;

/** One line of prose. */
export const sentence = z.string().min(1, 'expected text, got an empty string').max(2_000, 'longer than 2000 characters');
export const sentences = z.array(sentence);

/** Text with `${name}` places: a parameter, a value of the login step, or the id of the parent. */
export const template = z.string().max(20_000, 'longer than 20000 characters');

/** Path into JSON, as under `fields` of lifegap.yaml: `profile.email`, `emails[primary=true].value`. */
export const path = z
  .string()
  .min(1, 'expected a path, got an empty string')
  .max(500, 'longer than 500 characters')
  .refine((place) => !FORBIDDEN_STEP.test(place), 'a path must not go through __proto__, constructor or prototype');
export const paths = z.array(path).min(1, 'expected one path at least');

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header name');
export const headers = z.record(headerName, template);

/** Where an answer holds a value: a path in its body, or a header. */
export const place = z.union([path, z.strictObject({ header: headerName })], 'expected a path, or { header: name }');
export type Place = z.output<typeof place>;

export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.output<typeof scalar>;

const test = z.union(
  [
    scalar,
    z.array(scalar).min(1, 'expected one value at least'),
    z.strictObject({ not: z.union([scalar, z.array(scalar)]).describe('Has a value, and it is none of these') }),
    z.strictObject({ present: z.boolean().describe('Has a value that is neither null nor empty') }),
    z.strictObject({ contains: z.string().min(1) }),
    z.strictObject({ starts_with: z.string().min(1) }),
    z.strictObject({ ends_with: z.string().min(1) }),
    z.strictObject({ above: z.number() }),
  ],
  'expected a value, a list of values, or one of { not }, { present }, { contains }, { starts_with }, { ends_with }, { above }',
);
export type Test = z.output<typeof test>;

/** CEL over `record`, for what paths and tests cannot say. */
export const expression = z
  .string()
  .min(1, 'expected an expression, got an empty string')
  .max(1_000, 'longer than 1000 characters')
  .describe('CEL over `record`; paths and tests first, this where they do not reach');

/** Path -> what must be there; all of them must hold. `null` stands for null and for absent. Under the key `cel` an expression. */
export const predicate = z
  .record(path, test)
  .refine((tests) => Object.keys(tests).length > 0, 'expected one test at least')
  .refine(({ cel }) => cel === undefined || typeof cel === 'string', 'cel: expected an expression as text');
export type Predicate = z.output<typeof predicate>;

export const anyOf = z.union([predicate, z.array(predicate).min(1)], 'expected a test, or a list of which one must hold');

export const records = z.union(
  [
    path.describe('Path of the list; "." where the body is the list'),
    z.strictObject({
      path: path.optional(),
      values_of: path.optional().describe('Path of an object whose values are the records'),
      key_as: z.string().optional().describe('Field that gets the key of values_of'),
      value_as: z.string().optional().describe('Field that gets the value, where it is no object but a plain text'),
      absent: z.enum(['empty', 'fail']).optional().describe('What a body without the list means; default fail'),
    }),
  ],
  'expected a path, ".", or { path | values_of }',
);
export type Records = z.output<typeof records>;

const queryValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]);
/** A list repeats the parameter; an empty text is sent as it is (`status=`). */
export const query = z.record(z.string().min(1), queryValue);

export const request = z.strictObject({
  method: z.enum(['GET', 'POST']).optional().describe('GET, or POST where there is a body'),
  path: template.optional().describe('Below base_url, without a slash in front'),
  query: query.optional(),
  headers: headers.optional(),
  body: z.json().optional().describe('JSON body of a POST that only reads'),
  graphql: z
    .strictObject({ query: template, variables: z.record(z.string(), z.json()).optional() })
    .optional()
    .describe('A POST of query and variables; an answer with errors is a failure'),
});
export type Request = z.output<typeof request>;
